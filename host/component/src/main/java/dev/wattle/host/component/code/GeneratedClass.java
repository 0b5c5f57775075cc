package dev.wattle.host.component.code;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A class of static methods while it is made, and the objects that are constants in it. Its bytes depend on
/// neither, so they may be kept. One use, one thread.
///
/// The class is hidden, and unloaded when nothing refers to it any more.
final class GeneratedClass {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    /// References meet at labels as `Object`: no class is loaded to make another.
    private static final ClassHierarchyResolver ANY =
            type -> ClassHierarchyInfo.ofClass(type.equals(ConstantDescs.CD_Object) ? null : ConstantDescs.CD_Object);

    private static final ClassFile FACTORY = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(ANY));
    private static final int STATIC = ClassFile.ACC_STATIC;
    private static final int CONSTANT = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;

    private final ClassDesc owner;
    private final List<Constant> constants = new ArrayList<>();
    private final Map<Object, Constant> known = new HashMap<>();
    private final Map<String, Method> methods = new HashMap<>();
    private final List<Method> order = new ArrayList<>();

    /// Something that is known when code first runs, in a field of its own.
    record Constant(String field, ClassDesc type, Supplier<?> value) {}

    private record Method(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {}

    /// @param name of the class within this package, for stack traces
    GeneratedClass(String name) {
        this.owner = ClassDesc.of(GeneratedClass.class.getPackageName(), name);
    }

    /// What generated code calls of this package, and of itself, is in it.
    ClassDesc owner() {
        return owner;
    }

    /// An object that is there already; equal ones share a field.
    Constant constant(ClassDesc type, Object value) {
        return known.computeIfAbsent(List.of(type, value), _ -> late(type, () -> value));
    }

    /// An object that is asked for when the class is initialized: handles to modules that are wired to this class
    /// do not exist before.
    Constant late(ClassDesc type, Supplier<?> value) {
        Constant made = new Constant("c" + constants.size(), type, value);
        constants.add(made);
        return made;
    }

    CodeBuilder load(CodeBuilder out, Constant constant) {
        return out.getstatic(owner, constant.field(), constant.type());
    }

    /// Is there a method of that name already?
    boolean has(String name) {
        return methods.containsKey(name);
    }

    /// Adds a static method. The body is asked for when the class is built; twice when its jumps are long, so what
    /// it adds to the class it must look for first.
    void method(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {
        Method made = new Method(name, type, body);
        if (methods.putIfAbsent(name, made) != null) {
            throw new IllegalStateException("two methods " + name);
        }
        order.add(made);
    }

    /// Calls a method of this class, which need not be there yet.
    CodeBuilder call(CodeBuilder out, String name, MethodTypeDesc type) {
        return out.invokestatic(owner, name, type);
    }

    /// The bytes; bodies may add methods and constants meanwhile.
    byte[] build() {
        return FACTORY.build(owner, type -> {
            type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER | ClassFile.ACC_SYNTHETIC);
            for (int i = 0; i < order.size(); i++) {
                Method method = order.get(i);
                type.withMethodBody(method.name(), method.type(), STATIC, method.body());
            }
            for (Constant constant : constants) {
                type.withField(constant.field(), constant.type(), CONSTANT);
            }
            type.withMethodBody(ConstantDescs.CLASS_INIT_NAME, ConstantDescs.MTD_void, STATIC, this::initialize);
        });
    }

    /// Each constant from its place in the list that the class was given.
    private void initialize(CodeBuilder out) {
        ClassDesc self = ClassDesc.of(GeneratedClass.class.getName());
        out.invokestatic(
                        ClassDesc.of(MethodHandles.class.getName()),
                        "lookup",
                        MethodTypeDesc.of(ConstantDescs.CD_MethodHandles_Lookup))
                .invokestatic(
                        self,
                        "values",
                        MethodTypeDesc.of(ConstantDescs.CD_Object.arrayType(), ConstantDescs.CD_MethodHandles_Lookup))
                .astore(0);
        for (int i = 0; i < constants.size(); i++) {
            Constant constant = constants.get(i);
            out.aload(0).loadConstant(i).aaload().checkcast(constant.type());
            out.putstatic(owner, constant.field(), constant.type());
        }
        out.return_();
    }

    /// For the initializers of generated classes.
    static Object[] values(MethodHandles.Lookup lookup) throws IllegalAccessException {
        List<?> constants = MethodHandles.classData(lookup, ConstantDescs.DEFAULT_NAME, List.class);
        return constants.stream().map(each -> ((Constant) each).value().get()).toArray();
    }

    /// Defines it from its bytes, without initializing it.
    Defined define(byte[] bytes) {
        try {
            return new Defined(LOOKUP.defineHiddenClassWithClassData(bytes, List.copyOf(constants), false));
        } catch (IllegalAccessException e) {
            throw new LinkageError(owner.displayName(), e);
        }
    }

    /// A class that is there. Its methods may be looked for and handed on before what its constants are exists.
    record Defined(MethodHandles.Lookup lookup) {
        /// Asks for its constants: to be done where the stack has room, before guests call.
        void initialize() {
            try {
                var _ = lookup.ensureInitialized(lookup.lookupClass());
            } catch (IllegalAccessException e) {
                throw new LinkageError("an own class", e);
            }
        }

        MethodHandle method(String name, MethodType type) {
            try {
                return lookup.findStatic(lookup.lookupClass(), name, type);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(name, e);
            }
        }
    }
}

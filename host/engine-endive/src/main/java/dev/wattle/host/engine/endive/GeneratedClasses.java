package dev.wattle.host.engine.endive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.compiler.internal.ClassCollector;
import run.endive.compiler.internal.Shaded;
import run.endive.runtime.Instance;
import run.endive.wasm.types.FunctionType;

/// The classes that Endive generates for one module, and the copy of its runtime that goes with them.
///
/// That copy is where we mend a call through a table into another instance: Endive compares the caller's type
/// index with the callee's type index, although each counts in its own module. Ours compares the types.
final class GeneratedClasses implements ClassCollector {
    private static final String MENDED_CALL = "mendedCall";
    private static final String RUNTIME_SUFFIX = "Shaded";
    private static final ClassDesc INSTANCE = ClassDesc.of(Instance.class.getName());
    private static final ClassDesc LONGS = ConstantDescs.CD_long.arrayType();
    private static final MethodTypeDesc CALL_INDIRECT =
            MethodTypeDesc.of(LONGS, LONGS, ConstantDescs.CD_int, ConstantDescs.CD_int, INSTANCE);
    private static final byte[] RUNTIME = mendedRuntime();

    private final Map<String, byte[]> classes = new LinkedHashMap<>();
    private @Nullable String main;

    @Override
    public @Nullable String mainClassName() {
        return main;
    }

    @Override
    public void putMainClass(String name, byte[] bytes) {
        main = name;
        put(name, bytes);
    }

    @Override
    public void put(String name, byte[] bytes) {
        classes.put(name.replace('/', '.'), bytes);
    }

    @Override
    public void putAll(ClassCollector other) {
        classes.putAll(other.classBytes());
    }

    @Override
    public Map<String, byte[]> classBytes() {
        return Collections.unmodifiableMap(classes);
    }

    @Override
    public byte[] resolve(Class<?> wanted) {
        return wanted == Shaded.class ? RUNTIME.clone() : bytesOf(wanted);
    }

    /// Defines and initializes all classes, so that none is left to be loaded on a guest's nearly full stack.
    ///
    /// @param types of the module, for the calls that leave it
    Class<?> define(FunctionType[] types) {
        var loader = new Loader(classes);
        try {
            for (String name : classes.keySet()) {
                Class<?> defined = Class.forName(name, true, loader);
                if (name.equals(main + RUNTIME_SUFFIX)) {
                    var field = defined.getDeclaredField(MENDED_CALL);
                    field.setAccessible(true);
                    field.set(null, IndirectCalls.from(types));
                }
            }
            return Class.forName(main, true, loader);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the generated classes cannot be loaded", e);
        }
    }

    private static byte[] mendedRuntime() {
        ClassFile classFile = ClassFile.of();
        var model = classFile.parse(bytesOf(Shaded.class));
        ClassTransform mend = (builder, element) -> {
            if (element instanceof MethodModel method
                    && method.methodName().equalsString("callIndirect")
                    && method.methodTypeSymbol().equals(CALL_INDIRECT)) {
                builder.withMethodBody(
                        method.methodName().stringValue(),
                        CALL_INDIRECT,
                        method.flags().flagsMask(),
                        code -> callMended(code, model.thisClass().asSymbol()));
            } else {
                builder.with(element);
            }
        };
        return classFile.transformClass(
                model,
                mend.andThen(ClassTransform.endHandler(builder ->
                        builder.withField(MENDED_CALL, ConstantDescs.CD_MethodHandle, AccessFlag.STATIC.mask()))));
    }

    private static void callMended(CodeBuilder code, ClassDesc runtime) {
        code.getstatic(runtime, MENDED_CALL, ConstantDescs.CD_MethodHandle);
        code.aload(0).iload(1).iload(2).aload(3);
        code.invokevirtual(ConstantDescs.CD_MethodHandle, "invokeExact", CALL_INDIRECT);
        code.return_(TypeKind.REFERENCE);
    }

    private static byte[] bytesOf(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (InputStream in = type.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("no class file for " + type);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the class file of " + type, e);
        }
    }

    private static final class Loader extends ClassLoader {
        private final Map<String, byte[]> classes;

        Loader(Map<String, byte[]> classes) {
            super("guest", GeneratedClasses.class.getClassLoader());
            this.classes = Map.copyOf(classes);
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }
}

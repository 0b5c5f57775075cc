package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.NameSection;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.runtime.Binding;
import dev.wattle.host.engine.jvm.runtime.FunctionReference;
import dev.wattle.host.engine.jvm.runtime.Instance;
import dev.wattle.host.engine.jvm.runtime.InstanceFactory;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// A module as JVM classes, which are made when they are first needed. Safe for any thread. Nothing outside
/// refers to its classes: when it and all instances and functions of it are gone, they are unloaded.
public final class ModuleCode implements Instance.Functions {
    private final String digest;
    private final ModuleShape shape;
    private final ModuleLoader loader;
    private final InstanceFactory factory;
    private final AtomicReferenceArray<@Nullable FunctionReference> prototypes;

    /// What was done so far.
    ///
    /// @param functions that were compiled
    /// @param compiledBytes the sizes of their class files
    /// @param classes that were loaded, of functions and others
    /// @param loadedBytes the sizes of their class files
    public record Report(long functions, long compiledBytes, long classes, long loadedBytes) {}

    /// With nothing but the compiler.
    ///
    /// @param digest of the binary, in hexadecimal digits
    public ModuleCode(WasmModule module, String digest, CodeOptions options, Signatures signatures) {
        this(module, digest, options, signatures, CodeServices.NONE, List.of());
    }

    /// @param digest of the binary and of what is known of its imports, in hexadecimal digits
    /// @param imports what is known of each imported function; empty when nothing is. The code of no two modules in
    ///     there, nor this one, may have the same package name
    public ModuleCode(
            WasmModule module,
            String digest,
            CodeOptions options,
            Signatures signatures,
            CodeServices services,
            List<ImportCode> imports) {
        this.digest = digest;
        this.shape = ModuleShape.of(module, digest, options, imports);
        this.loader = new ModuleLoader(shape, signatures, services, digest);
        this.prototypes = new AtomicReferenceArray<>(module.functions().size());
        this.factory = newFactory();
        if (options.eager()) {
            compileAll();
        }
    }

    /// Where the classes of a module with that digest are.
    public static String packageName(WasmModule module, String digest) {
        return ModuleShape.packageName(NameSection.of(module), digest);
    }

    private Class<?> load(ClassDesc type) {
        try {
            return Class.forName(GeneratedClasses.name(type), true, loader);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a generated class is missing", e);
        }
    }

    /// Loads the class of instances, too, so that no guest's stack has to have room for that.
    private InstanceFactory newFactory() {
        load(shape.instance);
        try {
            return (InstanceFactory)
                    Signatures.constructor(load(shape.instanceFactory)).invoke();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("no factory of instances", e);
        }
    }

    /// A new instance.
    public Instance instantiate(Binding binding) {
        return factory.make(binding);
    }

    /// The static method of a function that is not imported: `(parameters as JVM values…, Instance subclass) →
    /// R`. Compiles the function.
    public MethodHandle entry(int function) {
        Class<?> type = load(shape.functionClass(function));
        MethodTypeDesc descriptor = shape.signatureOf(function).body(shape.instance);
        try {
            return MethodHandles.publicLookup()
                    .findStatic(
                            type,
                            shape.functionName(function),
                            MethodType.fromMethodDescriptorString(descriptor.descriptorString(), loader));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated class without its code: " + type, e);
        }
    }

    /// Compiles a function now, on whichever thread calls; does nothing when it was compiled.
    public void compile(int function) {
        if (!shape.isImport(function)) {
            load(shape.functionClass(function));
        }
    }

    private void compileAll() {
        for (int i = shape.module.importedFunctions(); i < count(); i++) {
            compile(i);
        }
    }

    /// Where the classes of its functions are.
    public String packageName() {
        return shape.packageName;
    }

    /// Of the binary and of what is known of its imports.
    public String digest() {
        return digest;
    }

    /// What it is made of.
    public WasmModule module() {
        return shape.module;
    }

    ModuleShape shape() {
        return shape;
    }

    ModuleLoader loader() {
        return loader;
    }

    public Report report() {
        return loader.counts().report();
    }

    @Override
    public int count() {
        return shape.module.functions().size();
    }

    @Override
    public int imported() {
        return shape.module.importedFunctions();
    }

    @Override
    public FunctionReference prototype(int index) {
        FunctionReference known = prototypes.get(index);
        if (known == null) {
            prototypes.compareAndSet(index, null, newPrototype(index));
            known = java.util.Objects.requireNonNull(prototypes.get(index));
        }
        return known;
    }

    private FunctionReference newPrototype(int index) {
        MethodHandle maker = Signatures.constructor(load(shape.functionClass(index)), load(shape.instance));
        try {
            return (FunctionReference) maker.invoke((Object) null);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("no reference to function " + index, e);
        }
    }
}

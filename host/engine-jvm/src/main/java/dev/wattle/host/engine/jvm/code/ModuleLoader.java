package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.jvm.runtime.HostCode;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;

/// The class loader of a module's code: makes a function's class when the JVM asks for it.
final class ModuleLoader extends ClassLoader implements HostCode {
    static {
        registerAsParallelCapable();
    }

    private final ModuleShape shape;
    private final Signatures signatures;
    private final ClassFiles files;
    private final CompileLimits limits;
    private final String prefix;
    private final Map<String, Signature> byClassName = new HashMap<>();

    /// Those with the code of functions that are imported, by their packages.
    private final Map<String, ModuleLoader> wired = new HashMap<>();

    private final Counts counts = new Counts();

    ModuleLoader(ModuleShape shape, Signatures signatures, CodeServices services, String digest) {
        super(shape.packageName, ModuleLoader.class.getClassLoader());
        this.shape = shape;
        this.signatures = signatures;
        this.files = new ClassFiles(shape, services, digest, counts);
        this.limits = services.limits();
        this.prefix = shape.packageName + ".";
        shape.module.types().forEach(type -> {
            Signature signature = shape.signature(type);
            byClassName.put(GeneratedClasses.name(signature.signatureClass), signature);
        });
        for (ImportCode each : shape.imports()) {
            if (each instanceof ImportCode.OfModule known) {
                ModuleCode code = known.code();
                ModuleLoader other = wired.putIfAbsent(code.packageName(), code.loader());
                if (code.packageName().equals(shape.packageName) || (other != null && other != code.loader())) {
                    throw new IllegalArgumentException("two modules in package " + code.packageName());
                }
            }
        }
    }

    Counts counts() {
        return counts;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(prefix)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            files.awaitLarge(name);
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }
        Signature signature = byClassName.get(name);
        if (signature != null) {
            return signatures.classOf(signature);
        }
        ModuleLoader other = wired.isEmpty() ? null : wired.get(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
        return other == null ? super.loadClass(name, resolve) : other.loadClass(name, resolve);
    }

    @Override
    public MethodHandle hostCode(int function) {
        if (shape.importCode(function) instanceof ImportCode.OfHost(MethodHandle code, var _)) {
            return code;
        }
        throw new IllegalArgumentException("not of the host: function " + function);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        CompileRoom.require();
        requireRoom();
        byte[] bytes = files.take(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        counts.loaded(bytes.length);
        Class<?> defined = defineClass(name, bytes, 0, bytes.length);
        return shape.hostImportOf(name.substring(prefix.length())) < 0 ? defined : initialized(defined);
    }

    /// Now, where the stack has room: a class whose initializer fails once is lost. Others have no initializer.
    private Class<?> initialized(Class<?> defined) throws ClassNotFoundException {
        return Class.forName(defined.getName(), true, this);
    }

    /// Classes are outside the heap, where nothing else bounds them.
    private void requireRoom() {
        if (counts.loadedBytes() > limits.moduleClassBytes()) {
            throw new ModuleException(
                    ModuleException.Code.UNSUPPORTED,
                    "the code of %s takes more than %d bytes of classes"
                            .formatted(shape.packageName, limits.moduleClassBytes()),
                    shape.module.codeStart());
        }
    }
}

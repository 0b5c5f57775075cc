package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.ModuleException;
import java.util.HashMap;
import java.util.Map;

/// The class loader of a module's code: makes a function's class when the JVM asks for it.
final class ModuleLoader extends ClassLoader {
    static {
        registerAsParallelCapable();
    }

    private final ModuleShape shape;
    private final Signatures signatures;
    private final ClassFiles files;
    private final CompileLimits limits;
    private final String prefix;
    private final Map<String, Signature> byClassName = new HashMap<>();

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
    }

    Counts counts() {
        return counts;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith(prefix)) {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }
        Signature signature = byClassName.get(name);
        if (signature != null) {
            return signatures.classOf(signature);
        }
        return super.loadClass(name, resolve);
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        CompileRoom.require();
        requireRoom();
        byte[] bytes = files.take(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        counts.loaded(bytes.length);
        return defineClass(name, bytes, 0, bytes.length);
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

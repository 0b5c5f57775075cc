package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.DefinedType;
import dev.wattle.host.engine.jvm.runtime.FunctionReference;
import dev.wattle.host.engine.jvm.runtime.Scratch;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The signature classes of an engine: one for each function type, of all modules, each in a class loader of
/// its own, so that it goes when nobody has functions of that type. Safe for any thread.
public final class Signatures {
    private final Map<String, WeakReference<Loader>> loaders = new HashMap<>(); // guarded by this
    private int sweepAt = 64; // guarded by this

    /// Defines the class of a type, and that of the host's functions of it.
    private static final class Loader extends ClassLoader {
        static {
            registerAsParallelCapable();
        }

        final Class<?> signatureClass;
        private final Signature signature;
        private @Nullable MethodHandle host;

        Loader(Signature signature) {
            super("signature " + signature.type.id(), Signatures.class.getClassLoader());
            this.signature = signature;
            byte[] bytes = new SignatureClass(signature).make();
            signatureClass = defineClass(GeneratedClasses.name(signature.signatureClass), bytes, 0, bytes.length);
        }

        /// `(MethodHandle, Scratch) → FunctionReference`.
        synchronized MethodHandle host() {
            MethodHandle known = host;
            if (known == null) {
                byte[] bytes = new SignatureClass(signature).makeHost();
                String name = Signature.PACKAGE + "." + SignatureClass.hostName(signature);
                Class<?> type = defineClass(name, bytes, 0, bytes.length);
                known = constructor(type, MethodHandle.class, Scratch.class)
                        .asType(MethodType.methodType(FunctionReference.class, MethodHandle.class, Scratch.class));
                host = known;
            }
            return known;
        }
    }

    static MethodHandle constructor(Class<?> type, Class<?>... parameters) {
        try {
            return MethodHandles.publicLookup().findConstructor(type, MethodType.methodType(void.class, parameters));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated class without its constructor: " + type, e);
        }
    }

    private synchronized Loader loader(Signature signature) {
        WeakReference<Loader> known = loaders.get(signature.type.id());
        Loader loader = known == null ? null : known.get();
        if (loader == null) {
            loader = new Loader(signature);
            loaders.put(signature.type.id(), new WeakReference<>(loader));
            sweep();
        }
        return loader;
    }

    private void sweep() { // guarded by this
        if (loaders.size() > sweepAt) {
            loaders.values().removeIf(each -> each.get() == null);
            sweepAt = 2 * loaders.size() + 64;
        }
    }

    /// The signature class of a type.
    Class<?> classOf(Signature signature) {
        return loader(signature).signatureClass;
    }

    /// Makes functions of the host as guests call them: `(MethodHandle, Scratch) → FunctionReference`, of a
    /// handle of the exact type that the engine's contract gives the function, and the scratch area of the
    /// sandbox that calls it.
    public MethodHandle host(DefinedType type) {
        return loader(new Signature(type)).host();
    }
}

package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.jvm.runtime.Instance;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;
import org.jspecify.annotations.Nullable;

/// One handle to a function of whichever instance of a module: `(CoreInstance, parameters…) → R`. Goes straight
/// to the code of the version that the instance has; a second version is linked when the first instance of it
/// comes.
final class VersionedHandle extends MutableCallSite {
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodHandle LIVE = find("live", MethodType.methodType(Instance.class, CoreInstance.class));
    private static final MethodHandle IS_OF =
            find("isOf", MethodType.methodType(boolean.class, ModuleVersion.class, CoreInstance.class));

    private final JvmModule module;
    private final int function;

    /// @param version that the first instance will have, as far as can be told
    VersionedHandle(JvmModule module, @Nullable ModuleVersion version, int function) {
        super(typeOf(module, function));
        this.module = module;
        this.function = function;
        MethodHandle relink = bound("relink", MethodType.methodType(MethodHandle.class, CoreInstance.class));
        // The instance is needed twice: to find the handle, and as its argument.
        MethodHandle relinking = MethodHandles.foldArguments(MethodHandles.exactInvoker(type()), relink);
        setTarget(version == null ? relinking : guarded(version, relinking));
    }

    private static MethodType typeOf(JvmModule module, int function) {
        return CoreTypes.of(module.binary().function(function))
                .handleType()
                .insertParameterTypes(0, CoreInstance.class);
    }

    private MethodHandle guarded(ModuleVersion version, MethodHandle otherwise) {
        MethodHandle direct = MethodHandles.filterArguments(version.handle(function), 0, LIVE);
        return MethodHandles.guardWithTest(IS_OF.bindTo(version), direct, otherwise);
    }

    /// An instance of another version came.
    synchronized MethodHandle relink(CoreInstance instance) {
        if (!(instance instanceof JvmInstance own) || own.module() != module) {
            throw new IllegalArgumentException("an instance of another module");
        }
        MethodHandle target = guarded(own.version(), getTarget());
        setTarget(target);
        return target;
    }

    private MethodHandle bound(String name, MethodType type) {
        try {
            return LOOKUP.bind(this, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    static boolean isOf(ModuleVersion version, CoreInstance instance) {
        return instance instanceof JvmInstance own && own.version() == version;
    }

    static Instance live(CoreInstance instance) {
        return ((JvmInstance) instance).live();
    }

    private static MethodHandle find(String name, MethodType type) {
        try {
            return LOOKUP.findStatic(VersionedHandle.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}

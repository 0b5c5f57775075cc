package dev.wattle.host.component.code;

import dev.wattle.host.engine.CoreModule;
import java.lang.invoke.MethodHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A core function that a canonical definition names, for all instances: what is lifted, a realloc, a post-return.
/// Its handle is a constant; what differs is its first argument.
public final class CoreCallee {
    /// No instance: it is code of the context.
    static final int OF_CONTEXT = -1;

    private final int instance;
    private final String export;
    private @Nullable CoreModule module;
    private final @Nullable Supplier<MethodHandle> code;
    private @Nullable MethodHandle handle;

    private CoreCallee(int instance, String export, @Nullable Supplier<MethodHandle> code) {
        this.instance = instance;
        this.export = export;
        this.code = code;
    }

    /// An export of the core instance in that slot, whose module is told later.
    public static CoreCallee export(int instance, String export) {
        return new CoreCallee(instance, export, null);
    }

    /// A function that was lowered, or a built-in.
    ///
    /// @param code asked for once: `(Context, parameters…) → result`
    public static CoreCallee code(Supplier<MethodHandle> code) {
        return new CoreCallee(OF_CONTEXT, "", code);
    }

    /// Tells what module the instance is of; the wired one.
    public void belongsTo(CoreModule itsModule) {
        module = itsModule;
    }

    /// The slot of the instance that is the first argument, or [#OF_CONTEXT].
    public int instance() {
        return instance;
    }

    /// `(CoreInstance or Context, parameters…) → result`
    public synchronized MethodHandle handle() {
        MethodHandle known = handle;
        if (known == null) {
            known = code == null ? function() : code.get();
            handle = known;
        }
        return known;
    }

    private MethodHandle function() {
        if (module == null) {
            throw new IllegalStateException("asked for '" + export + "' before its module is known");
        }
        return module.function(export);
    }

    /// The function in one context: `(parameters…) → result`
    public MethodHandle in(Context context) {
        return handle().bindTo(instance == OF_CONTEXT ? context : context.instances[instance]);
    }
}

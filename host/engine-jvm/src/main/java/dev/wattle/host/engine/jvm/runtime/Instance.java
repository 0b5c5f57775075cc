package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.GuestControl;
import org.jspecify.annotations.Nullable;

/// An instance of a module. The generated subclass has the module's state as fields (`DESIGN.md` lists them).
/// One thread at a time.
public abstract class Instance {
    /// Who may stop it.
    public final GuestControl control;

    /// Where results beyond the first and the arguments of pending tail calls travel; one for all instances of a
    /// sandbox.
    public final Scratch scratch;

    private final Functions functions;

    /// References to this instance's functions, made when first needed, so that each has one identity.
    private @Nullable FunctionReference @Nullable [] references;

    /// The functions of a module, imports first, of which instances make references.
    public interface Functions {
        /// How many there are.
        int count();

        /// The one object of that function's class that belongs to no instance; compiles the function's class.
        FunctionReference prototype(int index);
    }

    protected Instance(GuestControl control, Scratch scratch, Functions functions) {
        this.control = control;
        this.scratch = scratch;
        this.functions = functions;
    }

    /// The memory of that index has other bytes now; the subclass keeps them in a field.
    public abstract void memoryMoved(int index, byte[] bytes);

    /// The import of that index.
    protected abstract FunctionReference imported(int index);
}

package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;

/// Questions about types that the canonical ABI answers without an instance.
public final class CanonicalAbi {
    /// More flat parameters than these go through memory: `MAX_FLAT_PARAMS`.
    public static final int MAX_FLAT_PARAMS = 16;

    /// More flat results than these go through memory: `MAX_FLAT_RESULTS`.
    public static final int MAX_FLAT_RESULTS = 1;

    /// From which side a core function is seen.
    public enum Context {
        LIFT,
        LOWER
    }

    /// The core type of a component function: of the function that is lifted, or of the one that lowering makes.
    ///
    /// @spec CanonicalABI.md `flatten_functype`
    public static CoreType.Function flatten(FunctionType type, Context context) {
        throw new UnsupportedOperationException();
    }

    /// Must a canonical definition with this type name a memory?
    public static boolean needsMemory(FunctionType type, Context context) {
        throw new UnsupportedOperationException();
    }

    /// Must a canonical definition with this type name a realloc? When lifting, parameters are stored by the guest's
    /// realloc;
    /// when lowering, the result is.
    public static boolean needsRealloc(FunctionType type, Context context) {
        throw new UnsupportedOperationException();
    }

    private CanonicalAbi() {}
}

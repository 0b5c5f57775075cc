package dev.wattle.host.component.abi;

import dev.wattle.host.component.abi.CanonicalAbi.Context;
import dev.wattle.wit.FunctionType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A component function's type with all that follows from it, found when it is first needed. Made once for all
/// instances where the type is the same in each. Safe for any thread.
public final class PreparedType {
    private final FunctionType type;

    // Threads may find them at once, and find the same.
    private @Nullable Flat lifted;
    private @Nullable Flat lowered;

    public PreparedType(FunctionType type) {
        this.type = Objects.requireNonNull(type, "type");
    }

    public FunctionType type() {
        return type;
    }

    Flat lifted() {
        Flat known = lifted;
        if (known == null) {
            known = Flat.of(type, Context.LIFT);
            lifted = known;
        }
        return known;
    }

    Flat lowered() {
        Flat known = lowered;
        if (known == null) {
            known = Flat.of(type, Context.LOWER);
            lowered = known;
        }
        return known;
    }

    /// The core function that is lifted, or that lowering makes.
    record Flat(Signature signature, CoreAdapter adapter) {
        private static Flat of(FunctionType type, Context context) {
            var signature = new Signature(type, context);
            return new Flat(signature, CoreAdapter.of(signature.core()));
        }
    }
}

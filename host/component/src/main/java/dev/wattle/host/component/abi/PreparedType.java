package dev.wattle.host.component.abi;

import dev.wattle.host.component.abi.CanonicalAbi.Concurrency;
import dev.wattle.host.component.abi.CanonicalAbi.Context;
import dev.wattle.wit.FunctionType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A component function's type with all that follows from it, found when it is first needed. Made once for all
/// instances where the type is the same in each. Safe for any thread.
public final class PreparedType {
    private static final int CONCURRENCIES = Concurrency.values().length;

    private final FunctionType type;

    // By concurrency. Threads may find them at once, and find the same.
    private final @Nullable Flat[] lifted = new Flat[CONCURRENCIES];
    private final @Nullable Flat[] lowered = new Flat[CONCURRENCIES];

    public PreparedType(FunctionType type) {
        this.type = Objects.requireNonNull(type, "type");
    }

    public FunctionType type() {
        return type;
    }

    Flat lifted(CanonicalOptions options) {
        return find(lifted, Context.LIFT, options.concurrency());
    }

    Flat lowered(CanonicalOptions options) {
        return find(lowered, Context.LOWER, options.concurrency());
    }

    private Flat find(@Nullable Flat[] flat, Context context, Concurrency concurrency) {
        Flat known = flat[concurrency.ordinal()];
        if (known == null) {
            known = Flat.of(type, context, concurrency);
            flat[concurrency.ordinal()] = known;
        }
        return known;
    }

    /// The core function that is lifted, or that lowering makes.
    record Flat(Signature signature, CoreAdapter adapter) {
        private static Flat of(FunctionType type, Context context, Concurrency concurrency) {
            var signature = new Signature(type, context, concurrency);
            return new Flat(signature, CoreAdapter.of(signature.core()));
        }
    }
}

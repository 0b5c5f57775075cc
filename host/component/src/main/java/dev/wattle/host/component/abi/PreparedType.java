package dev.wattle.host.component.abi;

import dev.wattle.host.component.abi.CanonicalAbi.Concurrency;
import dev.wattle.host.component.abi.CanonicalAbi.Context;
import dev.wattle.wit.FunctionType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A component function's type with all that follows from it, found when it is first needed. Made once for all
/// instances where the type is the same in each. Safe for any thread.
public final class PreparedType {
    private final FunctionType type;

    private final Forms lifted = new Forms();
    private final Forms lowered = new Forms();

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

    private Flat find(Forms forms, Context context, Concurrency concurrency) {
        Flat known = forms.get(concurrency);
        if (known == null) {
            known = Flat.of(type, context, concurrency);
            forms.put(concurrency, known);
        }
        return known;
    }

    /// What has been found. Threads may find it at once, and find the same.
    private static final class Forms {
        private @Nullable Flat sync;
        private @Nullable Flat async;
        private @Nullable Flat callback;

        @Nullable
        Flat get(Concurrency concurrency) {
            return switch (concurrency) {
                case SYNC -> sync;
                case ASYNC -> async;
                case ASYNC_CALLBACK -> callback;
            };
        }

        void put(Concurrency concurrency, Flat found) {
            switch (concurrency) {
                case SYNC -> sync = found;
                case ASYNC -> async = found;
                case ASYNC_CALLBACK -> callback = found;
            }
        }
    }

    /// The core function that is lifted, or that lowering makes.
    record Flat(Signature signature, CoreAdapter adapter) {
        private static Flat of(FunctionType type, Context context, Concurrency concurrency) {
            var signature = new Signature(type, context, concurrency);
            return new Flat(signature, CoreAdapter.of(signature.core()));
        }
    }
}

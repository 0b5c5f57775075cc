package dev.wattle.host.component.abi;

import dev.wattle.host.component.abi.CanonicalAbi.Context;
import dev.wattle.host.component.abi.Signature.Form;
import dev.wattle.wit.FunctionType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A component function's type with all that follows from it, found when it is first needed. Made once for all
/// instances where the type is the same in each. Safe for any thread.
public final class PreparedType {
    private final FunctionType type;

    // By form. Threads may find them at once, and find the same.
    private final @Nullable Flat[] flat = new Flat[Form.values().length];

    public PreparedType(FunctionType type) {
        this.type = Objects.requireNonNull(type, "type");
    }

    public FunctionType type() {
        return type;
    }

    Flat lifted(CanonicalOptions options) {
        return flat(Form.of(Context.LIFT, options.async(), options.callback().isPresent()));
    }

    Flat lowered(CanonicalOptions options) {
        return flat(Form.of(Context.LOWER, options.async(), false));
    }

    private Flat flat(Form form) {
        Flat known = flat[form.ordinal()];
        if (known == null) {
            known = Flat.of(type, form);
            flat[form.ordinal()] = known;
        }
        return known;
    }

    /// The core function that is lifted, or that lowering makes.
    record Flat(Signature signature, CoreAdapter adapter) {
        private static Flat of(FunctionType type, Form form) {
            var signature = new Signature(type, form);
            return new Flat(signature, CoreAdapter.of(signature.core()));
        }
    }
}

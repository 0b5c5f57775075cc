package dev.wattle.host.component.binary;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.Feature;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The features that one file may use, and the first one that it uses without. What is not allowed is decoded
/// and checked all the same: a damaged file is called damaged, whatever it uses.
public final class FeatureGate {
    private final Set<Feature> allowed;
    private @Nullable ComponentException refusal;

    public FeatureGate(Set<Feature> allowed) {
        this.allowed = allowed.isEmpty() ? EnumSet.noneOf(Feature.class) : EnumSet.copyOf(allowed);
    }

    /// Something in the file needs a feature.
    ///
    /// @param what for the message, such as "the type stream"
    void use(Feature feature, long offset, String what) {
        if (refusal == null && !allowed.contains(feature)) {
            refusal = Failures.unsupported(offset, feature, what);
        }
    }

    /// Something in the file cannot be run, whatever is allowed.
    void refuse(ComponentException reason) {
        if (refusal == null) {
            refusal = reason;
        }
    }

    boolean allows(Feature feature) {
        return allowed.contains(feature);
    }

    /// Refuses the file when it used what is not allowed.
    void check() {
        if (refusal != null) {
            throw refusal;
        }
    }
}

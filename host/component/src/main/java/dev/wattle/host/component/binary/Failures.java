package dev.wattle.host.component.binary;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.Feature;

/// The exceptions of this package, each in one place.
final class Failures {
    private Failures() {}

    static ComponentException malformed(long offset, String message) {
        return new ComponentException(Code.MALFORMED, offset, message, null);
    }

    static ComponentException invalid(long offset, String message) {
        return new ComponentException(Code.INVALID, offset, message, null);
    }

    /// @param feature in the specification's words
    static ComponentException unsupported(long offset, String feature) {
        return new ComponentException(Code.UNSUPPORTED, offset, feature + " not supported yet", null);
    }

    /// @param what needs the feature, in the specification's words
    static ComponentException unsupported(long offset, Feature feature, String what) {
        return new ComponentException(
                Code.UNSUPPORTED, offset, what + " needs the feature '" + feature.id() + "', which is off", null);
    }

    static ComponentException limit(long offset, String message) {
        return new ComponentException(Code.LIMIT, offset, message, null);
    }
}

package dev.wattle.host.wasi;

import dev.wattle.wit.WitValue;
import java.util.Optional;
import java.util.regex.Pattern;

/// `wasi:http/types.outgoing-request`: a guest may build it; sending it is denied.
final class OutgoingRequest extends OutgoingMessage {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Pattern AUTHORITY = Pattern.compile("[\\x21-\\x7E&&[^/?#\\\\\"<>^`{|}]]+");
    private static final Pattern PATH = Pattern.compile("[\\x21-\\x7E&&[^#\"<>\\\\^`{|}]]*");

    private WitValue method = WitValue.variant("get");
    private Optional<WitValue> path = Optional.empty();
    private Optional<WitValue> scheme = Optional.empty();
    private Optional<WitValue> authority = Optional.empty();

    OutgoingRequest(Fields headers) {
        super("request", headers);
    }

    WitValue method() {
        return method;
    }

    WitValue path() {
        return new WitValue.OptionValue(path);
    }

    WitValue scheme() {
        return new WitValue.OptionValue(scheme);
    }

    WitValue authority() {
        return new WitValue.OptionValue(authority);
    }

    /// False when that is no method.
    boolean setMethod(WitValue value) {
        if (((WitValue.VariantValue) value)
                .payload()
                .filter(other -> !Fields.isToken(text(other)))
                .isPresent()) {
            return false;
        }
        method = value;
        return true;
    }

    /// False when that is no path with a query.
    boolean setPath(Optional<WitValue> value) {
        if (value.filter(text -> !PATH.matcher(text(text)).matches()).isPresent()) {
            return false;
        }
        path = value;
        return true;
    }

    /// False when that is no scheme.
    boolean setScheme(Optional<WitValue> value) {
        boolean wrong = value.flatMap(scheme -> ((WitValue.VariantValue) scheme).payload())
                .filter(other -> !SCHEME.matcher(text(other)).matches())
                .isPresent();
        if (wrong) {
            return false;
        }
        scheme = value;
        return true;
    }

    /// False when that is no authority.
    boolean setAuthority(Optional<WitValue> value) {
        if (value.filter(text -> !AUTHORITY.matcher(text(text)).matches()).isPresent()) {
            return false;
        }
        authority = value;
        return true;
    }

    private static String text(WitValue value) {
        return ((WitValue.Text) value).value();
    }
}

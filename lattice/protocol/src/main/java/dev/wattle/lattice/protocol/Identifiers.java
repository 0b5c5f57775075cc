package dev.wattle.lattice.protocol;

import java.util.Objects;
import java.util.regex.Pattern;

/// What a name must look like to stand in a subject, a header and a key: no name can add a token, a wildcard or
/// a line.
final class Identifiers {
    /// NATS servers refuse subjects of some kilobytes; wasmCloud's own ids are far shorter.
    static final int MAX_LENGTH = 255;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern HOST = Pattern.compile("N[A-Z2-7]{55}");

    private Identifiers() {}

    static void require(String what, String value) {
        Objects.requireNonNull(value, what);
        if (value.length() > MAX_LENGTH || !TOKEN.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " must be 1.." + MAX_LENGTH
                    + " of letters, digits, '_' and '-': '" + abbreviate(value) + "'");
        }
    }

    static void requireHostId(String value) {
        Objects.requireNonNull(value, "host id");
        if (!HOST.matcher(value).matches()) {
            throw new IllegalArgumentException("not a host id (56 characters, N…): '" + abbreviate(value) + "'");
        }
    }

    static String abbreviate(String value) {
        String safe = value.replaceAll("\\p{Cntrl}", "?");
        return safe.length() > 80 ? safe.substring(0, 80) + "…" : safe;
    }
}

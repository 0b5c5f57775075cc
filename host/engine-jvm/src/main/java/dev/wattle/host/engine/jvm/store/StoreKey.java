package dev.wattle.host.engine.jvm.store;

import dev.wattle.host.engine.jvm.code.CodeOptions;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What classes are of: two keys are equal when every class of one is the class of that name of the other.
///
/// @param digits a digest of all that decides, in hexadecimal digits
record StoreKey(String digits) {
    static final String SUFFIX = ".pack";

    /// @param identity of engine and JDK
    /// @param digest of the module's binary
    static StoreKey of(String identity, String digest, CodeOptions options) {
        // When functions are compiled does not change what they are compiled to.
        return of(identity, digest, options.eagerly().toString());
    }

    /// @param form what is kept of the module
    static StoreKey of(String identity, String digest, String form) {
        String text = identity + form + "\nmodule " + digest + "\n";
        return new StoreKey(HexFormat.of().formatHex(Digests.sha256().digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    String fileName() {
        return digits + SUFFIX;
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(digits);
    }
}

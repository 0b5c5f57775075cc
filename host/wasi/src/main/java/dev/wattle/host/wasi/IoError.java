package dev.wattle.host.wasi;

import dev.wattle.wit.WitValue;
import java.util.Optional;

/// `wasi:io/error.error`: what went wrong with a stream.
final class IoError extends HostObject {
    private final String message;
    private final Optional<WitValue> httpErrorCode;

    /// @param httpErrorCode `wasi:http/types.error-code`, when HTTP is to blame
    IoError(String message, Optional<WitValue> httpErrorCode) {
        this.message = message;
        this.httpErrorCode = httpErrorCode;
    }

    String message() {
        return message;
    }

    Optional<WitValue> httpErrorCode() {
        return httpErrorCode;
    }
}

package dev.wattle.host.wasi;

import dev.wattle.host.component.Sandbox;
import dev.wattle.wit.WitValue;
import org.jspecify.annotations.Nullable;

/// A stream has ended or failed: becomes a `stream-error` for the guest.
final class StreamFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient @Nullable IoError error;

    private StreamFailure(String message, @Nullable IoError error) {
        super(message, null, false, false);
        this.error = error;
    }

    static StreamFailure closed() {
        return new StreamFailure("closed", null);
    }

    static StreamFailure failed(IoError error) {
        return new StreamFailure(error.message(), error);
    }

    /// `result::err(stream-error)`.
    WitValue toResult(Sandbox sandbox) {
        return WitValue.error(
                error == null
                        ? WitValue.variant("closed")
                        : WitValue.variant("last-operation-failed", error.give(sandbox, IoInterfaces.ERROR)));
    }
}

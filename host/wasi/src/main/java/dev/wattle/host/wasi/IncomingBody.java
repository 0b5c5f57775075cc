package dev.wattle.host.wasi;

import dev.wattle.wit.ByteString;
import java.util.Optional;

/// `wasi:http/types.incoming-body`: all of it is here; it has no trailers.
final class IncomingBody extends HostObject {
    private final ByteString bytes;
    private boolean streamed;

    IncomingBody(ByteString bytes) {
        this.bytes = bytes;
    }

    /// The stream to read it by, at the first call.
    Optional<InputStreamObject> stream() {
        if (streamed) {
            return Optional.empty();
        }
        streamed = true;
        return Optional.of(new InputStreamObject(bytes));
    }

    /// `future-trailers` of a body that has none: ready at once, and asked once.
    static final class Trailers extends HostObject {
        private boolean asked;

        /// True at the first call.
        boolean ask() {
            boolean first = !asked;
            asked = true;
            return first;
        }
    }
}

package dev.wattle.host.wasi;

import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitValue;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.OptionalLong;

/// `wasi:http/types.outgoing-body`: gathers the whole body; complete only once it is finished.
final class OutgoingBody extends HostObject {
    private final String message;
    private final OptionalLong contentLength;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Optional<WitValue> failure = Optional.empty();
    private boolean written;
    private boolean finished;

    /// @param message `request` or `response`, for error codes
    /// @param contentLength that the headers promise
    OutgoingBody(String message, OptionalLong contentLength) {
        this.message = message;
        this.contentLength = contentLength;
    }

    /// The stream to write it by, once.
    Optional<OutputStreamObject> write() {
        if (written) {
            return Optional.empty();
        }
        written = true;
        return Optional.of(new Stream(this));
    }

    /// No more comes. Answers why the body is wrong, or nothing.
    Optional<WitValue> finish() {
        if (failure.isPresent()) {
            return failure;
        }
        if (contentLength.isPresent() && contentLength.getAsLong() != bytes.size()) {
            failure = Optional.of(HttpErrorCodes.bodySize(message, bytes.size()));
            return failure;
        }
        finished = true;
        return Optional.empty();
    }

    boolean isFinished() {
        return finished;
    }

    ByteString contents() {
        return ByteString.adopt(bytes.toByteArray());
    }

    private void accept(ByteString contents) {
        long limit = Math.min(contentLength.orElse(Limits.MAX_BODY_BYTES), Limits.MAX_BODY_BYTES);
        long size = (long) bytes.size() + contents.size();
        if (size > limit) {
            WitValue code = HttpErrorCodes.bodySize(message, size);
            failure = Optional.of(code);
            throw StreamFailure.failed(
                    new IoError("the body of the " + message + " exceeds " + limit + " bytes", failure));
        }
        contents.show(bytes::write);
    }

    private static final class Stream extends OutputStreamObject {
        private final OutgoingBody body;

        Stream(OutgoingBody body) {
            this.body = body;
        }

        @Override
        void flush() {
            // The body goes out whole.
        }

        @Override
        void requireOpen() {
            if (body.failure.isPresent()) {
                throw StreamFailure.closed();
            }
        }

        @Override
        void accept(ByteString contents) {
            body.accept(contents);
        }
    }
}

package dev.wattle.host.wasi;

import dev.wattle.wit.ByteString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What `outgoing-request` and `outgoing-response` share: headers, and a body that is handed out once.
abstract class OutgoingMessage extends HostObject {
    /// Longer than any length that fits.
    private static final int MAX_LENGTH_DIGITS = 18;

    private final String kind;
    private final Fields headers;
    private @Nullable OutgoingBody body;

    /// @param kind `request` or `response`
    OutgoingMessage(String kind, Fields headers) {
        this.kind = kind;
        this.headers = headers;
    }

    final Fields headers() {
        return headers;
    }

    /// The body, at the first call; nothing after, or when `content-length` makes no sense.
    final Optional<OutgoingBody> takeBody() {
        if (body != null || !contentLengthValid()) {
            return Optional.empty();
        }
        body = new OutgoingBody(kind, contentLength());
        return Optional.of(body);
    }

    /// Was the body taken and not finished?
    final boolean incomplete() {
        return body != null && !body.isFinished();
    }

    final ByteString contents() {
        return body == null ? ByteString.EMPTY : body.contents();
    }

    /// One length in digits, or none.
    final boolean contentLengthValid() {
        List<ByteString> values = headers.values("content-length");
        if (values.isEmpty()) {
            return true;
        }
        String text = text(values.getFirst());
        return values.size() == 1
                && !text.isEmpty()
                && text.length() <= MAX_LENGTH_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private OptionalLong contentLength() {
        List<ByteString> values = headers.values("content-length");
        return values.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text(values.getFirst())));
    }

    private static String text(ByteString value) {
        return new String(value.toArray(), StandardCharsets.ISO_8859_1);
    }
}

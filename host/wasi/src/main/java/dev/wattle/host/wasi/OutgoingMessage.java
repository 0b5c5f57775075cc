package dev.wattle.host.wasi;

import dev.wattle.wit.ByteString;
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
        List<ByteString> lengths = headers.values("content-length");
        if (body != null || !valid(lengths)) {
            return Optional.empty();
        }
        body = new OutgoingBody(
                kind, lengths.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number(lengths.getFirst())));
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
        return valid(headers.values("content-length"));
    }

    private static boolean valid(List<ByteString> lengths) {
        return lengths.isEmpty() || (lengths.size() == 1 && number(lengths.getFirst()) >= 0);
    }

    /// The number that these digits are; -1 when they are none, or too many.
    private static long number(ByteString digits) {
        if (digits.size() == 0 || digits.size() > MAX_LENGTH_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int index = 0; index < digits.size(); index++) {
            int digit = digits.at(index) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }
}

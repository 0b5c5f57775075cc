package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The names of the headers that go with messages, and the values of those that are ours. wasmCloud's hosts
/// ignore ours.
public final class WrpcHeaders {
    /// The caller's id.
    public static final String SOURCE_ID = "source-id";

    /// The link in use; `default` when absent.
    public static final String LINK_NAME = "link-name";

    /// The callee's id, which providers send.
    public static final String TARGET_ID = "target-id";

    /// W3C trace context.
    public static final String TRACE_PARENT = "traceparent";

    /// W3C trace context.
    public static final String TRACE_STATE = "tracestate";

    /// Ours, on a call: how many milliseconds the caller still waits. Not a point in time: clocks differ.
    public static final String DEADLINE_MILLIS = "wattle-deadline-ms";

    /// Ours, on a call: how many calls lie between it and the root call.
    public static final String DEPTH = "wattle-depth";

    /// Ours, on the first message of results without data: why there is no result.
    public static final String FAILURE = "wattle-failure";

    /// Ours, on requests of the control interface: the epoch of the leader that asks.
    public static final String EPOCH = "wattle-epoch";

    /// NATS servers take 4 KiB of headers without ado.
    private static final int MAX_REASON_CHARACTERS = 512;

    /// Twice encoded, the longest reason.
    private static final int MAX_VALUE_CHARACTERS = 16 * MAX_REASON_CHARACTERS;

    private static final String TRAPPED = "trapped ";
    private static final String REFUSED = "refused ";

    private WrpcHeaders() {}

    /// The value of [#FAILURE] for a call that trapped.
    public static String trapped(String reason) {
        return TRAPPED + encode(reason);
    }

    /// The value of [#FAILURE] for a call that was not run.
    public static String refused(String reason) {
        return REFUSED + encode(reason);
    }

    /// Reads [#FAILURE]; nothing when it is not there or nothing that we know.
    public static Optional<CallFailure> failure(Map<String, String> headers) {
        String value = headers.get(FAILURE);
        if (value == null || value.length() > MAX_VALUE_CHARACTERS) {
            return Optional.empty();
        }
        if (value.startsWith(TRAPPED)) {
            return Optional.of(new CallFailure.PeerTrapped(decode(value.substring(TRAPPED.length()))));
        }
        if (value.startsWith(REFUSED)) {
            return Optional.of(new CallFailure.PeerRefused(decode(value.substring(REFUSED.length()))));
        }
        return Optional.empty();
    }

    /// A header that holds a number, 0 or above; nothing when it is absent.
    ///
    /// @throws ProtocolException when it is something else
    public static OptionalLong number(Map<String, String> headers, String name) {
        String value = headers.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        try {
            long number = Long.parseLong(value.strip());
            if (number >= 0) {
                return OptionalLong.of(number);
            }
        } catch (NumberFormatException _) {
            // Told below, as a negative number is.
        }
        throw new ProtocolException(
                Code.BAD_VALUE,
                "header " + name,
                "expected a number, 0 or above, found '" + Identifiers.abbreviate(value) + "'");
    }

    private static String encode(String reason) {
        String whole = reason.length() > MAX_REASON_CHARACTERS ? reason.substring(0, MAX_REASON_CHARACTERS) : reason;
        return URLEncoder.encode(whole, StandardCharsets.UTF_8);
    }

    private static String decode(String encoded) {
        try {
            return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return "for a reason that cannot be read";
        }
    }
}

package dev.wattle.lattice.transport;

import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// One message. Immutable.
///
/// @param subject where it goes or came from
/// @param replyTo where an answer is expected
/// @param headers one value for each name; names compare as NATS does, by case
/// @param status the NATS status (503 no responders, 408 timeout), when the server made the message
public record Message(
        String subject,
        Optional<String> replyTo,
        SortedMap<String, String> headers,
        ByteString payload,
        Optional<Integer> status) {
    private static final SortedMap<String, String> NO_HEADERS = Collections.unmodifiableSortedMap(new TreeMap<>());

    public Message {
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(replyTo, "replyTo");
        headers = headers.isEmpty() ? NO_HEADERS : Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        Objects.requireNonNull(payload, "payload");
        Objects.requireNonNull(status, "status");
    }

    /// A message without reply subject and headers.
    public static Message of(String subject, ByteString payload) {
        return new Message(subject, Optional.empty(), NO_HEADERS, payload, Optional.empty());
    }

    /// The same with a reply subject.
    public Message replyingTo(String inbox) {
        return new Message(subject, Optional.of(inbox), headers, payload, status);
    }

    /// The same with one more header.
    public Message withHeader(String name, String value) {
        var more = new TreeMap<>(headers);
        more.put(name, value);
        return new Message(subject, replyTo, more, payload, status);
    }
}

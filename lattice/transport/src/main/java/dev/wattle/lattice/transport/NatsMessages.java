package dev.wattle.lattice.transport;

import dev.wattle.wit.ByteString;
import io.nats.client.impl.Headers;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Between our messages and the client library's.
final class NatsMessages {
    private static final SortedMap<String, String> NO_HEADERS = new TreeMap<>();

    private NatsMessages() {}

    static @Nullable Headers headers(Message message) {
        if (message.headers().isEmpty()) {
            return null;
        }
        Headers headers = new Headers();
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            headers.put(header.getKey(), header.getValue());
        }
        return headers;
    }

    static Message of(io.nats.client.Message message) {
        byte[] data = message.getData();
        return new Message(
                message.getSubject(),
                Optional.ofNullable(message.getReplyTo()),
                headers(message.getHeaders()),
                data == null ? ByteString.EMPTY : ByteString.adopt(data),
                message.isStatusMessage() ? Optional.of(message.getStatus().getCode()) : Optional.empty());
    }

    private static SortedMap<String, String> headers(@Nullable Headers headers) {
        if (headers == null || headers.isEmpty()) {
            return NO_HEADERS;
        }
        SortedMap<String, String> ours = new TreeMap<>();
        for (String name : headers.keySet()) {
            String value = headers.getFirst(name);
            ours.put(name, value == null ? "" : value);
        }
        return ours;
    }
}

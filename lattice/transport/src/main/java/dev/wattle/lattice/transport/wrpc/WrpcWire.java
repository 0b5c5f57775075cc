package dev.wattle.lattice.transport.wrpc;

import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What both ends of the exchange agree on.
final class WrpcWire {
    /// Ours. On a request: what of it may be taken as whole. On results: they are whole, no end follows. On a
    /// handshake: I can be asked whether I live, and need no end of parameters that were whole.
    static final String WHOLE = "wattle-whole";

    /// On a request: all parameters are here, and the results may come whole.
    static final String WHOLE_CALL = "call";

    /// On a request: parameters follow, but the results may come whole.
    static final String WHOLE_RESULTS = "results";

    /// Below the caller's inbox: the results.
    static final String RESULTS = ".results";

    /// Below the callee's inbox: the parameters.
    static final String PARAMS = ".params";

    /// Below the callee's inbox: asks whether anybody is there. Below the caller's inbox: nobody is.
    static final String ALIVE = ".alive";

    static final SortedMap<String, String> NO_HEADERS = Collections.unmodifiableSortedMap(new TreeMap<>());

    static final int TOKEN_RADIX = 36;

    private static final int HEADER_FRAME_BYTES = "NATS/1.0\r\n\r\n".length();
    private static final int HEADER_LINE_FRAME_BYTES = ":\r\n".length();

    private WrpcWire() {}

    static Message message(String subject, SortedMap<String, String> headers, ByteString payload) {
        return new Message(subject, Optional.empty(), headers, payload, Optional.empty());
    }

    static SortedMap<String, String> header(String name, String value) {
        return new TreeMap<>(Map.of(name, value));
    }

    /// How many bytes the headers take on the wire.
    static int size(SortedMap<String, String> headers) {
        int size = HEADER_FRAME_BYTES;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            size += header.getKey().length() + header.getValue().length() + HEADER_LINE_FRAME_BYTES;
        }
        return size;
    }

    static ByteString slice(ByteString bytes, int from, int length) {
        byte[] part = new byte[length];
        bytes.asBuffer().get(from, part);
        return ByteString.adopt(part);
    }

    /// Publishes what is left of `bytes` in pieces, and the empty message that ends them.
    static void publishRest(Transport transport, String subject, ByteString bytes, int from) {
        int piece = transport.maxPayloadBytes();
        for (int at = from; at < bytes.size(); at += piece) {
            transport.publish(Message.of(subject, slice(bytes, at, Math.min(piece, bytes.size() - at))));
        }
        transport.publish(Message.of(subject, ByteString.EMPTY));
    }
}

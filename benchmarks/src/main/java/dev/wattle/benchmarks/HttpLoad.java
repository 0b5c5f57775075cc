package dev.wattle.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// A closed loop over HTTP: some keep-alive connections, one request in flight on each, one thread and one
/// selector for all, so that the load takes as little of the shared processors as it can. Checks every answer.
final class HttpLoad implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int BUFFER_BYTES = 16 << 10;
    private static final long STALL_MILLIS = 10_000;
    private static final String LENGTH = "\r\ncontent-length:";

    private final Selector selector;
    private final List<Connection> connections = new ArrayList<>();

    private HttpLoad(Selector selector) {
        this.selector = selector;
    }

    /// Connects.
    ///
    /// @param request whole, with its head
    /// @param expected of the body of each answer
    static HttpLoad connect(int port, int connections, String request, Predicate<String> expected) throws IOException {
        var load = new HttpLoad(Selector.open());
        for (int i = 0; i < connections; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(LOOPBACK, port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            var connection = new Connection(channel, request, expected);
            channel.register(load.selector, SelectionKey.OP_READ, connection);
            load.connections.add(connection);
        }
        return load;
    }

    static String get(String path) {
        return "GET " + path + " HTTP/1.1\r\nhost: localhost\r\n\r\n";
    }

    static String post(String path, String json) {
        return "POST " + path + " HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: "
                + json.length() + "\r\n\r\n" + json;
    }

    /// Keeps one request in flight on every connection for that long, then waits for the last answers.
    ///
    /// @throws WrongAnswerException when an answer is not as expected
    Load run(Duration duration) throws IOException {
        var load = new Load();
        long end = System.nanoTime() + duration.toNanos();
        int inFlight = 0;
        for (Connection connection : connections) {
            connection.send();
            inFlight++;
        }
        while (inFlight > 0) {
            if (selector.select(STALL_MILLIS) == 0) {
                throw new WrongAnswerException("no answer within " + STALL_MILLIS + " ms");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                var connection = (Connection) key.attachment();
                if (connection.receive(load)) {
                    if (System.nanoTime() - end < 0) {
                        connection.send();
                    } else {
                        inFlight--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
        return load;
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.channel.close();
        }
        selector.close();
    }

    /// The body of an answer.
    ///
    /// @param length of the whole answer in bytes
    record Answer(int status, String body, int length) {
        /// Reads an answer with a content length, or nothing while it is not whole. One byte is one character
        /// here: the demo speaks ASCII.
        static Optional<Answer> parse(String text) {
            int head = text.indexOf("\r\n\r\n");
            if (head < 0) {
                return Optional.empty();
            }
            String lower = text.substring(0, head).toLowerCase(Locale.ROOT);
            int at = lower.indexOf(LENGTH);
            if (at < 0) {
                throw new WrongAnswerException("an answer without a content length: " + text);
            }
            int begin = at + LENGTH.length();
            int lineEnd = lower.indexOf('\r', begin);
            int length = Integer.parseInt(
                    lower.substring(begin, lineEnd < 0 ? head : lineEnd).strip());
            int end = head + 4 + length;
            if (text.length() < end) {
                return Optional.empty();
            }
            return Optional.of(new Answer(Integer.parseInt(text.substring(9, 12)), text.substring(head + 4, end), end));
        }
    }

    private static final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer request;
        private final Predicate<String> expected;
        private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES);
        private long sent;

        Connection(SocketChannel channel, String request, Predicate<String> expected) {
            this.channel = channel;
            this.request = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
            this.expected = expected;
        }

        void send() throws IOException {
            request.rewind();
            received.clear();
            sent = System.nanoTime();
            channel.write(request);
            if (request.hasRemaining()) {
                throw new IOException("a request of " + request.limit() + " bytes did not fit into a socket");
            }
        }

        /// @return whether the answer is whole
        boolean receive(Load load) throws IOException {
            if (channel.read(received) < 0) {
                throw new EOFException("the server closed the connection after: " + text());
            }
            var answer = Answer.parse(text());
            if (answer.isEmpty()) {
                return false;
            }
            load.add(System.nanoTime() - sent);
            WrongAnswerException.require(
                    answer.get().status() == 200 && expected.test(answer.get().body()), "the answer was: " + text());
            return true;
        }

        private String text() {
            return new String(received.array(), 0, received.position(), StandardCharsets.ISO_8859_1);
        }
    }
}

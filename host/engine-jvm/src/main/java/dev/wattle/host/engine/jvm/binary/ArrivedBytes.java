package dev.wattle.host.engine.jvm.binary;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// The bytes of a stream, kept as they arrive: never more memory than twice what came.
final class ArrivedBytes {
    private static final int CHUNK = 64 << 10;

    private final InputStream stream;
    private final int limit;
    private byte[] bytes = new byte[CHUNK];
    private int size;

    ArrivedBytes(InputStream stream, int limit) {
        this.stream = stream;
        this.limit = limit;
    }

    /// Waits until this many bytes are there.
    void require(int count) throws IOException {
        while (size < count) {
            if (!fill(count)) {
                throw Input.malformed("unexpected end", size);
            }
        }
    }

    /// Waits until a number that starts here is there.
    ///
    /// @return where it ends
    int requireNumber(int position) throws IOException {
        int end = position;
        do {
            require(++end);
        } while (bytes[end - 1] < 0 && end - position < 5);
        return end;
    }

    /// Whether the stream goes on at a position that was reached.
    boolean more(int position) throws IOException {
        return size > position || fill(position + 1);
    }

    /// From here to what arrived last.
    Input input(int start) {
        return new Input(bytes, start, size);
    }

    byte[] bytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /// How much memory is taken.
    int capacity() {
        return bytes.length;
    }

    private boolean fill(int wanted) throws IOException {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min((long) size * 2, Math.max(limit, wanted)));
        }
        int read = stream.read(bytes, size, Math.min(wanted, bytes.length) - size);
        if (read > 0) {
            size += read;
        }
        return read >= 0;
    }
}

package dev.wattle.host.wasi;

import dev.wattle.wit.ByteString;

/// `wasi:io/streams.input-stream` over bytes that are all here: never makes a guest wait, ends with `closed`.
final class InputStreamObject extends HostObject {
    private final ByteString bytes;
    private int position;

    InputStreamObject(ByteString bytes) {
        this.bytes = bytes;
    }

    /// Up to `length` bytes (a `u64`).
    ///
    /// @throws StreamFailure at the end
    ByteString read(long length) {
        int count = advance(length);
        byte[] part = new byte[count];
        bytes.asBuffer().get(position - count, part);
        return ByteString.adopt(part);
    }

    /// Passes over up to `length` bytes, and says how many.
    ///
    /// @throws StreamFailure at the end
    long skip(long length) {
        return advance(length);
    }

    private int advance(long length) {
        if (length == 0) {
            return 0;
        }
        int rest = bytes.size() - position;
        if (rest == 0) {
            throw StreamFailure.closed();
        }
        long bounded = length < 0 || length > Limits.MAX_READ_BYTES ? Limits.MAX_READ_BYTES : length;
        int count = (int) Math.min(bounded, rest);
        position += count;
        return count;
    }
}

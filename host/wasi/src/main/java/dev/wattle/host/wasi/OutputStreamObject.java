package dev.wattle.host.wasi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ByteString;

/// `wasi:io/streams.output-stream`: takes bytes without making the guest wait.
abstract class OutputStreamObject extends HostObject {
    private long permit;

    /// How much may be written now.
    ///
    /// @throws StreamFailure when the stream is closed
    final long checkWrite() {
        requireOpen();
        permit = Limits.WRITE_PERMIT_BYTES;
        return permit;
    }

    /// Writes what `check-write` permitted.
    ///
    /// @throws Trap when it is more
    /// @throws StreamFailure when the stream is closed or fails
    final void write(ByteString contents) {
        if (contents.size() > permit) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI,
                    "wrote " + contents.size() + " bytes where check-write had permitted " + permit);
        }
        permit -= contents.size();
        requireOpen();
        accept(contents);
    }

    /// Writes at most 4096 bytes at once, and flushes.
    final void writeAndFlush(ByteString contents) {
        if (contents.size() > Limits.MAX_BLOCKING_WRITE_BYTES) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI,
                    "wrote " + contents.size() + " bytes at once, more than " + Limits.MAX_BLOCKING_WRITE_BYTES);
        }
        requireOpen();
        accept(contents);
        flush();
    }

    /// As many zeroes (a `u64`), by the rule of [#write] or of [#writeAndFlush].
    final void writeZeroes(long length, boolean flush) {
        int bounded = length < 0 || length > Limits.WRITE_PERMIT_BYTES ? Limits.WRITE_PERMIT_BYTES + 1 : (int) length;
        ByteString zeroes = ByteString.adopt(new byte[bounded]);
        if (flush) {
            writeAndFlush(zeroes);
        } else {
            write(zeroes);
        }
    }

    /// Moves up to `length` bytes from a stream.
    final long splice(InputStreamObject from, long length) {
        requireOpen();
        ByteString part = from.read(length);
        accept(part);
        return part.size();
    }

    /// Hands on what is held back, if anything.
    abstract void flush();

    /// @throws StreamFailure when no more may be written
    abstract void requireOpen();

    /// Takes the bytes.
    ///
    /// @throws StreamFailure when it cannot
    abstract void accept(ByteString contents);
}

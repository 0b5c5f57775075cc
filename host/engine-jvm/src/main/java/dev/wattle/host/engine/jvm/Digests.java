package dev.wattle.host.engine.jvm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;

/// By what modules and their code are told apart.
final class Digests {
    private static final AtomicBoolean PREPARED = new AtomicBoolean();

    private static final int PIECE_BYTES = 1 << 16;

    /// The JVM has compiled it after less.
    private static final int MAX_PIECES = 64;

    /// A piece takes a tenth of it when the processor's instructions for it are used, and ten times it when it is
    /// interpreted.
    private static final long SOON_NANOS = 400_000;

    private Digests() {}

    /// In hexadecimal digits.
    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JDK has SHA-256", e);
        }
    }

    /// Makes the JVM compile the digest, in the background, while a host still reads its first guest: until then, a
    /// large one takes as long to tell from others as to start. Once in a process.
    static void prepare() {
        if (PREPARED.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("wattle-digest").start(Digests::exercise);
        }
    }

    private static void exercise() {
        MessageDigest digest = sha256();
        byte[] piece = new byte[PIECE_BYTES];
        long took = Long.MAX_VALUE;
        for (int i = 0; i < MAX_PIECES && took > SOON_NANOS; i++) {
            long begin = System.nanoTime();
            digest.update(piece);
            took = System.nanoTime() - begin;
        }
    }
}

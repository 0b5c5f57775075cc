package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.StackRoom;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicBoolean;

/// Makes ready in the background, while a host still reads its first guest, what every first guest would wait for.
/// Once in a process; it ends by itself.
final class Preparation {
    private static final AtomicBoolean STARTED = new AtomicBoolean();

    private static final int PIECE_BYTES = 1 << 16;

    /// The JVM has compiled the digest after less.
    private static final int MAX_PIECES = 64;

    /// A piece takes a tenth of it when the processor's instructions for it are used, and ten times it when the digest
    /// is interpreted.
    private static final long SOON_NANOS = 400_000;

    private Preparation() {}

    static void start() {
        if (STARTED.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("wattle-preparation").start(Preparation::run);
        }
    }

    /// In the order in which it is needed.
    private static void run() {
        compileDigest();
        StackRoom.require();
        IdleMemories.charge(0); // asks the JVM for its collector, which loads much of its management
    }

    /// Until the JVM does, a large module takes as long to tell from others as to start.
    private static void compileDigest() {
        MessageDigest digest = Digests.sha256();
        byte[] piece = new byte[PIECE_BYTES];
        long took = Long.MAX_VALUE;
        for (int i = 0; i < MAX_PIECES && took > SOON_NANOS; i++) {
            long begin = System.nanoTime();
            digest.update(piece);
            took = System.nanoTime() - begin;
        }
    }
}

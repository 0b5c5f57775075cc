package dev.wattle.host.engine.jvm.store;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256.
final class Digests {
    static final int BYTES = 32;

    private Digests() {}

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Of what remains of it, which is read.
    static byte[] of(ByteBuffer content) {
        MessageDigest digest = sha256();
        digest.update(content);
        return digest.digest();
    }
}

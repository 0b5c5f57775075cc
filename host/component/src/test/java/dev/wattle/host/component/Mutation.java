package dev.wattle.host.component;

import dev.wattle.testkit.Gen;
import java.util.Arrays;

/// Damages files as bad disks and bad people do. Aims at the definitions: core modules are most of the bytes,
/// and only their headers are looked at here.
final class Mutation {
    private static final int MAX_CHANGES = 4;
    private static final int MAX_MOVED_BYTES = 64;

    private Mutation() {}

    static byte[] of(Gen gen, byte[] original) {
        byte[] bytes = original.clone();
        int changes = gen.intBetween(1, MAX_CHANGES);
        for (int change = 0; change < changes; change++) {
            bytes = one(gen, bytes);
        }
        return bytes;
    }

    private static byte[] one(Gen gen, byte[] bytes) {
        int at = position(gen, bytes.length);
        switch (gen.intBetween(0, 4)) {
            case 0 -> bytes[at] = (byte) gen.intBetween(0, 255);
            case 1 -> bytes[at] ^= (byte) (1 << gen.intBetween(0, 7));
            case 2 -> bytes[at] += (byte) (gen.bool() ? 1 : -1);
            case 3 -> {
                int from = position(gen, bytes.length);
                int length = Math.min(gen.intBetween(1, MAX_MOVED_BYTES), bytes.length - Math.max(at, from));
                System.arraycopy(bytes, from, bytes, at, length);
            }
            default -> {
                return gen.intBetween(0, 20) == 0 ? Arrays.copyOf(bytes, Math.max(at, 1)) : without(bytes, at);
            }
        }
        return bytes;
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, bytes.length - at - 1);
        return shorter;
    }

    /// Mostly near the beginning or the end, where components have their definitions.
    private static int position(Gen gen, int length) {
        int near = Math.min(length, 3000);
        return switch (gen.intBetween(0, 4)) {
            case 0, 1 -> gen.intBetween(0, near - 1);
            case 2, 3 -> length - 1 - gen.intBetween(0, near - 1);
            default -> gen.intBetween(0, length - 1);
        };
    }
}

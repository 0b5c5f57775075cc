package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.V128;
import org.jspecify.annotations.Nullable;

/// What functions of the host return, as guests take it: for generated code.
public final class HostResults {
    private HostResults() {}

    /// The low half; the high half goes to the scratch area.
    public static long vector(V128 result, Scratch scratch) {
        scratch.require(1);
        scratch.words[1] = result.high();
        return result.low();
    }

    /// Puts several results into the scratch area.
    ///
    /// @param kinds a letter for each: `i`, `l`, `f`, `d`, `a`, and `v` of a vector
    public static void spread(@Nullable Object[] results, Scratch scratch, String kinds) {
        if (results.length != kinds.length()) {
            throw new IllegalArgumentException(
                    "a function of the host gave %d results, not %d".formatted(results.length, kinds.length()));
        }
        scratch.require(results.length);
        for (int i = 0; i < results.length; i++) {
            put(results[i], scratch, i, kinds.charAt(i));
        }
    }

    private static void put(@Nullable Object result, Scratch scratch, int index, char kind) {
        int word = 2 * index;
        if (kind == 'a') {
            scratch.references[index] = result;
            return;
        }
        if (result == null) {
            throw new IllegalArgumentException("a function of the host gave no value as result " + index);
        }
        switch (kind) {
            case 'i' -> scratch.words[word] = (Integer) result;
            case 'l' -> scratch.words[word] = (Long) result;
            case 'f' -> scratch.words[word] = Float.floatToRawIntBits((Float) result);
            case 'd' -> scratch.words[word] = Double.doubleToRawLongBits((Double) result);
            case 'v' -> {
                scratch.words[word] = ((V128) result).low();
                scratch.words[word + 1] = ((V128) result).high();
            }
            default -> throw new IllegalArgumentException("no such kind: " + kind);
        }
    }
}

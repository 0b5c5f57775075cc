package dev.wattle.spec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.Trap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReasonsTest {
    @ParameterizedTest
    @CsvSource({
        "wasm trap: wasm `unreachable` instruction executed, UNREACHABLE, true",
        "unaligned pointer, UNREACHABLE, false",
        "unaligned pointer, CANONICAL_ABI, true",
        "unreachable, CANONICAL_ABI, false",
        "wasm trap: cannot enter component instance, INSTANCE_LOCKED, true",
        "unknown handle index 1, INSTANCE_LOCKED, false",
        "thrown Wasm exception, UNCAUGHT_EXCEPTION, true",
        "out of bounds memory access, MEMORY_OUT_OF_BOUNDS, true",
        "unaligned pointer, MEMORY_OUT_OF_BOUNDS, false",
        "call stack exhausted, STACK_EXHAUSTED, true",
        "unaligned pointer, STACK_EXHAUSTED, false",
        "fuel allocated for hostcalls has been exhausted, LIMIT, true",
        "unaligned pointer, LIMIT, false",
        "unaligned pointer, INTERRUPTED, false"
    })
    void words_are_compared_loosely(String words, Trap.Kind kind, boolean agree) {
        assertThat(Reasons.agree(words, new Trap(kind))).isEqualTo(agree);
    }
}

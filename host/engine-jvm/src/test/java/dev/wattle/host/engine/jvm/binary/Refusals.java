package dev.wattle.host.engine.jvm.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.ModuleException.Code;

/// Says how a binary is refused.
final class Refusals {
    private Refusals() {}

    static void assertRefused(byte[] binary, Code code, String rule) {
        assertRefused(binary, ModuleLimits.DEFAULTS, code, rule);
    }

    static void assertRefused(byte[] binary, ModuleLimits limits, Code code, String rule) {
        assertThatThrownBy(() -> ModuleDecoder.decode(binary, limits))
                .hasMessageContaining(rule)
                .hasMessageContaining("(at offset 0x")
                .isInstanceOfSatisfying(ModuleException.class, e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.offset()).isBetween(0L, (long) binary.length);
                });
    }

    static WasmModule decoded(byte[] binary) {
        return ModuleDecoder.decode(binary, ModuleLimits.DEFAULTS);
    }
}

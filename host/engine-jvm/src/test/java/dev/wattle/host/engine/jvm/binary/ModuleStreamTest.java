package dev.wattle.host.engine.jvm.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.ModuleException.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleStreamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1_000})
    void a_stream_gives_what_its_bytes_give(int piece) throws IOException {
        byte[] binary = Bytes.module(
                Bytes.section(1, Bytes.hex("01 60 00 00")),
                Bytes.section(3, Bytes.hex("01 00")),
                Bytes.section(10, Bytes.hex("01 02 00 0b")),
                Bytes.custom("padding", new byte[200_000]));
        WasmModule module = ModuleDecoder.decode(inPieces(binary, piece), ModuleLimits.DEFAULTS);
        assertThat(module.binary()).isEqualTo(binary);
        assertThat(module.bodies())
                .isEqualTo(ModuleDecoder.decode(binary, ModuleLimits.DEFAULTS).bodies());
    }

    @Test
    void nothing_is_read_after_a_section_that_is_refused() {
        var rest = new ByteArrayInputStream(new byte[1_000]);
        var refused = new ByteArrayInputStream(Bytes.module(Bytes.hex("0e 00")));
        assertThatThrownBy(() -> ModuleDecoder.decode(new SequenceInputStream(refused, rest), ModuleLimits.DEFAULTS))
                .hasMessageContaining("malformed section id");
        assertThat(rest.available()).isEqualTo(1_000);
    }

    @Test
    void a_section_takes_no_memory_before_its_bytes_are_there() {
        byte[] binary = Bytes.module(Bytes.of(0, 200 << 20, new byte[10]));
        assertRefused(new ByteArrayInputStream(binary), Code.MALFORMED, "unexpected end");
        var arrived = new ArrivedBytes(new ByteArrayInputStream(binary), ModuleLimits.MODULE_BYTES);
        assertThatThrownBy(() -> arrived.require(200 << 20)).hasMessageContaining("unexpected end");
        assertThat(arrived.capacity()).isLessThanOrEqualTo(128 << 10);
    }

    @Test
    void a_module_beyond_the_limit_is_refused_before_it_has_arrived() {
        byte[] binary = Bytes.module(Bytes.of(0, 300 << 20));
        assertRefused(new ByteArrayInputStream(binary), Code.INVALID, "bytes of a module exceeds");
    }

    @Test
    void a_size_that_is_no_number_is_malformed() {
        byte[] binary = Bytes.module(Bytes.hex("01 80 80 80 80 80 00"));
        assertRefused(new ByteArrayInputStream(binary), Code.MALFORMED, "integer representation too long");
    }

    private static void assertRefused(InputStream stream, Code code, String rule) {
        assertThatThrownBy(() -> ModuleDecoder.decode(stream, ModuleLimits.DEFAULTS))
                .hasMessageContaining(rule)
                .isInstanceOfSatisfying(
                        ModuleException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static InputStream inPieces(byte[] bytes, int piece) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, piece));
            }
        };
    }
}

package dev.wattle.host.engine.jvm.binary;

import static dev.wattle.host.engine.jvm.binary.Refusals.decoded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.jvm.binary.BodyReader.Catch;
import org.junit.jupiter.api.Test;

class BodyReaderTest {
    @Test
    void numbers_keep_their_bits() {
        BodyReader body = body("00 41 7f 42 80 7f 43 00 00 c0 7f 44 01 00 00 00 00 00 f8 ff 00 0b");
        assertThat(body.next()).isEqualTo(Instruction.I32_CONST);
        assertThat((int) body.bits()).isEqualTo(-1);
        assertThat(body.next()).isEqualTo(Instruction.I64_CONST);
        assertThat(body.bits()).isEqualTo(-128);
        assertThat(body.next()).isEqualTo(Instruction.F32_CONST);
        assertThat((int) body.bits()).isEqualTo(0x7FC0_0000);
        assertThat(body.next()).isEqualTo(Instruction.F64_CONST);
        assertThat(body.bits()).isEqualTo(0xFFF8_0000_0000_0001L);
        body.next();
        assertThat(body.next()).isEqualTo(Instruction.END);
        assertThat(body.hasNext()).isFalse();
        assertThat(body.ordinal()).isEqualTo(5);
    }

    @Test
    void memory_arguments_and_lanes_are_split() {
        BodyReader body = body("00 00 28 41 00 ff ff ff ff 0f 1a fd 54 00 07 0f 1a 0b");
        body.next();
        assertThat(body.next()).isEqualTo(Instruction.I32_LOAD);
        assertThat(body.index()).isZero();
        assertThat(body.alignment()).isEqualTo(1);
        assertThat(body.memoryOffset()).isEqualTo(0xFFFF_FFFFL);
        body.next();
        assertThat(body.next()).isEqualTo(Instruction.V128_LOAD8_LANE);
        assertThat(body.memoryOffset()).isEqualTo(7);
        assertThat(body.lane()).isEqualTo(15);
    }

    @Test
    void vectors_and_shuffles_come_in_halves() {
        BodyReader body = body("00 fd 0c 01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 80 1a 00"
                + " fd 0d 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 1f 1a 0b");
        body.next();
        assertThat(body.bits()).isEqualTo(1);
        assertThat(body.highBits()).isEqualTo(0x8000_0000_0000_0002L);
        body.next();
        body.next();
        assertThat(body.next()).isEqualTo(Instruction.I8X16_SHUFFLE);
        assertThat(body.bits()).isEqualTo(0x0706_0504_0302_0100L);
        assertThat(body.highBits()).isEqualTo(0x1F0E_0D0C_0B0A_0908L);
    }

    @Test
    void blocks_branches_and_handlers_carry_their_lists() {
        BodyReader body =
                body("00 1f 40 02 00 00 00 02 00 02 01 41 00 0e 02 00 01 02 0b 0b 00 1c 01 7d 1a d0 6f 1a 0b");
        assertThat(body.next()).isEqualTo(Instruction.TRY_TABLE);
        assertThat(body.catches()).containsExactly(new Catch(0, false, 0), new Catch(-1, false, 0));
        assertThat(body.blockType().results()).isEmpty();
        assertThat(body.next()).isEqualTo(Instruction.BLOCK);
        assertThat(body.blockType())
                .isEqualTo(decoded(Bytes.function("60 00 00", "00 0b"))
                        .types()
                        .get(1)
                        .function());
        body.next();
        assertThat(body.next()).isEqualTo(Instruction.BR_TABLE);
        assertThat(body.labels()).containsExactly(0, 1, 2);
        body.next();
        body.next();
        body.next();
        assertThat(body.next()).isEqualTo(Instruction.SELECT_T);
        assertThat(body.valueType()).isEqualTo(ValueType.Number.F32);
        body.next();
        assertThat(body.next()).isEqualTo(Instruction.REF_NULL);
        assertThat(body.heapType()).isEqualTo(HeapType.Abstract.EXTERN);
    }

    @Test
    void offsets_are_those_of_the_binary() {
        WasmModule module = decoded(Bytes.function("60 00 00", "00 41 00 1a 0b"));
        var body = new BodyReader(module, module.bodies().getFirst());
        while (body.hasNext()) {
            Instruction instruction = body.next();
            assertThat(module.binary()[body.offset()]).isEqualTo((byte) instruction.opcode());
        }
        assertThat(body.nextOffset()).isEqualTo(module.bodies().getFirst().end());
    }

    private static BodyReader body(String hex) {
        WasmModule module = decoded(Bytes.function("60 00 00", hex));
        return new BodyReader(module, module.bodies().getFirst());
    }
}

package dev.wattle.host.engine.jvm.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineContract;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Wasm;
import dev.wattle.host.engine.jvm.JvmEngine;
import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.testkit.Gen;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Vector instructions as guests execute them, against [VectorOracle].
class VectorInstructionsTest extends EngineContract {
    private static final int TIMES = 20_000;
    private static final int PAGE = 0x10000;
    private static final int[] OFFSETS = {0, 5, PAGE - 16, Integer.MAX_VALUE};
    private static final int SHUFFLES = 200;

    private final JvmEngine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    @Test
    void each_instruction_gives_what_its_lanes_one_by_one_give() {
        List<Instruction> instructions =
                VectorOperationsTest.computingInstructions().toList();
        Wasm module = new Wasm();
        for (Instruction instruction : instructions) {
            for (int lane = 0; lane < Math.max(1, instruction.lanes()); lane++) {
                Object[] immediates = instruction.lanes() > 0 ? new Object[] {lane} : new Object[0];
                byte[] code = VectorModule.code(instruction, immediates);
                VectorModule.add(module, instruction.text() + lane, instruction, code);
            }
        }
        CoreInstance instance = instance(module);
        Gen.check(TIMES, gen -> {
            Instruction instruction = instructions.get(gen.intBetween(0, instructions.size() - 1));
            int lane = gen.intBetween(0, Math.max(1, instruction.lanes()) - 1);
            List<Object> operands = VectorValues.operands(gen, instruction);
            Object expected = VectorOracle.result(instruction, operands, lane);
            Object actual = call(instance, instruction.text() + lane, operands);
            assertThat(VectorValues.accepts(instruction, operands, expected, actual))
                    .as("%s gave %s, not %s", instruction, VectorValues.text(actual), VectorValues.text(expected))
                    .isTrue();
        });
    }

    @Test
    void an_access_to_memory_reads_and_writes_all_its_bytes_or_traps_and_writes_none() {
        List<Instruction> instructions = VectorOperationsTest.vectorInstructions()
                .filter(instruction -> instruction.accessBytes() > 0)
                .toList();
        Wasm module = new Wasm().memory(1, 1).exportMemory("memory");
        for (Instruction instruction : instructions) {
            for (int lane = 0; lane < Math.max(1, instruction.lanes()); lane++) {
                for (int offset : OFFSETS) {
                    byte[] code = VectorModule.access(instruction, offset, lane);
                    VectorModule.add(module, instruction.text() + lane + "+" + offset, instruction, code);
                }
            }
        }
        CoreInstance instance = instance(module);
        byte[] expected = new byte[PAGE];
        GuestMemory memory = memory(instance);
        Gen.check(TIMES, gen -> {
            Instruction instruction = instructions.get(gen.intBetween(0, instructions.size() - 1));
            access(gen, instruction, instance, memory, expected);
        });
        assertThat(memory.read(0, PAGE)).isEqualTo(expected);
    }

    private static void access(
            Gen gen, Instruction instruction, CoreInstance instance, GuestMemory memory, byte[] expected) {
        int lane = gen.intBetween(0, Math.max(1, instruction.lanes()) - 1);
        int offset = OFFSETS[gen.intBetween(0, OFFSETS.length - 1)];
        int address = address(gen, offset);
        List<Object> operands = VectorValues.operands(gen, instruction);
        operands.set(0, address);
        String name = instruction.text() + lane + "+" + offset;
        long effective = (address & 0xFFFFFFFFL) + offset;
        if (!VectorMemoryOracle.inBounds(instruction, effective, PAGE)) {
            assertTraps(Trap.Kind.MEMORY_OUT_OF_BOUNDS, instance, name, guests(operands));
            return;
        }
        Object result = VectorMemoryOracle.result(instruction, expected, (int) effective, operands, lane);
        Object actual = call(instance, name, operands);
        if (result != null) {
            assertThat(VectorValues.text(actual)).as("%s at %d", name, address).isEqualTo(VectorValues.text(result));
        }
        int around = Math.clamp(effective - 8, 0, PAGE - 32);
        assertThat(memory.read(around, 32))
                .as("%s at %d", name, address)
                .isEqualTo(Arrays.copyOfRange(expected, around, around + 32));
    }

    /// Often near the end of the memory, or of the address space.
    private static int address(Gen gen, int offset) {
        return switch (gen.intBetween(0, 4)) {
            case 0 -> PAGE - offset - gen.intBetween(0, 20);
            case 1 -> -gen.intBetween(1, 40);
            case 2 -> gen.intBetween(0, 100);
            case 3 -> PAGE - gen.intBetween(-4, 20);
            default -> gen.intBetween(0, PAGE);
        };
    }

    @Test
    void a_shuffle_takes_the_bytes_that_its_lanes_name() {
        Gen gen = Gen.of(Gen.seed());
        Wasm module = new Wasm();
        int[][] lanes = new int[SHUFFLES][16];
        for (int i = 0; i < SHUFFLES; i++) {
            int start = gen.intBetween(0, 31);
            int step = gen.intBetween(0, 2);
            int period = 1 << gen.intBetween(0, 4);
            boolean random = gen.intBetween(0, 1) == 0;
            for (int place = 0; place < 16; place++) {
                lanes[i][place] = random ? gen.intBetween(0, 31) : (start + step * (place % period)) % 32;
            }
            byte[] code = VectorModule.code(Instruction.I8X16_SHUFFLE, (Object) lanes[i]);
            VectorModule.add(module, "shuffle" + i, Instruction.I8X16_SHUFFLE, code);
        }
        CoreInstance instance = instance(module);
        for (int i = 0; i < SHUFFLES; i++) {
            byte[] a = VectorValues.vector(gen);
            byte[] b = VectorValues.vector(gen);
            byte[] expected = new byte[16];
            for (int place = 0; place < 16; place++) {
                int lane = lanes[i][place];
                expected[place] = lane < 16 ? a[lane] : b[lane - 16];
            }
            Object actual = call(instance, "shuffle" + i, List.of(a, b));
            assertThat(VectorValues.text(actual))
                    .as("lanes %s of %s and %s", Arrays.toString(lanes[i]), VectorValues.text(a), VectorValues.text(b))
                    .isEqualTo(VectorValues.text(expected));
        }
    }

    private static Object call(CoreInstance instance, String name, List<Object> operands) {
        Object result = call(instance, name, guests(operands));
        return result == null ? "nothing" : VectorModule.fromGuest(result);
    }

    private static Object[] guests(List<Object> operands) {
        return operands.stream().map(VectorModule::toGuest).toArray();
    }
}

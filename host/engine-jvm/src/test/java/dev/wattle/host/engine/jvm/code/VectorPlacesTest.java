package dev.wattle.host.engine.jvm.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.CoreType.Value;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineContract;
import dev.wattle.host.engine.V128;
import dev.wattle.host.engine.Wasm;
import dev.wattle.host.engine.jvm.JvmEngine;
import dev.wattle.host.engine.jvm.binary.Instruction;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Where a vector may stand: parameters, results, locals, globals, blocks, calls, and between the guest and the host.
class VectorPlacesTest extends EngineContract {
    private static final V128 A = new V128(0x0706050403020100L, 0x0F0E0D0C0B0A0908L);
    private static final V128 B = new V128(0x1716151413121110L, 0x1F1E1D1C1B1A1918L);
    private static final V128 SUM = new V128(0x1E1C1A1816141210L, 0x2E2C2A2826242220L);
    private static final int[] VECTOR = {Wasm.V128};
    private static final int[] VECTORS = {Wasm.V128, Wasm.V128};
    private static final byte[] ADD = VectorModule.code(Instruction.I8X16_ADD);
    private static final int SELECT = 0x1B;
    private static final int BLOCK = 0x02;
    private static final int BR_IF = 0x0D;

    private final JvmEngine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    private static byte[] constant(V128 value) {
        byte[] bytes = VectorOracle.vector(new long[] {value.low(), value.high()}, 64);
        return VectorModule.code(Instruction.V128_CONST, (Object) bytes);
    }

    @Test
    void several_results_may_be_vectors() {
        Wasm module = new Wasm();
        module.exported(
                "swap",
                new int[] {Wasm.V128, Wasm.I32, Wasm.V128},
                new int[] {Wasm.V128, Wasm.I32, Wasm.V128},
                Wasm.localGet(2),
                Wasm.localGet(1),
                Wasm.localGet(0));
        int swap = 0;
        module.exported(
                "twice",
                new int[] {Wasm.V128, Wasm.I32, Wasm.V128},
                new int[] {Wasm.V128, Wasm.I32, Wasm.V128},
                Wasm.localGet(0),
                Wasm.localGet(1),
                Wasm.localGet(2),
                Wasm.call(swap),
                Wasm.call(swap));
        CoreInstance instance = instance(module);
        assertThat((Object[]) call(instance, "swap", A, 7, B)).containsExactly(B, 7, A);
        assertThat((Object[]) call(instance, "twice", A, 7, B)).containsExactly(A, 7, B);
    }

    @Test
    void functions_of_the_host_take_and_give_vectors() throws ReflectiveOperationException {
        var handle = MethodHandles.lookup()
                .findStatic(
                        VectorPlacesTest.class, "exchange", MethodType.methodType(V128.class, V128.class, int.class));
        var type = new CoreType.Function(List.of(Value.V128, Value.I32), List.of(Value.V128));
        Wasm module = new Wasm();
        int host = module.importFunction("host", "exchange", module.type(new int[] {Wasm.V128, Wasm.I32}, VECTOR));
        module.exported("call", VECTORS, VECTOR, Wasm.localGet(0), Wasm.i32(3), Wasm.call(host), Wasm.localGet(1), ADD);
        CoreInstance instance = instance(module, CoreExtern.hostFunction(type, handle));
        assertThat(call(instance, "call", A, new V128(0, 0))).isEqualTo(new V128(A.high(), A.low() + 3));
    }

    @SuppressWarnings("unused")
    private static V128 exchange(V128 vector, int number) {
        return new V128(vector.high(), vector.low() + number);
    }

    @Test
    void globals_hold_vectors_for_the_module_and_for_those_that_import_them() {
        Wasm exporter = new Wasm()
                .global(Wasm.V128, true, constant(A))
                .global(Wasm.V128, true, constant(B))
                .global(Wasm.V128, false, constant(B))
                .exportGlobal("shared", 0);
        exporter.exported("shared-value", NONE, VECTOR, Wasm.globalGet(0));
        exporter.exported("own-value", NONE, VECTOR, Wasm.globalGet(1), Wasm.globalGet(2), ADD);
        exporter.exported("own", VECTOR, NONE, Wasm.localGet(0), Wasm.globalSet(1));
        CoreInstance first = instance(exporter);
        Wasm importer = new Wasm().importGlobal("first", "shared", Wasm.V128, true);
        importer.exported("add", VECTOR, NONE, Wasm.globalGet(0), Wasm.localGet(0), ADD, Wasm.globalSet(0));
        CoreInstance second = instance(importer, first.export("shared"));
        call(second, "add", B);
        call(first, "own", new V128(0, 0));
        assertThat(call(first, "shared-value")).isEqualTo(SUM);
        assertThat(call(first, "own-value")).isEqualTo(B);
    }

    @Test
    void a_local_keeps_both_halves_while_it_is_changed() {
        Wasm module = new Wasm();
        int type = module.type(VECTORS, VECTOR);
        // The old value of local 0 is an operand while local 0 is set and set again.
        int function = module.functionWithLocals(
                type,
                new int[] {Wasm.V128},
                Wasm.localGet(0),
                Wasm.localGet(1),
                Wasm.code(0x22, 0),
                Wasm.localSet(2),
                Wasm.localGet(0),
                Wasm.localGet(2),
                VectorModule.code(Instruction.V128_XOR),
                Wasm.localSet(0),
                Wasm.localGet(0),
                ADD);
        module.exportFunction("keep", function);
        assertThat(call(instance(module), "keep", A, B)).isEqualTo(A);
    }

    @Test
    void select_and_branches_carry_vectors() {
        Wasm module = new Wasm();
        int[] parameters = {Wasm.V128, Wasm.V128, Wasm.I32};
        module.exported("select", parameters, VECTOR, Wasm.localGet(0), Wasm.localGet(1), Wasm.localGet(2), SELECT);
        module.exported(
                "typed",
                parameters,
                VECTOR,
                Wasm.localGet(0),
                Wasm.localGet(1),
                Wasm.localGet(2),
                Wasm.code(0x1C, 1, Wasm.V128));
        module.exported(
                "branch",
                parameters,
                VECTOR,
                Wasm.localGet(1),
                Wasm.code(BLOCK, Wasm.V128),
                Wasm.localGet(0),
                Wasm.localGet(2),
                Wasm.code(BR_IF, 0),
                Wasm.localGet(1),
                ADD,
                Wasm.END,
                ADD);
        CoreInstance instance = instance(module);
        for (String name : List.of("select", "typed")) {
            assertThat(call(instance, name, A, B, 1)).isEqualTo(A);
            assertThat(call(instance, name, A, B, 0)).isEqualTo(B);
        }
        assertThat(call(instance, "branch", A, B, 1)).isEqualTo(SUM);
        assertThat(call(instance, "branch", new V128(0, 0), A, 0)).isEqualTo(new V128(A.low() * 2, A.high() * 2));
    }

    @Test
    void calls_through_a_table_carry_vectors() {
        Wasm module = new Wasm().table(1, 1);
        int type = module.type(VECTORS, VECTOR);
        int add = module.function(type, Wasm.localGet(0), Wasm.localGet(1), ADD);
        module.elements(0, add);
        module.exported(
                "call", VECTORS, VECTOR, Wasm.localGet(0), Wasm.localGet(1), Wasm.i32(0), Wasm.callIndirect(type));
        assertThat(call(instance(module), "call", A, B)).isEqualTo(SUM);
    }

    @Test
    void scalars_below_a_vector_keep_their_order() {
        Wasm module = new Wasm();
        int i32Sub = 0x6B;
        // first lane of (a + b), minus last lane of a, where the difference of lanes lies below the vectors
        module.exported(
                "lanes",
                VECTORS,
                new int[] {Wasm.I32},
                Wasm.localGet(0),
                VectorModule.code(Instruction.I8X16_EXTRACT_LANE_U, 15),
                Wasm.localGet(0),
                Wasm.localGet(1),
                ADD,
                Wasm.localGet(1),
                VectorModule.code(Instruction.V128_XOR),
                VectorModule.code(Instruction.I8X16_EXTRACT_LANE_U, 1),
                i32Sub);
        int expected = 0x0F - (0x12 ^ 0x11);
        assertThat(call(instance(module), "lanes", A, B)).isEqualTo(expected);
    }
}

package dev.wattle.host.engine.jvm.code;

import static dev.wattle.host.engine.Wasm.I32;
import static dev.wattle.host.engine.Wasm.VOID;
import static dev.wattle.host.engine.Wasm.block;
import static dev.wattle.host.engine.Wasm.branch;
import static dev.wattle.host.engine.Wasm.branchIf;
import static dev.wattle.host.engine.Wasm.branchTable;
import static dev.wattle.host.engine.Wasm.call;
import static dev.wattle.host.engine.Wasm.code;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static dev.wattle.host.engine.Wasm.localSet;
import static dev.wattle.host.engine.Wasm.loop;
import static dev.wattle.host.engine.Wasm.throwTag;
import static dev.wattle.host.engine.Wasm.tryCatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Wasm;
import dev.wattle.host.engine.jvm.JvmEngine;
import dev.wattle.host.engine.jvm.JvmOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What is hard to translate: whole, and cut into chunks, also tiny ones.
class TranslationTest {
    private static final int ADD = 0x6A;
    private static final int SUB = 0x6B;
    private static final int MUL = 0x6C;
    private static final int LESS = 0x48;
    private static final int EQZ = 0x45;
    private static final int TEE = 0x22;
    private static final int IF = 0x04;
    private static final int ELSE = 0x05;
    private static final int RETURN = 0x0F;
    private static final int LOAD = 0x28;
    private static final int STORE = 0x36;
    private static final int GROW = 0x40;
    private static final int END = Wasm.END;
    private static final int[] ONE = Wasm.values(I32);

    @SuppressWarnings("ImmutableEnumChecker") // a record of flags and numbers
    enum Mode {
        WHOLE(CodeOptions.LAZY),
        EAGER(CodeOptions.EAGER),
        CHUNKS(CodeOptions.CHUNKS),
        CUT(CodeOptions.SPLIT);

        final CodeOptions options;

        Mode(CodeOptions options) {
            this.options = options;
        }
    }

    private static int run(Mode mode, Wasm module, int argument) throws Throwable {
        var engine = new JvmEngine(JvmOptions.DEFAULTS.withCode(mode.options));
        try (var instance =
                engine.compile(module.build()).instantiate(List.of(), CoreLimits.DEFAULTS, new GuestControl())) {
            return (int) ((CoreExtern.Function) instance.export("f")).handle().invokeExact(argument);
        }
    }

    private static int run(Mode mode, int argument, Object... body) throws Throwable {
        return run(mode, new Wasm().memory(1, 4).exported("f", ONE, ONE, body), argument);
    }

    @ParameterizedTest
    @EnumSource
    void an_operand_keeps_the_value_that_a_local_had(Mode mode) throws Throwable {
        Object[] body = {localGet(0), i32(100), localSet(0), localGet(0), ADD};
        assertThat(run(mode, 5, body)).isEqualTo(105);
    }

    @ParameterizedTest
    @EnumSource
    void an_operand_keeps_the_value_that_a_local_had_before_a_loop_changed_it(Mode mode) throws Throwable {
        Object[] body = {
            localGet(0),
            block(VOID),
            loop(VOID),
            localGet(0),
            i32(1),
            ADD,
            TEE,
            0,
            i32(50),
            LESS,
            branchIf(0),
            END,
            END,
            i32(1000),
            MUL,
            localGet(0),
            ADD
        };
        assertThat(run(mode, 7, body)).isEqualTo(7050);
    }

    @ParameterizedTest
    @EnumSource
    void operands_wait_while_a_block_above_them_branches(Mode mode) throws Throwable {
        Object[] body = {i32(1), block(I32), i32(77), i32(10), localGet(0), localGet(0), branchIf(0), ADD, ADD, END, ADD
        };
        assertThat(run(mode, 0, body)).isEqualTo(88);
        assertThat(run(mode, 4, body)).isEqualTo(5);
    }

    @ParameterizedTest
    @EnumSource
    void a_comparison_is_a_number_where_no_branch_follows(Mode mode) throws Throwable {
        Object[] body = {localGet(0), i32(5), LESS, localGet(0), i32(8), LESS, EQZ, i32(10), MUL, ADD};
        assertThat(run(mode, 3, body)).isEqualTo(1);
        assertThat(run(mode, 6, body)).isEqualTo(0);
        assertThat(run(mode, 9, body)).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void a_store_below_a_grow_goes_to_the_memory_that_has_grown(Mode mode) throws Throwable {
        Object[] body = {
            localGet(0), i32(1), GROW, 0, i32(41), ADD, Wasm.access(STORE, 0), localGet(0), Wasm.access(LOAD, 0)
        };
        assertThat(run(mode, 65_536, body)).isEqualTo(42);
    }

    @ParameterizedTest
    @EnumSource
    void a_store_below_a_grow_with_a_huge_offset_is_out_of_bounds(Mode mode) {
        Object[] body = {i32(1), GROW, 0, i32(41), Wasm.access(STORE, Integer.MIN_VALUE), localGet(0)};
        assertThatThrownBy(() -> run(mode, 0, body))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.MEMORY_OUT_OF_BOUNDS));
    }

    @ParameterizedTest
    @EnumSource
    void a_load_after_a_callee_grew_the_memory_sees_it(Mode mode) throws Throwable {
        var module = new Wasm().memory(1, 4);
        int type = module.type(ONE, ONE);
        int grow = module.function(type, i32(1), GROW, 0, Wasm.DROP, localGet(0));
        int f = module.function(type, localGet(0), call(grow), Wasm.access(LOAD, 0), i32(7), ADD);
        assertThat(run(mode, module.exportFunction("f", f), 65_536)).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void both_ways_of_an_if_take_what_waits(Mode mode) throws Throwable {
        Object[] body = {
            i32(30), localGet(0), IF, I32, localGet(0), i32(9), localSet(0), localGet(0), MUL, ELSE, i32(1), END, SUB
        };
        assertThat(run(mode, 3, body)).isEqualTo(30 - 27);
        assertThat(run(mode, 0, body)).isEqualTo(29);
    }

    @ParameterizedTest
    @EnumSource
    void a_table_of_60000_branches_goes_where_it_says(Mode mode) throws Throwable {
        int[] labels = new int[60_001];
        Arrays.setAll(labels, i -> i % 3);
        labels[60_000] = 1;
        Object[] body = {
            block(VOID),
            block(VOID),
            block(VOID),
            localGet(0),
            branchTable(labels),
            END,
            i32(10),
            RETURN,
            END,
            i32(20),
            RETURN,
            END,
            i32(30)
        };
        assertThat(run(mode, 0, body)).isEqualTo(10);
        assertThat(run(mode, 59_999, body)).isEqualTo(30);
        assertThat(run(mode, 60_001, body)).isEqualTo(20);
        assertThat(run(mode, -1, body)).isEqualTo(20);
    }

    @ParameterizedTest
    @EnumSource
    void fifty_thousand_locals_are_distinct(Mode mode) throws Throwable {
        int[] locals = new int[49_000];
        Arrays.fill(locals, I32);
        var module = new Wasm();
        int type = module.type(ONE, ONE);
        int f = module.functionWithLocals(
                type,
                locals,
                localGet(0),
                localSet(48_999),
                i32(5),
                localSet(1000),
                i32(100),
                localSet(30_000),
                localGet(48_999),
                localGet(1000),
                MUL,
                localGet(30_000),
                ADD,
                localGet(30_001),
                ADD);
        assertThat(run(mode, module.exportFunction("f", f), 7)).isEqualTo(135);
    }

    @ParameterizedTest
    @EnumSource
    void a_thousand_parameters_and_results_arrive_in_order(Mode mode) throws Throwable {
        int count = 1000;
        int[] many = new int[count];
        Arrays.fill(many, I32);
        List<Object> reversed = new ArrayList<>();
        List<Object> caller = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            reversed.add(localGet(count - 1 - i));
            caller.addAll(List.of(localGet(0), i32(i), ADD));
        }
        var module = new Wasm();
        int reverse = module.function(module.type(many, many), reversed.toArray());
        caller.add(call(reverse));
        int expected = 0;
        for (int i = 0; i < count - 1; i++) {
            caller.add(SUB);
        }
        for (int i = 0; i < count; i++) {
            expected = 3 + i - expected;
        }
        int f = module.function(module.type(ONE, ONE), caller.toArray());
        assertThat(run(mode, module.exportFunction("f", f), 3)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void a_function_of_many_chunks_with_a_loop_around_them_computes_the_same(Mode mode) throws Throwable {
        int steps = 3000;
        List<Object> body = new ArrayList<>(List.of(i32(1), localSet(1), loop(VOID)));
        for (int i = 0; i < steps; i++) {
            body.addAll(List.of(localGet(1), i32(31), MUL, i32(i), ADD, localSet(1)));
        }
        body.addAll(List.of(localGet(0), i32(1), SUB, TEE, 0, branchIf(0), END, localGet(1)));
        int expected = 1;
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < steps; i++) {
                expected = expected * 31 + i;
            }
        }
        var module = new Wasm();
        int f = module.functionWithLocals(module.type(ONE, ONE), Wasm.values(I32), body.toArray());
        assertThat(run(mode, module.exportFunction("f", f), 3)).isEqualTo(expected);
    }

    /// A machine with four operations, which change and use different variables, each in chunks of its own.
    @ParameterizedTest
    @EnumSource
    void what_an_operation_of_an_interpreter_leaves_in_its_variables_others_find_there(Mode mode) throws Throwable {
        List<Object> body = new ArrayList<>(List.of(i32(7), localSet(2), block(VOID), loop(VOID)));
        body.addAll(List.of(localGet(0), EQZ, branchIf(1), localGet(0), i32(1), SUB, localSet(0)));
        for (int i = 0; i < OPERATIONS; i++) {
            body.add(block(VOID));
        }
        body.addAll(List.of(localGet(1), branchTable(0, 1, 2, 3), END));
        body.addAll(List.of(localGet(2), localGet(4), ADD, localSet(3), i32(1), localSet(1), branch(3), END));
        body.addAll(List.of(localGet(3), i32(5), MUL, localSet(2), i32(2), localSet(1), branch(2), END));
        body.addAll(List.of(localGet(4), localGet(2), ADD, localSet(4), i32(3), localSet(1), branch(1), END));
        body.addAll(List.of(localGet(4), localGet(3), SUB, localSet(4), i32(0), localSet(1), branch(0)));
        body.addAll(List.of(END, END, localGet(2), i32(31), MUL, localGet(3), ADD, i32(31), MUL, localGet(4), ADD));
        var module = new Wasm();
        int f = module.functionWithLocals(module.type(ONE, ONE), Wasm.values(I32, I32, I32, I32), body.toArray());
        assertThat(run(mode, module.exportFunction("f", f), 103)).isEqualTo(interpreted(103));
    }

    private static final int OPERATIONS = 4;

    private static int interpreted(int steps) {
        int a = 7;
        int b = 0;
        int c = 0;
        for (int i = 0; i < steps; i++) {
            switch (i % OPERATIONS) {
                case 0 -> b = a + c;
                case 1 -> a = b * 5;
                case 2 -> c += a;
                default -> c -= b;
            }
        }
        return (a * 31 + b) * 31 + c;
    }

    @ParameterizedTest
    @EnumSource
    void a_handler_finds_what_a_variable_was_when_the_exception_came(Mode mode) throws Throwable {
        var module = new Wasm();
        module.tag(module.type(ONE, Wasm.values()));
        List<Object> body = new ArrayList<>(List.of(i32(1), localSet(1), block(I32), tryCatch(VOID, 0, 0)));
        for (int i = 0; i < 20; i++) {
            body.addAll(List.of(localGet(1), i32(3), MUL, localSet(1), localGet(0), i32(i), EQUAL));
            body.addAll(List.of(code(IF, VOID), localGet(0), throwTag(0), END));
        }
        body.addAll(List.of(i32(0), localSet(1), END, i32(-1), END, localGet(1), ADD));
        int f = module.functionWithLocals(module.type(ONE, ONE), Wasm.values(I32), body.toArray());
        module.exportFunction("f", f);
        assertThat(run(mode, module, 2)).isEqualTo(2 + 27);
        assertThat(run(mode, module, 50)).isEqualTo(-1);
    }

    private static final int EQUAL = 0x46;
}

package dev.wattle.host.engine.jvm.code;

import static dev.wattle.host.engine.Wasm.END;
import static dev.wattle.host.engine.Wasm.I32;
import static dev.wattle.host.engine.Wasm.UNREACHABLE;
import static dev.wattle.host.engine.Wasm.V128;
import static dev.wattle.host.engine.Wasm.VOID;
import static dev.wattle.host.engine.Wasm.block;
import static dev.wattle.host.engine.Wasm.branchIf;
import static dev.wattle.host.engine.Wasm.call;
import static dev.wattle.host.engine.Wasm.callIndirect;
import static dev.wattle.host.engine.Wasm.code;
import static dev.wattle.host.engine.Wasm.globalGet;
import static dev.wattle.host.engine.Wasm.globalSet;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static dev.wattle.host.engine.Wasm.localSet;
import static dev.wattle.host.engine.Wasm.loop;
import static dev.wattle.host.engine.Wasm.returnCall;
import static dev.wattle.host.engine.Wasm.returnCallIndirect;
import static dev.wattle.host.engine.Wasm.throwTag;
import static dev.wattle.host.engine.Wasm.tryCatch;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Wasm;
import dev.wattle.host.engine.jvm.JvmEngine;
import dev.wattle.host.engine.jvm.JvmOptions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Modules that no compiler would emit: what would not fit into the JVM's classes and methods still runs, and soon.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
final class HostileCodeTest {
    private static final int ADD = 0x6A;
    private static final int[] ONE = Wasm.values(I32);

    /// More than a class has constants.
    private static final int MANY = 70_000;

    @SuppressWarnings("ImmutableEnumChecker") // a record of flags and numbers
    enum Mode {
        WHOLE(CodeOptions.LAZY),
        CUT(CodeOptions.SPLIT);

        final CodeOptions options;

        Mode(CodeOptions options) {
            this.options = options;
        }
    }

    private static int run(CodeOptions options, Wasm module, int argument, List<CoreExtern> imports) throws Throwable {
        var engine = new JvmEngine(JvmOptions.DEFAULTS.withCode(options));
        try (var instance =
                engine.compile(module.build()).instantiate(imports, CoreLimits.DEFAULTS, new GuestControl())) {
            return (int) ((CoreExtern.Function) instance.export("f")).handle().invokeExact(argument);
        }
    }

    private static int run(Mode mode, Wasm module, int argument) throws Throwable {
        return run(mode.options, module, argument, List.of());
    }

    private static int[] many(int count, int type) {
        int[] all = new int[count];
        Arrays.fill(all, type);
        return all;
    }

    private static byte[] unsigned(int value) {
        byte[] whole = localGet(value);
        return Arrays.copyOfRange(whole, 1, whole.length);
    }

    private static byte[] vector(int first) {
        return code(0xFD, 12, first & 0xFF, first >> 8 & 0xFF, first >> 16 & 0xFF, new byte[13]);
    }

    static int twice(int value) {
        return 2 * value;
    }

    @Test
    void seventy_thousand_imported_functions_are_called_each() throws Throwable {
        var module = new Wasm();
        int type = module.type(ONE, ONE);
        for (int i = 0; i < MANY; i++) {
            module.importFunction("host", "f" + i, type);
        }
        module.exportFunction("f", module.function(type, localGet(0), call(MANY - 1), call(1999), call(2000)));
        CoreExtern given = CoreExtern.hostFunction(
                new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32)),
                MethodHandles.lookup()
                        .findStatic(HostileCodeTest.class, "twice", MethodType.methodType(int.class, int.class)));
        assertThat(run(CodeOptions.LAZY, module, 5, Collections.nCopies(MANY, given)))
                .isEqualTo(40);
    }

    @Test
    void seventy_thousand_tables_and_tags_are_distinct() throws Throwable {
        var module = new Wasm();
        int type = module.type(ONE, ONE);
        int thrown = module.type(ONE, Wasm.values());
        for (int i = 0; i < MANY; i++) {
            module.table(i % 5, 10).tag(thrown);
        }
        Object[] body = {
            block(I32),
            tryCatch(VOID, MANY - 1, 0),
            tryCatch(VOID, MANY - 2, 1),
            localGet(0),
            code(0xFC, 16, unsigned(MANY - 1)),
            ADD,
            throwTag(MANY - 1),
            END,
            END,
            UNREACHABLE,
            END
        };
        module.exportFunction("f", module.function(type, body));
        assertThat(run(Mode.WHOLE, module, 5)).isEqualTo(5 + (MANY - 1) % 5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void seventy_thousand_globals_have_their_values(boolean exported) throws Throwable {
        var module = new Wasm();
        for (int i = 0; i < MANY; i++) {
            module.global(V128, true, vector(i));
            if (exported) {
                module.exportGlobal("g" + i, i);
            }
        }
        Object[] body = {
            globalGet(MANY - 1),
            globalSet(3000),
            globalGet(3000),
            code(0xFD, 27, 0),
            globalGet(1999),
            code(0xFD, 27, 0),
            ADD,
            localGet(0),
            ADD
        };
        module.exportFunction("f", module.function(module.type(ONE, ONE), body));
        assertThat(run(Mode.WHOLE, module, 7)).isEqualTo(MANY - 1 + 1999 + 7);
    }

    @Test
    void a_constant_expression_of_seventy_thousand_constants_is_evaluated_in_order() throws Throwable {
        List<Object> sum = new ArrayList<>(List.of(globalGet(0)));
        int expected = 41;
        for (int i = 0; i < MANY; i++) {
            sum.addAll(List.of(i32(i), ADD));
            expected += i;
        }
        var module = new Wasm()
                .global(I32, false, i32(41))
                .global(I32, false, sum.toArray())
                .global(I32, true, globalGet(1));
        module.exportFunction("f", module.function(module.type(ONE, ONE), globalGet(2), localGet(0), ADD));
        assertThat(run(Mode.WHOLE, module, 1)).isEqualTo(expected + 1);
    }

    @ParameterizedTest
    @EnumSource
    void an_exception_passes_twenty_thousand_handlers(Mode mode) throws Throwable {
        int depth = 20_000;
        var module = new Wasm();
        int thrown = module.type(ONE, Wasm.values());
        module.tag(thrown).tag(thrown).memory(1, 1);
        List<Object> body = new ArrayList<>(List.of(block(I32)));
        for (int i = 0; i < depth; i++) {
            body.add(tryCatch(VOID, i == 0 ? 0 : 1, i));
        }
        body.addAll(List.of(localGet(0), throwTag(0)));
        for (int i = 0; i < depth; i++) {
            body.add(END);
        }
        body.addAll(List.of(UNREACHABLE, END));
        module.exportFunction("f", module.function(module.type(ONE, ONE), body.toArray()));
        assertThat(run(mode, module, 6)).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource
    void twenty_thousand_handlers_in_a_row_catch_their_own(Mode mode) throws Throwable {
        int count = 20_000;
        var module = new Wasm();
        module.tag(module.type(ONE, Wasm.values()));
        List<Object> body = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object[] one = {
                block(I32),
                tryCatch(VOID, 0, 0),
                localGet(0),
                throwTag(0),
                END,
                UNREACHABLE,
                END,
                i32(1),
                ADD,
                localSet(0)
            };
            body.addAll(List.of(one));
        }
        body.add(localGet(0));
        module.exportFunction("f", module.function(module.type(ONE, ONE), body.toArray()));
        assertThat(run(mode, module, 6)).isEqualTo(6 + count);
    }

    @ParameterizedTest
    @EnumSource
    void what_is_thrown_after_an_inner_handler_goes_to_the_outer_one(Mode mode) throws Throwable {
        var module = new Wasm();
        int thrown = module.type(ONE, Wasm.values());
        module.tag(thrown);
        Object[] body = {
            block(I32),
            tryCatch(VOID, 0, 0),
            block(I32),
            tryCatch(VOID, 0, 0),
            localGet(0),
            throwTag(0),
            END,
            UNREACHABLE,
            END,
            i32(10),
            ADD,
            throwTag(0),
            END,
            UNREACHABLE,
            END,
            i32(100),
            ADD
        };
        module.exportFunction("f", module.function(module.type(ONE, ONE), body));
        assertThat(run(mode, module, 1)).isEqualTo(111);
    }

    @ParameterizedTest
    @EnumSource
    void a_thousand_vectors_are_passed_returned_thrown_and_caught(Mode mode) throws Throwable {
        int[] vectors = many(1000, V128);
        var module = new Wasm().table(1, 1);
        int same = module.type(vectors, vectors);
        int thrown = module.type(vectors, Wasm.values());
        module.tag(thrown);
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            all.add(localGet(i));
        }
        int back = module.function(same, all.toArray());
        int direct = module.function(same, with(all, returnCall(back)));
        int indirect = module.function(same, with(all, i32(0), returnCallIndirect(same)));
        module.elements(0, direct);
        int block = module.type(Wasm.values(), vectors);
        List<Object> caught = new ArrayList<>(List.of(code(0x02, unsigned(block)), tryCatch(VOID, 0, 0)));
        caught.addAll(all);
        caught.addAll(List.of(throwTag(0), END, UNREACHABLE, END));
        int throwing = module.function(same, caught.toArray());
        List<Object> body = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            body.addAll(List.of(localGet(0), i32(i), ADD, code(0xFD, 17)));
        }
        body.addAll(List.of(call(indirect), call(throwing), i32(0), callIndirect(same)));
        body.addAll(List.of(code(0xFD, 27, 3), localSet(0)));
        for (int i = 1; i < vectors.length; i++) {
            body.addAll(List.of(code(0xFD, 27, 1), localGet(0), ADD, localSet(0)));
        }
        body.add(localGet(0));
        module.exportFunction("f", module.function(module.type(ONE, ONE), body.toArray()));
        assertThat(run(mode, module, 3)).isEqualTo(1000 * 3 + 999 * 1000 / 2);
    }

    /// The larger one has more to it than liveness is worked out for.
    @ParameterizedTest
    @ValueSource(ints = {20_000, 68_000})
    void thousands_of_locals_and_branches_in_loops_within_loops_keep_their_values(int branches) throws Throwable {
        int locals = 1990;
        int depth = 60;
        var module = new Wasm();
        List<Object> body = new ArrayList<>();
        for (int i = 1; i < locals; i++) {
            body.addAll(List.of(i32(i & 63), localSet(i)));
        }
        for (int i = 0; i < depth; i++) {
            body.add(loop(VOID));
        }
        for (int i = 0; i < branches; i++) {
            body.addAll(List.of(localGet(64), branchIf(i % depth)));
        }
        body.addAll(List.of(localGet(0), i32(1), SUB, code(0x22, 0), branchIf(depth - 1)));
        body.addAll(Collections.nCopies(depth, END));
        body.add(localGet(0));
        int expected = 0;
        for (int i = 1; i < locals; i++) {
            body.addAll(List.of(localGet(i), ADD));
            expected += i & 63;
        }
        int type = module.type(ONE, ONE);
        int f = module.functionWithLocals(type, many(locals - 1, I32), body.toArray());
        assertThat(run(Mode.WHOLE, module.exportFunction("f", f), 3)).isEqualTo(expected);
    }

    private static final int SUB = 0x6B;

    private static Object[] with(List<Object> first, Object... more) {
        List<Object> all = new ArrayList<>(first);
        all.addAll(List.of(more));
        return all.toArray();
    }

    /// Each value that waits is taken before its local changes: what is added up is what the locals were.
    @ParameterizedTest
    @EnumSource
    void all_locals_wait_while_each_is_changed(Mode mode) throws Throwable {
        int count = 20_000;
        var parts = new ArrayList<Object>();
        for (int i = 1; i < count; i++) {
            Collections.addAll(parts, i32(i), localSet(i));
        }
        for (int i = 0; i < count; i++) {
            parts.add(localGet(i));
        }
        for (int i = 0; i < count; i++) {
            Collections.addAll(parts, i32(7), localSet(i));
        }
        parts.addAll(Collections.nCopies(count - 1, ADD));
        var module = new Wasm();
        int f = module.functionWithLocals(module.type(ONE, ONE), many(count - 1, I32), code(parts.toArray()));
        assertThat(run(mode, module.exportFunction("f", f), 5)).isEqualTo(5 + count * (count - 1) / 2);
    }
}

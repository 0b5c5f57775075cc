package dev.wattle.host.engine.jvm;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineContract;
import dev.wattle.host.engine.GuestFrame;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Wasm;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A trap tells which functions of which guests were being called, and where they were.
final class TrapFramesTest extends EngineContract {
    private Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    /// Function 0 divides, loads, or does not reach its end; function 1 calls it from the middle of an expression.
    private static Wasm failing(Object... body) {
        var wasm = new Wasm().memory(1, 1);
        int type = wasm.type(I32, I32);
        wasm.function(type, body);
        wasm.exportFunction("run", wasm.function(type, i32(7), localGet(0), Wasm.call(0), 0x6A));
        return wasm;
    }

    private static int offsetOf(byte[] binary, byte[] code, int within) {
        String all = new String(binary, StandardCharsets.ISO_8859_1);
        int at = all.lastIndexOf(new String(code, StandardCharsets.ISO_8859_1));
        assertThat(at).isNotNegative();
        return at + within;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void the_functions_and_offsets_are_those_of_the_binary(boolean split) {
        if (split) {
            engine = new JvmEngine(JvmOptions.DEFAULTS.withCode(CodeOptions.SPLIT));
        }
        byte[] division = Wasm.code(i32(9), i32(5), 0x6C, localGet(0), 0x6D);
        check(failing(division), division, 7, Trap.Kind.INTEGER_DIVIDE_BY_ZERO, 0);
        byte[] load = Wasm.code(localGet(0), Wasm.access(0x28, 0));
        check(failing(load), load, 2, Trap.Kind.MEMORY_OUT_OF_BOUNDS, -1);
        byte[] unreachable = Wasm.code(localGet(0), 0x1A, 0x00);
        check(failing(unreachable), unreachable, 3, Trap.Kind.UNREACHABLE, 0);
    }

    private void check(Wasm wasm, byte[] code, int within, Trap.Kind kind, int argument) {
        Trap trap = trapOf(instance(wasm), "run", argument);
        assertThat(trap.kind()).isEqualTo(kind);
        byte[] binary = wasm.build();
        assertThat(trap.frames()).extracting(GuestFrame::function).containsExactly(0, 1);
        assertThat(trap.frames()).extracting(GuestFrame::name).containsExactly("func[0]", "func[1]");
        assertThat(trap.frames())
                .extracting(GuestFrame::offset)
                .containsExactly(
                        offsetOf(binary, code, within),
                        offsetOf(binary, Wasm.code(i32(7), localGet(0), Wasm.call(0)), 4));
        assertThat(trap.frames().getFirst().source()).isEmpty();
        assertThat(trap.frames().getFirst())
                .hasToString(trap.frames().getFirst().module() + "!func[0]@0x"
                        + Integer.toHexString(offsetOf(binary, code, within)));
    }

    @Test
    void the_frames_of_all_instances_on_the_stack_are_there() {
        var inner = engine.compile(failing(localGet(0), localGet(0), 0x6D).build());
        CoreInstance callee = inner.instantiate(List.of(), CoreLimits.DEFAULTS, sandbox);
        var wasm = new Wasm();
        int imported = wasm.importFunction("a", "b", wasm.type(I32, I32));
        wasm.exported("run", I32, I32, localGet(0), Wasm.call(imported));
        var module = engine.compile(wasm.build());
        for (CoreExtern given : new CoreExtern[] {
            callee.export("run"),
            CoreExtern.hostFunction(((CoreExtern.Function) callee.export("run")).type(), function(callee, "run"))
        }) {
            CoreInstance caller = module.instantiate(List.of(given), CoreLimits.DEFAULTS, sandbox);
            Trap trap = trapOf(caller, "run", 0);
            assertThat(trap.frames()).extracting(GuestFrame::function).containsExactly(0, 1, 1);
            assertThat(trap.frames().get(1).module())
                    .isNotEqualTo(trap.frames().get(2).module());
        }
    }

    @Test
    void names_come_from_the_name_section() {
        // A custom section of that name: the module's is "m", function 0 is "divide".
        var names = Wasm.code(
                0,
                20,
                4,
                "name".getBytes(StandardCharsets.US_ASCII),
                0,
                2,
                1,
                "m".getBytes(StandardCharsets.US_ASCII),
                1,
                9,
                1,
                0,
                6,
                "divide".getBytes(StandardCharsets.US_ASCII));
        byte[] binary = Wasm.code(failing(localGet(0), localGet(0), 0x6D).build(), names);
        CoreInstance instance = engine().compile(binary).instantiate(List.of(), CoreLimits.DEFAULTS, sandbox);
        Trap trap = trapOf(instance, "run", 0);
        assertThat(trap.frames().getFirst().name()).isEqualTo("divide");
        assertThat(trap.frames().getFirst().module()).isEqualTo("m");
        assertThat(trap.frames().getLast().name()).isEqualTo("func[1]");
    }
}

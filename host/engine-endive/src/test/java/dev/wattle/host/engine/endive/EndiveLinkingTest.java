package dev.wattle.host.engine.endive;

import static dev.wattle.host.engine.Wasm.i32;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineLinkingContract;
import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.Wasm;
import org.junit.jupiter.api.Test;

final class EndiveLinkingTest extends EngineLinkingContract {
    private final Engine engine = new EndiveEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    @Test
    void what_endive_cannot_do_is_refused_by_name() {
        var unsupported = ModuleException.Code.UNSUPPORTED;
        refused(
                unsupported,
                "SIMD",
                new Wasm()
                        .exported("run", NONE, NONE, 0xFD, 12, new byte[16], Wasm.DROP)
                        .build());
        refused(
                unsupported,
                "SIMD",
                new Wasm().exported("run", new int[] {Wasm.V128}, NONE).build());
        refused(
                unsupported,
                "multiple memories",
                new Wasm().memory(1, 1).memory(1, 1).build());
        refused(
                unsupported,
                "references across instances",
                new Wasm().exported("run", new int[] {Wasm.FUNCREF}, NONE).build());
        refused(
                unsupported,
                "references across instances",
                new Wasm().importGlobal("a", "b", Wasm.FUNCREF, false).build());
        var taking = new Wasm();
        taking.importFunction("a", "b", taking.type(new int[] {Wasm.FUNCREF}, NONE));
        refused(unsupported, "import 'a' 'b'", taking.build());
        refused(
                unsupported,
                "references across instances",
                new Wasm()
                        .importTable("a", "b", 1, 1)
                        .exported("run", NONE, NONE, i32(0), 0x25, 0, Wasm.DROP)
                        .build());
    }
}

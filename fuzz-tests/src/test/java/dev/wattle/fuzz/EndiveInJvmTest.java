package dev.wattle.fuzz;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineNestingContract;
import dev.wattle.host.engine.endive.EndiveEngine;
import dev.wattle.host.engine.jvm.JvmEngine;

/// A guest of Endive within one of ours.
final class EndiveInJvmTest extends EngineNestingContract {
    private final Engine engine = new JvmEngine();
    private final Engine inner = new EndiveEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    @Override
    protected Engine inner() {
        return inner;
    }
}

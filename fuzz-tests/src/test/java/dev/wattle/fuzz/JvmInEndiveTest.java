package dev.wattle.fuzz;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineNestingContract;
import dev.wattle.host.engine.endive.EndiveEngine;
import dev.wattle.host.engine.jvm.JvmEngine;

/// A guest of ours within one of Endive.
final class JvmInEndiveTest extends EngineNestingContract {
    private final Engine engine = new EndiveEngine();
    private final Engine inner = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    @Override
    protected Engine inner() {
        return inner;
    }
}

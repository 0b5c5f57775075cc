package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineNestingContract;

final class EndiveNestingTest extends EngineNestingContract {
    private final Engine engine = new EndiveEngine();
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

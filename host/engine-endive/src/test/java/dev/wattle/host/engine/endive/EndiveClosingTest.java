package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineClosingContract;

final class EndiveClosingTest extends EngineClosingContract {
    private final Engine engine = new EndiveEngine();

    @Override
    protected Engine engine() {
        return engine;
    }

    @Override
    protected boolean takesTables() {
        return false;
    }
}

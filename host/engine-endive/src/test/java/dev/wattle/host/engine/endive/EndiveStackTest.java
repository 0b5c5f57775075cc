package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineStackContract;

final class EndiveStackTest extends EngineStackContract {
    private final Engine engine = new EndiveEngine();

    @Override
    protected Engine engine() {
        return engine;
    }
}

package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineIsolationContract;

final class EndiveIsolationTest extends EngineIsolationContract {
    private final Engine engine = new EndiveEngine();

    @Override
    protected Engine engine() {
        return engine;
    }
}

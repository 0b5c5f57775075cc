package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineIsolationContract;

final class JvmIsolationTest extends EngineIsolationContract {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }
}

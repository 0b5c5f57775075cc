package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineWiringContract;

final class JvmWiringTest extends EngineWiringContract {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }
}

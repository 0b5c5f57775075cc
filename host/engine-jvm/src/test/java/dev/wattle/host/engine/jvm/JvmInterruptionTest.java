package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineInterruptionContract;

final class JvmInterruptionTest extends EngineInterruptionContract {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }
}

package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineSemanticsContract;

final class JvmSemanticsTest extends EngineSemanticsContract {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }
}

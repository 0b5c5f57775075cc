package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineLinkingContract;

final class JvmLinkingTest extends EngineLinkingContract {
    private final Engine engine = new JvmEngine();

    @Override
    protected Engine engine() {
        return engine;
    }
}

package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineLinkingContract;

final class EndiveLinkingTest extends EngineLinkingContract {
    private final Engine engine = new EndiveEngine();

    @Override
    protected Engine engine() {
        return engine;
    }
}

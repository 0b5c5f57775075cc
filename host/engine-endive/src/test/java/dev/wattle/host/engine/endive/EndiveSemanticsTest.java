package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineSemanticsContract;

final class EndiveSemanticsTest extends EngineSemanticsContract {
    private final Engine engine = new EndiveEngine();

    @Override
    protected Engine engine() {
        return engine;
    }
}

package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineProvider;

/// Announces this engine.
public final class EndiveProvider implements EngineProvider {
    @Override
    public String name() {
        return "endive";
    }

    @Override
    public Engine create() {
        return new EndiveEngine();
    }
}

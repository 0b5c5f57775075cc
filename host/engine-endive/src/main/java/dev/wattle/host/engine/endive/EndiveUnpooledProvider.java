package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineProvider;

/// Announces Endive with a new array for each memory: what it takes without a pool of ours, for benchmarks.
public final class EndiveUnpooledProvider implements EngineProvider {
    @Override
    public String name() {
        return "endive-unpooled";
    }

    @Override
    public Engine create() {
        return EndiveEngine.unpooled();
    }
}

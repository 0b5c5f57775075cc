package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineProvider;

/// Announces this engine.
public final class JvmProvider implements EngineProvider {
    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Engine create() {
        return new JvmEngine();
    }
}

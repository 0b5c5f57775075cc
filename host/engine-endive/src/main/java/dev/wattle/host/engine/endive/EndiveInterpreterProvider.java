package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineProvider;

/// Announces Endive's interpreter.
public final class EndiveInterpreterProvider implements EngineProvider {
    @Override
    public String name() {
        return "endive-interpreter";
    }

    @Override
    public Engine create() {
        return EndiveEngine.interpreter();
    }
}

package dev.wattle.spec;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import java.util.List;

/// Which engine a suite runs against, and how it compiles.
record EngineChoice(String engine, String mode) {
    /// How our own engine can be told to compile.
    static final List<String> MODES = List.of("lazy", "eager", "split");

    static final EngineChoice DEFAULT = new EngineChoice("jvm", "lazy");

    EngineChoice {
        if (!MODES.contains(mode)) {
            throw new SuiteException("there is no mode '%s'; there is: %s".formatted(mode, String.join(", ", MODES)));
        }
        if (!engine.equals("jvm") && !mode.equals("lazy")) {
            throw new SuiteException(
                    "--mode is for the engine jvm; engine '%s' has one way to compile".formatted(engine));
        }
    }

    Engine create() {
        try {
            return Engines.named(engine);
        } catch (IllegalArgumentException unknown) {
            throw new SuiteException(String.valueOf(unknown.getMessage()), unknown);
        }
    }

    @Override
    public String toString() {
        return engine.equals("jvm") ? engine + " (" + mode + ")" : engine;
    }
}

package dev.wattle.spec;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.jvm.JvmEngine;
import dev.wattle.host.engine.jvm.JvmOptions;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import java.nio.file.Path;
import java.util.List;

/// Which engine a suite runs against, and how it compiles.
record EngineChoice(String engine, String mode) {
    private static final String OURS = "jvm";
    private static final String DISK = "disk";

    /// How our own engine can be told to compile.
    static final List<String> MODES = List.of("lazy", "eager", "split", DISK);

    static final EngineChoice DEFAULT = new EngineChoice(OURS, "lazy");

    EngineChoice {
        if (!MODES.contains(mode)) {
            throw new SuiteException("there is no mode '%s'; there is: %s".formatted(mode, String.join(", ", MODES)));
        }
        if (!engine.equals(OURS) && !mode.equals("lazy")) {
            throw new SuiteException(
                    "--mode is for the engine jvm; engine '%s' has one way to compile".formatted(engine));
        }
    }

    /// A new engine of that kind.
    ///
    /// @throws SuiteException when there is none of that name
    Engine create() {
        return engine.equals(OURS) ? new JvmEngine(JvmOptions.DEFAULTS.withCode(code())) : another();
    }

    /// Whether classes are to be loaded from a folder, where an earlier run left them.
    boolean loadsFromDisk() {
        return mode.equals(DISK);
    }

    /// A new engine that keeps its classes in a folder. What it makes of a module does not depend on the time.
    JvmEngine create(Path folder) {
        return new JvmEngine(JvmOptions.DEFAULTS
                .withCode(code())
                .withCards(JvmOptions.Cards.NEVER)
                .withClassFolder(folder));
    }

    private CodeOptions code() {
        return switch (mode) {
            case "lazy", DISK -> CodeOptions.LAZY;
            case "eager" -> CodeOptions.EAGER;
            case "split" -> CodeOptions.SPLIT;
            default -> throw new IllegalStateException("checked before: " + mode);
        };
    }

    private Engine another() {
        try {
            return Engines.named(engine);
        } catch (IllegalArgumentException unknown) {
            throw new SuiteException(String.valueOf(unknown.getMessage()), unknown);
        }
    }

    @Override
    public String toString() {
        return engine.equals(OURS) ? engine + " (" + mode + ")" : engine;
    }
}

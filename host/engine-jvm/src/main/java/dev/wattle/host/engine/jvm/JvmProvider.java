package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.EngineProvider;
import dev.wattle.host.engine.Engines;
import java.nio.file.Path;

/// Announces this engine.
public final class JvmProvider implements EngineProvider {
    @Override
    public String name() {
        return "jvm";
    }

    @Override
    public Engine create() {
        String folder = System.getProperty(Engines.CACHE_PROPERTY, "");
        return folder.isEmpty() ? new JvmEngine() : new JvmEngine(JvmOptions.DEFAULTS.withClassFolder(Path.of(folder)));
    }
}

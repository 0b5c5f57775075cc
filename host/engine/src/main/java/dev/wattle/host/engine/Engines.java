package dev.wattle.host.engine;

import java.util.ServiceLoader;
import java.util.TreeMap;

/// The engines on the class path.
public final class Engines {
    /// The system property that chooses another engine than the default, for a whole process: how the suites are
    /// run on each engine.
    public static final String PROPERTY = "wattle.engine";

    /// The system property that names a folder where an engine may keep what it makes of modules, between runs;
    /// without it, nothing is kept. The folder must be closed to others.
    public static final String CACHE_PROPERTY = "wattle.engine.cache";

    private static final String DEFAULT = "jvm";

    private Engines() {}

    /// A new engine of the kind that this process runs: Endive, or what the property [#PROPERTY] says.
    ///
    /// @throws IllegalArgumentException when there is none of that name
    public static Engine create() {
        return named(System.getProperty(PROPERTY, DEFAULT));
    }

    /// A new engine of that name.
    ///
    /// @throws IllegalArgumentException when there is none; its message lists those that there are
    public static Engine named(String name) {
        var providers = new TreeMap<String, EngineProvider>();
        ServiceLoader.load(EngineProvider.class, EngineProvider.class.getClassLoader())
                .forEach(provider -> providers.put(provider.name(), provider));
        var provider = providers.get(name);
        if (provider == null) {
            throw new IllegalArgumentException("there is no engine '%s' here; there is: %s"
                    .formatted(name, String.join(", ", providers.keySet())));
        }
        return provider.create();
    }
}

package dev.wattle.provider.sdk;

import dev.wattle.provider.api.ProviderException;
import dev.wattle.provider.api.ProviderFactory;
import java.util.Collections;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// The providers that come with this JVM, by the name in `wasmcloud+builtin://NAME`. Immutable.
public final class BuiltinProviders {
    private static final String SCHEME = "wasmcloud+builtin://";

    private final SortedMap<String, ProviderFactory> byName;

    private BuiltinProviders(SortedMap<String, ProviderFactory> byName) {
        this.byName = Collections.unmodifiableSortedMap(byName);
    }

    /// All that are on the class path.
    public static BuiltinProviders discover() {
        var byName = new TreeMap<String, ProviderFactory>();
        for (ProviderFactory factory : ServiceLoader.load(ProviderFactory.class)) {
            ProviderFactory other = byName.put(factory.name(), factory);
            if (other != null) {
                throw new IllegalStateException("two providers are named " + factory.name() + ": "
                        + other.getClass().getName() + " and "
                        + factory.getClass().getName());
            }
        }
        return new BuiltinProviders(byName);
    }

    /// The factory that an image reference names.
    ///
    /// @throws ProviderException when the reference is no built-in one, or none has that name; the message
    /// lists those that are there
    public ProviderFactory find(String imageRef) {
        if (!imageRef.startsWith(SCHEME)) {
            throw new ProviderException(
                    "provider image '" + imageRef + "' is not supported yet; the built-in ones are " + references(),
                    null);
        }
        ProviderFactory factory = byName.get(imageRef.substring(SCHEME.length()));
        if (factory == null) {
            throw new ProviderException(
                    "no built-in provider is named '" + imageRef + "'; there are " + references(), null);
        }
        return factory;
    }

    /// Their names, such as `http-server`.
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(byName.keySet()));
    }

    private String references() {
        return String.join(", ", byName.keySet().stream().map(SCHEME::concat).toList());
    }
}

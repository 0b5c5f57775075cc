package dev.wattle.host.runtime;

import dev.wattle.host.component.Component;
import dev.wattle.host.engine.Engine;
import java.lang.ref.WeakReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiles each binary once, by its digest; forgets it when nothing runs it any more. One compilation at a time, so
/// that a
/// deployment of many components leaves a core to those that run.
final class ComponentCache {
    private final Engine engine;
    private final Map<String, WeakReference<Component>> byDigest = new HashMap<>(); // guarded by this

    ComponentCache(Engine engine) {
        this.engine = engine;
    }

    /// @throws dev.wattle.host.component.ComponentException when the binary is no component that can be used
    synchronized Component load(byte[] binary) {
        byDigest.values().removeIf(reference -> reference.get() == null);
        String digest = digest(binary);
        WeakReference<Component> known = byDigest.get(digest);
        @Nullable Component component = known == null ? null : known.get();
        if (component == null) {
            component = Component.load(engine, binary);
            byDigest.put(digest, new WeakReference<>(component));
        }
        return component;
    }

    private static String digest(byte[] binary) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(binary));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

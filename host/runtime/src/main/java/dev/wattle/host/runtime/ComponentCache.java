package dev.wattle.host.runtime;

import dev.wattle.host.component.Component;
import dev.wattle.host.engine.Engine;
import dev.wattle.wit.ByteString;
import java.lang.ref.WeakReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compiles each binary once, by its digest; forgets it when nothing runs it any more. One compilation at a
/// time, so that a deployment of many components leaves a core to those that run.
final class ComponentCache {
    private final Engine engine;
    private final Map<String, WeakReference<Component>> byDigest = new HashMap<>(); // guarded by this

    ComponentCache(Engine engine) {
        this.engine = engine;
    }

    /// @throws dev.wattle.host.component.ComponentException when the binary is no component that can be used
    synchronized Component load(ByteString binary) {
        byDigest.values().removeIf(reference -> reference.get() == null);
        String digest = digest(binary);
        WeakReference<Component> known = byDigest.get(digest);
        @Nullable Component component = known == null ? null : known.get();
        if (component == null) {
            component = Component.load(engine, binary.toArray());
            byDigest.put(digest, new WeakReference<>(component));
        }
        return component;
    }

    private static String digest(ByteString binary) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(binary.asBuffer());
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

package dev.wattle.control.model;

import dev.wattle.control.model.Manifest.ConfigUse;
import dev.wattle.lattice.protocol.ConfigName;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Marks on workloads that say who runs them and why, as wadm sets them: without them a workload is somebody
/// else's.
public final class Annotations {
    public static final String MANAGED_BY = "wasmcloud.dev/managed-by";
    public static final String APPLICATION = "wasmcloud.dev/appspec";
    public static final String SCALER = "wasmcloud.dev/scaler";
    public static final String SPREAD = "wasmcloud.dev/spread_name";

    /// wadm's own word: its users' tools look for it.
    public static final String MANAGER = "wadm";

    private Annotations() {}

    static SortedMap<String, String> of(AppName app, String scalerId, String spread) {
        SortedMap<String, String> annotations = new TreeMap<>();
        annotations.put(MANAGED_BY, MANAGER);
        annotations.put(APPLICATION, app.value());
        annotations.put(SCALER, scalerId);
        annotations.put(SPREAD, spread);
        return annotations;
    }

    static boolean managed(SortedMap<String, String> annotations) {
        return MANAGER.equals(annotations.get(MANAGED_BY))
                && application(annotations).isPresent();
    }

    /// The application that a workload belongs to.
    static Optional<AppName> application(SortedMap<String, String> annotations) {
        return Optional.ofNullable(annotations.get(APPLICATION))
                .filter(AppName::valid)
                .map(AppName::new);
    }

    /// A digest of everything about a workload that needs another start when it changes. How many run is not
    /// part of it.
    static String scalerId(Manifest manifest, Workload workload, String image) {
        var text = new StringBuilder();
        List<String> parts = List.of(
                workload.kind().word(),
                manifest.name().value(),
                workload.name(),
                manifest.idOf(workload).value(),
                image);
        parts.forEach(part -> text.append(part).append('\n'));
        for (ConfigUse use : workload.config()) {
            text.append(manifest.nameOf(use)).append('\n');
        }
        return sha256(text.toString());
    }

    static List<ConfigName> configNames(Manifest manifest, List<ConfigUse> uses) {
        return uses.stream().map(manifest::nameOf).toList();
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}

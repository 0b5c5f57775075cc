package dev.wattle.control.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Manifests in a few words.
final class Apps {
    private Apps() {}

    static Manifest manifest(String name, String components) {
        String text = """
                apiVersion: core.oam.dev/v1beta1
                kind: Application
                metadata: {name: %s, annotations: {}}
                spec:
                  components:
                """.formatted(name) + components.indent(4);
        return ManifestParser.parse("test.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    static String component(String name, int instances, String spread) {
        return "- {name: %s, type: component, properties: {image: 'x:%s'}, traits: [{type: spreadscaler, properties: {instances: %d, spread: [%s]}}]}"
                .formatted(name, name, instances, spread);
    }

    static String spread(String label, int weight) {
        String[] parts = label.split("=", 2);
        return "{name: %s, requirements: {%s: '%s'}, weight: %d}".formatted(parts[1], parts[0], parts[1], weight);
    }

    static Desired deployed(Manifest... manifests) {
        SortedMap<AppName, Desired.App> apps = new TreeMap<>();
        for (Manifest manifest : manifests) {
            apps.put(manifest.name(), new Desired.App(manifest.name(), Optional.of(manifest), List.of()));
        }
        return new Desired(apps);
    }

    static Desired upgraded(Manifest old, Manifest now) {
        return new Desired(new TreeMap<>(
                java.util.Map.of(now.name(), new Desired.App(now.name(), Optional.of(now), List.of(old)))));
    }

    static Desired undeployed(Manifest manifest) {
        return new Desired(new TreeMap<>(java.util.Map.of(
                manifest.name(), new Desired.App(manifest.name(), Optional.empty(), List.of(manifest)))));
    }
}

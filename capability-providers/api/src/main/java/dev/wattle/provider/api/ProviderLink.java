package dev.wattle.provider.api;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A link as a provider sees it, with its configuration resolved. `toString` hides the values: they may be
/// secret.
public record ProviderLink(
        String source,
        String target,
        String name,
        String witNamespace,
        String witPackage,
        List<String> interfaces,
        SortedMap<String, String> sourceConfig,
        SortedMap<String, String> targetConfig) {
    public ProviderLink {
        interfaces = List.copyOf(interfaces);
        sourceConfig = Collections.unmodifiableSortedMap(new TreeMap<>(sourceConfig));
        targetConfig = Collections.unmodifiableSortedMap(new TreeMap<>(targetConfig));
    }

    @Override
    public String toString() {
        return source + " -" + name + "-> " + target + " " + witNamespace + ":" + witPackage + "/" + interfaces;
    }
}

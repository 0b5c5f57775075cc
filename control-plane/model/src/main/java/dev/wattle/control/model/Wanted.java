package dev.wattle.control.model;

import dev.wattle.control.model.Manifest.ConfigUse;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.Link;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;

/// What a manifest wants stored in the lattice: links and configuration under the lattice's names.
final class Wanted {
    private Wanted() {}

    /// A link and the workload whose trait it is.
    record OwnedLink(String workload, Link link) {}

    /// Configuration and the workload that brings it.
    record OwnedConfig(String workload, ConfigName name, SortedMap<String, String> values) {}

    /// One link for each source, target, name and package: hosts keep no two of them.
    static List<OwnedLink> links(Manifest manifest) {
        Map<List<Object>, OwnedLink> merged = new LinkedHashMap<>();
        for (Workload workload : manifest.workloads()) {
            for (Trait.LinkTo trait : workload.links()) {
                OwnedLink link = new OwnedLink(workload.name(), link(manifest, workload, trait));
                List<Object> key =
                        List.of(Step.LinkKey.of(link.link()), link.link().target());
                merged.merge(key, link, Wanted::join);
            }
        }
        return List.copyOf(merged.values());
    }

    private static Link link(Manifest manifest, Workload source, Trait.LinkTo trait) {
        Workload target = manifest.findWorkload(trait.target())
                .orElseThrow(() -> new IllegalArgumentException("no target of that name: " + trait.target()));
        return new Link(
                manifest.idOf(source),
                manifest.idOf(target),
                trait.name(),
                trait.namespace(),
                trait.packageName(),
                trait.interfaces(),
                Annotations.configNames(manifest, trait.sourceEnd().config()),
                Annotations.configNames(manifest, trait.targetEnd().config()));
    }

    private static OwnedLink join(OwnedLink first, OwnedLink second) {
        Link a = first.link();
        Link b = second.link();
        return new OwnedLink(
                first.workload(),
                new Link(
                        a.source(),
                        a.target(),
                        a.name(),
                        a.witNamespace(),
                        a.witPackage(),
                        union(a.interfaces(), b.interfaces()),
                        union(a.sourceConfig(), b.sourceConfig()),
                        union(a.targetConfig(), b.targetConfig())));
    }

    private static <T> List<T> union(List<T> first, List<T> second) {
        Set<T> all = new LinkedHashSet<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    /// Configuration that the manifest itself defines.
    static List<OwnedConfig> config(Manifest manifest) {
        Map<ConfigName, OwnedConfig> all = new LinkedHashMap<>();
        for (Workload workload : manifest.workloads()) {
            uses(workload)
                    .filter(use -> use.properties().isPresent())
                    .map(use -> new OwnedConfig(
                            workload.name(),
                            manifest.nameOf(use),
                            use.properties().get()))
                    .forEach(config -> all.putIfAbsent(config.name(), config));
        }
        return List.copyOf(all.values());
    }

    /// Configuration that a workload or its links need and that somebody else keeps.
    static List<ConfigName> externalConfig(Manifest manifest, Workload workload) {
        return uses(workload)
                .filter(use -> use.properties().isEmpty())
                .map(manifest::nameOf)
                .distinct()
                .toList();
    }

    private static Stream<ConfigUse> uses(Workload workload) {
        List<ConfigUse> uses = new ArrayList<>(workload.config());
        for (Trait.LinkTo link : workload.links()) {
            uses.addAll(link.sourceEnd().config());
            uses.addAll(link.targetEnd().config());
        }
        return uses.stream();
    }

    /// Equal but for the order of interfaces.
    static boolean same(Link a, Link b) {
        return a.source().equals(b.source())
                && a.target().equals(b.target())
                && Step.LinkKey.of(a).equals(Step.LinkKey.of(b))
                && Set.copyOf(a.interfaces()).equals(Set.copyOf(b.interfaces()))
                && a.sourceConfig().equals(b.sourceConfig())
                && a.targetConfig().equals(b.targetConfig());
    }
}

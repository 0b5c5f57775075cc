package dev.wattle.control.model;

import dev.wattle.control.model.Desired.App;
import dev.wattle.control.model.Step.LinkKey;
import dev.wattle.control.model.Wanted.OwnedConfig;
import dev.wattle.control.model.Wanted.OwnedLink;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What is to be done so that links and configuration are stored as wanted. What another hand changed is put
/// right; what no version of any application ever wanted is not touched.
final class StoredDifference {
    private final Desired desired;
    private final Observed observed;
    private final SortedMap<ConfigName, OwnedConfig> config = new TreeMap<>();
    private final List<Link> links = new ArrayList<>();

    StoredDifference(Desired desired, Observed observed) {
        this.desired = desired;
        this.observed = observed;
        for (App app : desired.apps().values()) {
            app.deployed().stream()
                    .flatMap(manifest -> Wanted.config(manifest).stream())
                    .forEach(each -> config.putIfAbsent(each.name(), each));
            app.deployed().stream()
                    .flatMap(manifest -> Wanted.links(manifest).stream())
                    .map(OwnedLink::link)
                    .forEach(links::add);
        }
    }

    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (App app : desired.apps().values()) {
            app.deployed().ifPresent(manifest -> {
                steps.addAll(putConfig(manifest));
                steps.addAll(putLinks(manifest));
            });
            steps.addAll(deleteLinks(app));
            steps.addAll(deleteConfig(app));
        }
        return steps;
    }

    /// Hosts write into the store, and somebody must listen: without one nothing can be done, and the scalers
    /// say so.
    private boolean nobody() {
        return observed.hosts().isEmpty();
    }

    private List<Step> putConfig(Manifest manifest) {
        List<Step> steps = new ArrayList<>();
        for (OwnedConfig wanted : Wanted.config(manifest)) {
            SortedMap<String, String> stored =
                    observed.config().getOrDefault(wanted.name(), Collections.emptySortedMap());
            boolean present = observed.config().containsKey(wanted.name());
            boolean first = wanted.equals(config.get(wanted.name()));
            if (first && !nobody() && !(present && stored.equals(wanted.values()))) {
                steps.add(new Step.PutConfig(
                        manifest.name(),
                        wanted.workload(),
                        wanted.name(),
                        wanted.values(),
                        present ? "its values are others than the manifest's" : "the lattice does not have it"));
            }
        }
        return steps;
    }

    private List<Step> putLinks(Manifest manifest) {
        List<Step> steps = new ArrayList<>();
        for (OwnedLink wanted : Wanted.links(manifest)) {
            Link link = wanted.link();
            if (nobody() || observed.links().stream().anyMatch(each -> Wanted.same(each, link))) {
                continue;
            }
            observed.links().stream()
                    .filter(each -> conflicts(each, link))
                    .findFirst()
                    .ifPresent(other -> steps.add(new Step.DeleteLink(
                            manifest.name(),
                            wanted.workload(),
                            LinkKey.of(other),
                            true,
                            "it leads to " + other.target() + ", should to " + link.target())));
            boolean drifted = observed.links().stream().anyMatch(each -> sameEnds(each, link));
            Optional<ConfigName> missing = missingConfig(link);
            if (missing.isPresent() && !config.containsKey(missing.get())) {
                // A host would refuse it; the workload waits for the same configuration and says so.
                continue;
            }
            steps.add(new Step.PutLink(
                    manifest.name(),
                    wanted.workload(),
                    link,
                    drifted
                            ? "its interfaces or configuration are others than the manifest's"
                            : "the lattice does not have it"));
        }
        return steps;
    }

    private Optional<ConfigName> missingConfig(Link link) {
        return Stream.concat(link.sourceConfig().stream(), link.targetConfig().stream())
                .filter(name -> !observed.config().containsKey(name))
                .findFirst();
    }

    private static boolean sameEnds(Link a, Link b) {
        return LinkKey.of(a).equals(LinkKey.of(b)) && a.target().equals(b.target());
    }

    /// Hosts refuse a link beside another one with the same key, a common interface and another target.
    private static boolean conflicts(Link stored, Link wanted) {
        return LinkKey.of(stored).equals(LinkKey.of(wanted))
                && !stored.target().equals(wanted.target())
                && !Collections.disjoint(stored.interfaces(), wanted.interfaces());
    }

    private List<Step> deleteLinks(App app) {
        List<Step> steps = new ArrayList<>();
        Set<LinkKey> deleted = new HashSet<>();
        for (Manifest old : app.retired()) {
            for (OwnedLink gone : Wanted.links(old)) {
                Link link = gone.link();
                boolean stored = observed.links().stream().anyMatch(each -> sameEnds(each, link));
                boolean wanted = links.stream().anyMatch(each -> sameEnds(each, link) || conflicts(link, each));
                if (stored && !wanted && !nobody() && deleted.add(LinkKey.of(link))) {
                    steps.add(
                            new Step.DeleteLink(app.name(), gone.workload(), LinkKey.of(link), false, goneReason(app)));
                }
            }
        }
        return steps;
    }

    private List<Step> deleteConfig(App app) {
        List<Step> steps = new ArrayList<>();
        Set<ConfigName> deleted = new TreeSet<>();
        for (Manifest old : app.retired()) {
            for (OwnedConfig gone : Wanted.config(old)) {
                boolean stored = observed.config().containsKey(gone.name());
                boolean wanted = config.containsKey(gone.name());
                if (stored && !wanted && !nobody() && deleted.add(gone.name())) {
                    steps.add(new Step.DeleteConfig(app.name(), gone.workload(), gone.name(), goneReason(app)));
                }
            }
        }
        return steps;
    }

    private static String goneReason(App app) {
        return app.deployed().isEmpty()
                ? "application " + app.name() + " is not deployed"
                : "the deployed version does not contain it";
    }
}

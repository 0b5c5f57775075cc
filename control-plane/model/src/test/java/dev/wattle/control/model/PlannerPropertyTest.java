package dev.wattle.control.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/// What holds for any lattice and any applications.
final class PlannerPropertyTest {
    private static final List<String> LABELS = List.of("zone=eu", "zone=us", "disk=fast");

    private static FakeLattice lattice(Gen gen) {
        var lattice = new FakeLattice();
        for (int i = gen.intBetween(1, 6); i > 0; i--) {
            lattice.host(
                    "host" + (char) ('a' + i), gen.list(2, g -> g.oneOf(LABELS)).toArray(String[]::new));
        }
        return lattice;
    }

    private static Manifest app(Gen gen, String name) {
        var components = new ArrayList<String>();
        int count = gen.intBetween(1, 4);
        for (int i = 0; i < count; i++) {
            String spread = String.join(",", gen.list(3, g -> Apps.spread(g.oneOf(LABELS), g.intBetween(1, 100))));
            String line = Apps.component("c" + i, gen.intBetween(0, 9), spread);
            if (gen.bool()) {
                line = line.replace("type: component", "type: capability");
            }
            if (gen.intBetween(0, 3) == 0) {
                line = line.replace("spreadscaler", "daemonscaler");
            }
            if (gen.intBetween(0, 2) == 0) {
                line = line.replace(
                        "'}, traits: [",
                        "', config: [{name: k%d, properties: {a: '%d'}}]}, traits: ["
                                .formatted(i, gen.intBetween(0, 2)));
            }
            if (gen.bool()) {
                line = line.replace(
                        "traits: [",
                        "traits: [{type: link, properties: {target: {name: c%d}, namespace: wasi, package: http, interfaces: [incoming-handler]}}, "
                                .formatted(gen.intBetween(0, count - 1)));
            }
            components.add(line);
        }
        return Apps.manifest(name, String.join("\n", components));
    }

    @Test
    void plans_lead_to_an_empty_plan_and_repeat_themselves() {
        Gen.check(120, gen -> {
            FakeLattice lattice = lattice(gen);
            for (int change = 0; change < 4; change++) {
                Manifest first = app(gen, "first");
                Manifest second = app(gen, "second");
                Desired desired = Apps.deployed(first, second);
                assertThat(Planner.plan(desired, lattice.observed()))
                        .isEqualTo(Planner.plan(desired, lattice.observed()));
                lattice.converge(desired);
                assertThat(Planner.plan(desired, lattice.observed()).actions()).isEmpty();
                checkCounts(lattice, first);
                checkCounts(lattice, second);
                disturb(gen, lattice);
            }
        });
    }

    private static void disturb(Gen gen, FakeLattice lattice) {
        if (gen.bool() && lattice.hosts.size() > 1) {
            lattice.hosts.remove(gen.oneOf(List.copyOf(lattice.hosts.keySet())));
        }
        if (gen.bool()) {
            lattice.host("late" + gen.intBetween(2, 5), gen.oneOf(LABELS));
        }
        if (gen.bool() && !lattice.links.isEmpty()) {
            lattice.links.removeFirst();
        }
        lattice.hosts.values().forEach(host -> host.cordoned = gen.intBetween(0, 4) == 0);
    }

    /// Without shortages exactly as many as wanted; never more.
    private static void checkCounts(FakeLattice lattice, Manifest manifest) {
        Desired desired = Apps.deployed(manifest);
        Plan plan = Planner.plan(desired, lattice.observed());
        for (Workload workload : manifest.workloads()) {
            boolean waits =
                    plan.steps().stream().anyMatch(step -> step.workload().equals(workload.name()));
            if (workload.scaler().orElseThrow() instanceof Trait.SpreadScaler scaler && !waits) {
                assertThat(lattice.total(manifest.idOf(workload).value()))
                        .as("%s on %s: %s", workload, lattice.observed(), plan)
                        .isEqualTo(scaler.instances());
            }
        }
    }

    @Test
    void one_spread_is_even_within_one_and_never_exceeds() {
        Gen.check(120, gen -> {
            FakeLattice lattice = lattice(gen);
            String label = gen.oneOf(LABELS);
            int before = gen.intBetween(0, 12);
            int instances = gen.intBetween(0, 12);
            lattice.converge(Apps.deployed(Apps.manifest("app", Apps.component("c", before, Apps.spread(label, 1)))));
            Manifest manifest = Apps.manifest("app", Apps.component("c", instances, Apps.spread(label, 1)));
            lattice.converge(Apps.deployed(manifest));
            String[] parts = label.split("=", 2);
            List<String> eligible = lattice.hosts.values().stream()
                    .filter(host -> parts[1].equals(host.labels.get(parts[0])))
                    .map(host -> host.name)
                    .toList();
            SortedMap<String, Integer> running = lattice.running("app-c");
            assertThat(lattice.total("app-c")).isEqualTo(eligible.isEmpty() ? 0 : instances);
            List<Integer> counts =
                    eligible.stream().map(host -> running.getOrDefault(host, 0)).toList();
            if (!counts.isEmpty()) {
                assertThat(counts.stream().mapToInt(Integer::intValue).max().orElseThrow()
                                - counts.stream()
                                        .mapToInt(Integer::intValue)
                                        .min()
                                        .orElseThrow())
                        .isLessThanOrEqualTo(1);
            }
        });
    }

    @Test
    void undeploying_from_any_state_leaves_nothing_of_the_application() {
        Gen.check(150, gen -> {
            FakeLattice lattice = lattice(gen);
            Manifest manifest = app(gen, "app");
            lattice.converge(Apps.deployed(manifest));
            disturb(gen, lattice);
            lattice.converge(Apps.undeployed(manifest));
            assertThat(lattice.links).isEmpty();
            assertThat(lattice.config).isEmpty();
            assertThat(lattice.hosts.values()).allSatisfy(host -> {
                assertThat(host.components).isEmpty();
                assertThat(host.providers).isEmpty();
            });
        });
    }
}

package dev.wattle.control.model;

import static dev.wattle.control.model.Apps.component;
import static dev.wattle.control.model.Apps.deployed;
import static dev.wattle.control.model.Apps.manifest;
import static dev.wattle.control.model.Apps.spread;
import static dev.wattle.control.model.Apps.undeployed;
import static dev.wattle.control.model.Apps.upgraded;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.HostInventory.ComponentDescription;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.LinkName;
import dev.wattle.lattice.protocol.WorkloadId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlannerTest {
    private final FakeLattice lattice = new FakeLattice();

    private static Manifest demo() throws Exception {
        Path file = Path.of(System.getProperty("wattle.home", "../.."), "wadm-manifests", "payments.yaml");
        return ManifestParser.parse("payments.yaml", Files.readAllBytes(file));
    }

    @Test
    void the_demo_runs_where_it_should() throws Exception {
        runDemo();
    }

    private void runDemo() throws Exception {
        lattice.host("one", "edge=true");
        lattice.host("two", "worker=true");
        lattice.host("ten", "worker=true");
        lattice.converge(deployed(demo()));
        assertThat(lattice.running("payments-gateway")).isEqualTo(Map.of("one", 100));
        assertThat(lattice.running("payments-http_server")).isEqualTo(Map.of("one", 1));
        assertThat(lattice.running("payments-processor")).isEqualTo(Map.of("two", 1, "ten", 1));
        assertThat(lattice.running("payments-converter")).isEqualTo(Map.of("two", 1, "ten", 1));
        assertThat(lattice.links).hasSize(4);
        assertThat(lattice.config)
                .containsExactly(Map.entry(
                        new ConfigName("payments-rates"), new TreeMap<>(Map.of("USD_EUR", "0.92", "EUR_USD", "1.09"))));
        assertThat(Planner.plan(deployed(demo()), lattice.observed()).done()).isTrue();
    }

    @Test
    void the_share_of_a_dead_host_goes_to_those_that_are_left() throws Exception {
        runDemo();
        lattice.hosts.remove("ten");
        lattice.converge(deployed(demo()));
        assertThat(lattice.running("payments-processor")).isEqualTo(Map.of("two", 2));
        lattice.host("six", "worker=true");
        lattice.converge(deployed(demo()));
        assertThat(lattice.running("payments-processor")).isEqualTo(Map.of("two", 1, "six", 1));
    }

    @Test
    void steps_come_in_order_with_reasons() throws Exception {
        lattice.host("one", "edge=true", "worker=true");
        Plan plan = Planner.plan(deployed(demo()), lattice.observed());
        assertThat(plan.steps()).map(Step::phase).isSorted();
        assertThat(plan.steps())
                .extracting(step -> step.getClass().getSimpleName())
                .containsExactly(
                        "PutConfig",
                        "PutLink",
                        "PutLink",
                        "PutLink",
                        "PutLink",
                        "ScaleComponent",
                        "ScaleComponent",
                        "ScaleComponent",
                        "StartProvider");
        assertThat(plan.steps())
                .map(Step::reason)
                .contains("runs 0 times on one, should 2", "does not run on one", "the lattice does not have it");
    }

    @ParameterizedTest
    @CsvSource({"5, 80, 20, 4, 1", "3, 50, 50, 2, 1", "10, 33, 67, 3, 7", "1, 1, 99, 0, 1", "7, 0, 100, 0, 7"})
    void weights_divide_as_in_wadm(int instances, int first, int second, int expectedFirst, int expectedSecond) {
        lattice.host("a", "zone=eu");
        lattice.host("b", "zone=us");
        lattice.converge(deployed(manifest(
                "app", component("c", instances, spread("zone=eu", first) + "," + spread("zone=us", second)))));
        assertThat(lattice.running("app-c").getOrDefault("a", 0)).isEqualTo(expectedFirst);
        assertThat(lattice.running("app-c").getOrDefault("b", 0)).isEqualTo(expectedSecond);
    }

    @Test
    void a_spread_is_even_over_its_hosts_and_moves_little() {
        lattice.host("a");
        lattice.host("b");
        Desired desired = deployed(manifest("app", component("c", 5, "")));
        lattice.converge(desired);
        assertThat(lattice.running("app-c")).isEqualTo(Map.of("a", 3, "b", 2));
        lattice.host("c");
        lattice.converge(desired);
        assertThat(lattice.running("app-c")).isEqualTo(Map.of("a", 2, "b", 2, "c", 1));
    }

    @Test
    void the_least_loaded_host_is_taken_then_the_first_by_name() {
        lattice.host("a");
        lattice.host("b");
        lattice.converge(deployed(manifest("app", component("c", 1, "") + "\n" + component("d", 1, ""))));
        assertThat(lattice.running("app-c")).isEqualTo(Map.of("a", 1));
        assertThat(lattice.running("app-d")).isEqualTo(Map.of("b", 1));
    }

    @Test
    void what_runs_stays_where_it_is() {
        lattice.host("b");
        Desired desired = deployed(manifest("app", component("c", 1, "")));
        lattice.converge(desired);
        lattice.host("a");
        assertThat(Planner.plan(desired, lattice.observed()).done()).isTrue();
    }

    @Test
    void what_cannot_be_done_is_said_in_a_sentence() {
        Desired desired = deployed(manifest("app", component("c", 2, spread("zone=eu-1", 1))));
        assertThat(status(desired)).isEqualTo("WAITING c: waiting: no host has joined the lattice");
        lattice.host("a");
        assertThat(status(desired)).isEqualTo("WAITING c: waiting: no host has label zone=eu-1");
        var host = lattice.host("b", "zone=eu-1");
        host.cordoned = true;
        assertThat(status(desired)).isEqualTo("WAITING c: waiting: every host that fits is cordoned");
        host.cordoned = false;
        host.refusals.put(new WorkloadId("app-c"), "no such image; next try in 4 s");
        assertThat(status(desired)).isEqualTo("FAILED c: failed: host b: no such image; next try in 4 s");
        host.refusals.clear();
        assertThat(status(desired)).isEqualTo("RECONCILING c: 0 of 2 run; runs 0 times on b, should 2");
        lattice.converge(desired);
        assertThat(status(desired)).isEqualTo("DEPLOYED ");
    }

    private String status(Desired desired) {
        var app = desired.apps().get(desired.apps().firstKey());
        AppStatus status = AppStatus.of(Objects.requireNonNull(app), Planner.plan(desired, lattice.observed()));
        return status.type() + " " + status.message();
    }

    @Test
    void providers_run_once_on_each_of_their_hosts() {
        lattice.host("a");
        lattice.host("b");
        Manifest manifest = manifest("app", """
                - {name: p, type: capability, properties: {image: x}, traits: [{type: spreadscaler, properties: {instances: 3}}]}
                - {name: q, type: capability, properties: {image: x}}
                - {name: r, type: capability, properties: {image: x}, traits: [{type: daemonscaler, properties: {instances: 5}}]}
                - {name: never, type: component, properties: {image: x}}
                """);
        lattice.converge(deployed(manifest));
        assertThat(lattice.running("app-p")).isEqualTo(Map.of("a", 1, "b", 1));
        assertThat(lattice.total("app-q")).isEqualTo(1);
        assertThat(lattice.running("app-r")).isEqualTo(Map.of("a", 1, "b", 1));
        assertThat(lattice.total("app-never")).isZero();
        assertThat(status(deployed(manifest)))
                .isEqualTo("WAITING p: waiting: needs 3 hosts, one for each instance; there are 2");
    }

    @Test
    void a_daemonscaler_runs_its_count_on_each_host_that_fits() {
        lattice.host("a", "edge=true");
        lattice.host("b");
        Manifest manifest = manifest(
                "app",
                "- {name: c, type: component, properties: {image: x}, traits: [{type: daemonscaler, properties: {instances: 3, spread: [{name: e, requirements: {edge: 'true'}}]}}]}");
        lattice.converge(deployed(manifest));
        assertThat(lattice.running("app-c")).isEqualTo(Map.of("a", 3));
        lattice.host("c", "edge=true");
        lattice.converge(deployed(manifest));
        assertThat(lattice.running("app-c")).isEqualTo(Map.of("a", 3, "c", 3));
    }

    @Test
    void a_handler_runs_beside_its_http_provider_when_labels_allow() {
        for (String name : List.of("a", "b", "c")) {
            lattice.host(name);
        }
        lattice.known("c").labels.put("front", "true");
        Manifest manifest = manifest("app", """
                - {name: busy, type: component, properties: {image: x}, traits: [{type: spreadscaler, properties: {instances: 30}}]}
                - {name: web, type: component, properties: {image: x}, traits: [{type: spreadscaler, properties: {instances: 1}}]}
                - name: http
                  type: capability
                  properties: {image: x}
                  traits:
                    - {type: spreadscaler, properties: {instances: 1, spread: [{name: f, requirements: {front: 'true'}}]}}
                    - {type: link, properties: {target: {name: web}, namespace: wasi, package: http, interfaces: [incoming-handler]}}
                """);
        lattice.converge(deployed(manifest));
        assertThat(lattice.running("app-web")).isEqualTo(Map.of("c", 1));
    }

    @Test
    void workloads_of_users_are_never_touched() {
        var host = lattice.host("a");
        var foreign = new ComponentDescription(
                new WorkloadId("app-c"), "mine", Optional.empty(), new TreeMap<>(), 0, 1, Optional.empty());
        host.components.put(foreign.id(), foreign);
        var other = new ComponentDescription(
                new WorkloadId("hand-made"), "mine", Optional.empty(), new TreeMap<>(), 0, 1, Optional.empty());
        host.components.put(other.id(), other);
        var lost = new ComponentDescription(
                new WorkloadId("lost-c"),
                "x",
                Optional.empty(),
                Annotations.of(new AppName("lost"), "1", "s"),
                0,
                1,
                Optional.empty());
        host.components.put(lost.id(), lost);
        lattice.links.add(link("app-c", "hand-made", "by-hand"));
        lattice.config.put(new ConfigName("by-hand"), new TreeMap<>());
        Desired desired = deployed(manifest("app", component("c", 1, "")));
        assertThat(Planner.plan(desired, lattice.observed()).actions()).isEmpty();
        assertThat(status(desired)).contains("that this application does not own");
        assertThat(Planner.plan(undeployed(manifest("app", component("c", 1, ""))), lattice.observed())
                        .done())
                .isTrue();
    }

    private static Link link(String source, String target, String name) {
        return new Link(
                new WorkloadId(source),
                new WorkloadId(target),
                new LinkName(name),
                "a",
                "b",
                List.of("c"),
                List.of(),
                List.of());
    }

    @Test
    void undeploying_leaves_nothing_behind() throws Exception {
        lattice.host("one", "edge=true", "worker=true");
        lattice.converge(deployed(demo(), manifest("other", component("c", 1, ""))));
        lattice.converge(undeployed(demo()));
        assertThat(lattice.links).isEmpty();
        assertThat(lattice.config).isEmpty();
        assertThat(lattice.known("one").components.keySet()).containsExactly(new WorkloadId("other-c"));
        assertThat(lattice.known("one").providers).isEmpty();
    }

    @Test
    void links_and_configuration_that_drifted_are_put_right() throws Exception {
        lattice.host("one", "edge=true", "worker=true");
        lattice.converge(deployed(demo()));
        List<Link> good = List.copyOf(lattice.links);
        var config = new TreeMap<>(lattice.config);
        Link first = good.getFirst();
        lattice.links.set(
                0,
                new Link(
                        first.source(),
                        new WorkloadId("elsewhere"),
                        first.name(),
                        first.witNamespace(),
                        first.witPackage(),
                        first.interfaces(),
                        List.of(),
                        List.of()));
        lattice.links.remove(1);
        lattice.config.put(new ConfigName("payments-rates"), new TreeMap<>(Map.of("USD_EUR", "2")));
        lattice.converge(deployed(demo()));
        assertThat(lattice.links).containsExactlyInAnyOrderElementsOf(good);
        assertThat(lattice.config).isEqualTo(config);
    }

    @Test
    void an_upgrade_starts_the_new_before_it_stops_the_old() {
        lattice.host("a");
        Manifest old = manifest("app", component("c", 2, ""));
        Manifest now = manifest("app", component("d", 2, ""));
        lattice.converge(deployed(old));
        Plan first = Planner.plan(upgraded(old, now), lattice.observed());
        assertThat(first.actions())
                .singleElement()
                .satisfies(step -> assertThat(((Step.ScaleComponent) step).id()).isEqualTo(new WorkloadId("app-d")));
        lattice.converge(upgraded(old, now));
        assertThat(lattice.total("app-c")).isZero();
        assertThat(lattice.total("app-d")).isEqualTo(2);
    }

    @Test
    void another_image_under_the_same_id_takes_its_place() {
        lattice.host("a");
        Manifest old = manifest("app", component("c", 2, ""));
        lattice.converge(deployed(old));
        Manifest now = old.withImages(image -> "y");
        lattice.converge(upgraded(old, now));
        assertThat(lattice.known("a").imageOf("app-c")).isEqualTo("y");
    }

    @Test
    void two_applications_do_not_fight_over_an_id() {
        lattice.host("a");
        String both =
                "- {name: c, type: component, properties: {image: x, id: same}, traits: [{type: spreadscaler, properties: {instances: 1}}]}";
        Desired desired = deployed(manifest("first", both), manifest("second", both));
        lattice.converge(desired);
        assertThat(Planner.plan(desired, lattice.observed()).steps())
                .singleElement()
                .satisfies(step -> assertThat(step.reason()).isEqualTo("its id same belongs to application first"));
    }

    @Test
    void configuration_that_somebody_else_keeps_is_waited_for() {
        lattice.host("a");
        Desired desired = deployed(
                manifest(
                        "app",
                        "- {name: c, type: component, properties: {image: x, config: [{name: theirs}]}, traits: [{type: spreadscaler, properties: {instances: 1}}]}"));
        assertThat(status(desired)).isEqualTo("WAITING c: waiting: the lattice has no configuration theirs");
        lattice.config.put(new ConfigName("theirs"), new TreeMap<>());
        lattice.converge(desired);
        assertThat(lattice.total("app-c")).isEqualTo(1);
    }

    @Test
    void nothing_is_asked_of_a_suspected_host_and_nothing_moves_away() {
        lattice.host("a");
        lattice.host("b");
        Desired desired = deployed(manifest("app", component("c", 2, "")));
        lattice.converge(desired);
        lattice.known("b").suspected = true;
        assertThat(Planner.plan(desired, lattice.observed()).done()).isTrue();
        Desired more = deployed(manifest("app", component("c", 4, "")));
        assertThat(Planner.plan(more, lattice.observed()).actions())
                .allSatisfy(step -> assertThat(step.findHost()).contains(FakeLattice.idOf("a")));
    }
}

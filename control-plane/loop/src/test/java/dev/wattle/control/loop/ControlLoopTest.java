package dev.wattle.control.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppStatus;
import dev.wattle.control.model.LeaseRecord;
import dev.wattle.control.model.Manifest;
import dev.wattle.testkit.Gen;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ControlLoopTest {
    private final World world = new World();
    private static final Manifest APP = World.manifest(
            "app",
            World.component("c", 4),
            "{name: p, type: capability, properties: {image: y, config: [{name: k, properties: {a: b}}]}, traits: [{type: link, properties: {target: {name: c}, namespace: wasi, package: http, interfaces: [incoming-handler]}}]}");

    private World.Plane running(String... hosts) {
        for (String host : hosts) {
            world.host(host);
        }
        World.Plane plane = world.plane("one");
        world.deploy(APP);
        world.runUntil(10_000, () -> deployed(plane));
        return plane;
    }

    private boolean deployed(World.Plane plane) {
        AppStatus status = plane.statuses.get(new AppName("app"));
        return status != null && status.type() == AppStatus.Type.DEPLOYED;
    }

    private int total() {
        return world.hosts.values().stream()
                .filter(host -> host.alive)
                .mapToInt(host -> host.count("app-c"))
                .sum();
    }

    @Test
    void an_application_is_deployed_in_order() {
        World.Plane plane = running("a", "b");
        assertThat(world.known("a").count("app-c")).isEqualTo(2);
        assertThat(world.known("b").count("app-c")).isEqualTo(2);
        assertThat(world.executed)
                .extracting(line -> line.split(" ")[1])
                .containsExactly("PutConfig", "PutLink", "ScaleComponent", "ScaleComponent", "StartProvider");
        int before = world.executed.size();
        world.runFor(60_000);
        assertThat(world.executed).as("nothing more to do").hasSize(before);
        assertThat(plane.notes).noneMatch(note -> note.contains("suspected"));
    }

    @Test
    void a_killed_host_is_noticed_within_three_seconds_and_its_share_runs_elsewhere() {
        running("a", "b", "d");
        world.known("d").alive = false;
        long millis = world.runUntil(3_000, () -> total() == 4);
        assertThat(millis).as("no responders answer at once").isLessThan(2_000);
        assertThat(world.known("a").count("app-c")).isEqualTo(2);
    }

    @Test
    void a_frozen_host_is_dead_within_three_seconds() {
        running("a", "b");
        world.known("b").frozen = true;
        world.runUntil(3_100, () -> world.known("a").count("app-c") == 4);
        world.known("b").frozen = false;
        world.runUntil(3_000, () -> world.known("a").count("app-c") == 2);
        assertThat(world.known("b").count("app-c")).isEqualTo(2);
    }

    @Test
    void a_host_that_answers_though_its_beats_are_lost_lives() {
        World.Plane plane = running("a", "b");
        world.known("b").frozen = true;
        world.runFor(1_300);
        world.known("b").frozen = false;
        world.runFor(10_000);
        assertThat(plane.notes).anyMatch(note -> note.contains("host.suspected"));
        assertThat(plane.notes).noneMatch(note -> note.contains("host.gone"));
    }

    @Test
    void without_nats_nothing_is_dead_and_nothing_is_done() {
        World.Plane plane = running("a", "b");
        int before = world.executed.size();
        world.connection(false);
        world.runFor(60_000);
        assertThat(world.executed).hasSize(before);
        world.connection(true);
        world.runFor(30_000);
        assertThat(world.executed).as("%s", plane.notes).hasSize(before);
        assertThat(plane.notes).noneMatch(note -> note.contains("host.gone"));
    }

    @Test
    void a_host_that_did_not_come_back_with_nats_is_dead_after_the_grace() {
        running("a", "b");
        world.connection(false);
        world.known("b").alive = false;
        world.runFor(10_000);
        world.connection(true);
        world.runFor(4_000);
        assertThat(world.known("a").count("app-c")).isEqualTo(2);
        world.runUntil(6_000, () -> world.known("a").count("app-c") == 4);
    }

    @Test
    void a_control_plane_that_stood_still_declares_nobody_dead() {
        World.Plane plane = running("a", "b");
        int before = world.executed.size();
        plane.paused = true;
        world.runFor(8_000);
        plane.paused = false;
        world.runFor(20_000);
        assertThat(plane.notes).anyMatch(note -> note.contains("stood-still"));
        assertThat(plane.notes).noneMatch(note -> note.contains("host.gone"));
        assertThat(world.executed).hasSize(before);
    }

    @Test
    void a_restarted_control_plane_touches_nothing_that_runs() {
        World.Plane first = running("a", "b");
        int before = world.executed.size();
        first.alive = false;
        World.Plane second = world.plane("two");
        world.runUntil(10_000, () -> deployed(second));
        world.runFor(10_000);
        assertThat(world.executed).hasSize(before);
        assertThat(world.lease.orElseThrow()).satisfies(lease -> {
            assertThat(lease.leader()).isEqualTo("two");
            assertThat(lease.epoch()).isEqualTo(2);
        });
    }

    @Test
    void one_of_two_leads_and_the_other_takes_over_within_two_seconds() {
        World.Plane first = running("a", "b");
        World.Plane second = world.plane("two");
        world.runFor(20_000);
        assertThat(second.notes).noneMatch(note -> note.contains("lease.won"));
        assertThat(deployed(second)).as("it keeps the picture too").isTrue();
        first.alive = false;
        world.runUntil(2_000, () -> second.notes.stream().anyMatch(note -> note.contains("lease.won epoch=2")));
        world.known("b").alive = false;
        world.runUntil(3_000, () -> total() == 4);
    }

    @Test
    void a_leader_that_was_away_finds_itself_replaced_before_it_acts() {
        World.Plane first = running("a", "b");
        World.Plane second = world.plane("two");
        world.runFor(3_000);
        first.paused = true;
        world.runFor(5_000);
        world.deploy(World.manifest("app", World.component("c", 6)));
        world.runUntil(3_000, () -> total() == 6);
        world.runFor(3_000);
        int before = world.executed.size();
        first.paused = false;
        world.runFor(10_000);
        assertThat(world.executed).hasSize(before);
        assertThat(world.lease.orElseThrow().leader()).isEqualTo("two");
        assertThat(second.notes).noneMatch(note -> note.contains("lease.lost"));
    }

    @Test
    void an_epoch_is_above_every_one_that_hosts_report() {
        world.host("a").epoch = 41;
        world.plane("one");
        world.runFor(3_000);
        assertThat(world.lease).map(LeaseRecord::epoch).contains(42L);
    }

    @Test
    void a_leader_that_ends_hands_over_at_once() {
        World.Plane first = running("a");
        World.Plane second = world.plane("two");
        world.runFor(3_000);
        first.later(new ControlEvent.Ending());
        world.after(10, () -> first.alive = false);
        world.runUntil(300, () -> second.notes.stream().anyMatch(note -> note.contains("lease.won")));
    }

    @Test
    void a_host_that_refuses_gets_growing_pauses_and_others_take_over() {
        world.host("a");
        world.host("b").refusing = "disk full";
        World.Plane plane = world.plane("one");
        world.deploy(World.manifest("app", World.component("c", 4)));
        world.runUntil(10_000, () -> world.known("a").count("app-c") == 4);
        world.runFor(120_000);
        List<String> failures = plane.notes.stream()
                .filter(note -> note.contains("step.failed"))
                .toList();
        assertThat(failures).hasSizeBetween(6, 12);
        assertThat(failures.getLast()).contains("pauseMillis=30000").contains("disk full");
        assertThat(world.known("a").count("app-c"))
                .as("nothing is taken away for it")
                .isEqualTo(4);
        world.known("b").refusing = "";
        world.runUntil(40_000, () -> world.known("b").count("app-c") == 2);
        world.runUntil(1_000, () -> world.known("a").count("app-c") == 2);
    }

    @Test
    void what_nobody_can_start_is_failed_with_the_reason() {
        world.host("a").refusing = "no such image";
        World.Plane plane = world.plane("one");
        world.deploy(World.manifest("app", World.component("c", 1)));
        world.runUntil(10_000, () -> {
            AppStatus status = plane.statuses.get(new AppName("app"));
            return status != null
                    && status.type() == AppStatus.Type.FAILED
                    && status.message().contains("no such image");
        });
    }

    @Test
    void a_deleted_application_leaves_nothing_and_is_forgotten() {
        World.Plane plane = running("a", "b");
        world.put(world.stored("app").deleting());
        world.runUntil(
                5_000,
                () -> total() == 0
                        && world.config.isEmpty()
                        && world.links.values().stream().allMatch(List::isEmpty)
                        && world.stored("app").leftovers().isEmpty());
        assertThat(Objects.requireNonNull(plane.statuses.get(new AppName("app")))
                        .type())
                .isEqualTo(AppStatus.Type.UNDEPLOYED);
    }

    @Test
    void a_host_that_comes_back_late_with_a_deleted_application_is_cleaned() {
        running("a", "b");
        world.known("b").frozen = true;
        world.runUntil(4_000, () -> world.known("a").count("app-c") == 4);
        world.put(world.stored("app").deleting());
        world.runFor(10_000);
        assertThat(world.known("b").count("app-c")).isEqualTo(2);
        world.known("b").frozen = false;
        world.runUntil(3_000, () -> world.known("b").count("app-c") == 0);
    }

    @Test
    void whatever_happens_it_converges_once_it_ends() {
        Gen.check(40, gen -> {
            var any = new World();
            List<String> names = List.of("a", "b", "d");
            names.forEach(any::host);
            any.plane("one");
            any.plane("two");
            any.deploy(World.manifest("app", World.component("c", 5)));
            for (int i = 0; i < 12; i++) {
                World.FakeHost host = any.known(gen.oneOf(names));
                switch (gen.intBetween(0, 5)) {
                    case 0 -> host.alive = !host.alive;
                    case 1 -> host.frozen = !host.frozen;
                    case 2 -> any.connection(!any.nats);
                    case 3 -> Objects.requireNonNull(any.planes.get(gen.oneOf(List.of("one", "two")))).paused ^= true;
                    case 4 -> host.refusing = gen.bool() ? "no" : "";
                    default -> any.deploy(World.manifest("app", World.component("c", gen.intBetween(1, 9))));
                }
                any.runFor(gen.intBetween(10, 5_000));
            }
            any.deploy(World.manifest("app", World.component("c", 6)));
            any.connection(true);
            any.planes.values().forEach(plane -> plane.paused = false);
            any.hosts.values().forEach(host -> {
                host.alive = true;
                host.frozen = false;
                host.refusing = "";
            });
            any.runUntil(60_000, () -> any.hosts.values().stream().allMatch(host -> host.count("app-c") == 2));
            any.runFor(5_000);
            assertThat(any.hosts.values()).allMatch(host -> host.count("app-c") == 2);
            assertThat(Optional.of(any.lease)).isPresent();
        });
    }
}

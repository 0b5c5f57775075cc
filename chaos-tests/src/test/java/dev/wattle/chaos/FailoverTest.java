package dev.wattle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.chaos.Failover.Figures;
import dev.wattle.chaos.LatticeUnderTest.Killed;
import dev.wattle.chaos.LatticeView.Running;
import dev.wattle.chaos.SteadyLoad.Kind;
import dev.wattle.control.model.AppStatus;
import dev.wattle.testkit.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills real processes of a lattice under load, and looks at what clients notice and how soon all is well
/// again.
@Tag("e2e")
final class FailoverTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Calls that wait for a lattice which is gone hold their threads for the whole deadline: only so few of
    /// them that the others find one.
    private static final int FEW_PAYMENTS = 40;

    @TempDir
    private Path folder = Path.of("");

    private static void say(String text) {
        System.out.println("failover: " + text);
    }

    @Test
    void a_host_is_killed_while_another_runs_replicas() throws Exception {
        try (var lattice = LatticeUnderTest.in(folder)) {
            lattice.succeed(lattice.up("-d"));
            try (var view = LatticeView.of(lattice);
                    var load = Failover.loadOnDeployed(lattice, view)) {
                assertThat(view.replicas("converter")).isEqualTo(2);
                assertThat(view.replicas("processor")).isEqualTo(2);
                Figures figures = Failover.killHost(lattice, view, Failover.hostOfBoth(view), load);
                say("one of two hosts: " + figures);
                Failover.requireOnlyCallsInFlightFailed(figures);
                assertThat(view.answering()).hasSize(2);
            }
        }
    }

    @Test
    void the_only_host_with_a_component_is_killed() throws Exception {
        try (var lattice = LatticeUnderTest.in(folder)) {
            lattice.succeed(lattice.up("-d", "--no-demo"));
            try (var view = LatticeView.of(lattice)) {
                Failover.deployOneReplica(lattice, view);
                try (var load = Failover.load(lattice, Failover.EVERY_SECOND)) {
                    Figures figures = Failover.killHost(lattice, view, Failover.hostOfBoth(view), load);
                    say("the only host: " + figures);
                    Failover.requireBackInTime(figures, Failover.BACK_WHEN_BUSY);
                }
            }
        }
    }

    @Test
    void the_control_plane_is_killed_and_comes_back() throws Exception {
        try (var lattice = LatticeUnderTest.in(folder)) {
            lattice.succeed(lattice.up("-d"));
            try (var view = LatticeView.of(lattice);
                    var load = Failover.loadOnDeployed(lattice, view)) {
                List<Running> before = view.running();
                Map<String, ProcessHandle> processes = lattice.members();

                Killed killed = lattice.kill("control-plane");
                LatticeUnderTest.awaitEnd(List.of(processes.get("control-plane")));
                Failover.awaitCalm(load);
                assertThat(view.running()).isEqualTo(before);
                long restart = System.currentTimeMillis();
                lattice.restart(killed);
                long leads = Failover.awaitLog(lattice, "lease.won", "", restart);
                Eventually.within(SOON, () -> assertThat(view.status()).isEqualTo(AppStatus.Type.DEPLOYED));
                Failover.awaitEndOf(load, System.nanoTime());
                Failover.awaitCalm(load);
                var quiet = LoadReport.since(killed.nanos(), load.samples());
                say("control plane: leads " + (leads - restart) + " ms after its start; " + quiet);
                assertThat(quiet.failed()).isEmpty();
                assertThat(view.running()).isEqualTo(before);
                assertThat(Failover.find(lattice, "step.started", "", restart)).isEmpty();
                requireSameProcesses(lattice, processes, "control-plane");

                Figures figures = Failover.killHost(lattice, view, Failover.hostOfBoth(view), load);
                say("one of two hosts, with the new control plane: " + figures);
                Failover.requireOnlyCallsInFlightFailed(figures);
            }
        }
    }

    /// The converter runs beside the gateway: conversions never leave their host, payments do.
    @Test
    void the_nats_server_is_killed_and_comes_back() throws Exception {
        try (var lattice = LatticeUnderTest.in(folder)) {
            lattice.succeed(lattice.up("-d", "--no-demo"));
            try (var view = LatticeView.of(lattice)) {
                Failover.deployLocalConverter(lattice, view);
                try (var load = Failover.load(lattice, FEW_PAYMENTS)) {
                    natsOutage(lattice, view, load);
                }
            }
        }
    }

    private static void natsOutage(LatticeUnderTest lattice, LatticeView view, SteadyLoad load) throws Exception {
        List<Running> before = view.running();
        Map<String, ProcessHandle> processes = lattice.members();

        Killed killed = lattice.kill("nats-server");
        LatticeUnderTest.awaitEnd(List.of(processes.get("nats-server")));
        // A call that found no lattice at its beginning has waited for it until its deadline.
        Eventually.within(
                SOON,
                () -> assertThat(
                                LoadReport.since(killed.nanos(), load.samples()).failed())
                        .anyMatch(sample -> sample.beginNanos() - killed.nanos() > 0));
        lattice.restart(killed);
        long back = awaitAnswer(lattice.natsPort());
        Eventually.within(SOON, () -> assertThat(view.running()).isEqualTo(before));
        Eventually.within(SOON, () -> assertThat(view.status()).isEqualTo(AppStatus.Type.DEPLOYED));
        Failover.awaitEndOf(load, back);
        Failover.awaitCalm(load);
        var report = LoadReport.since(killed.nanos(), Failover.stop(load));
        LoadReport remote = report.only(Kind.PAYMENT);
        LoadReport local = report.only(Kind.CONVERSION);
        Duration whole = remote.backSince(back);
        say("nats-server: away for " + (back - killed.nanos()) / 1_000_000 + " ms, remote calls only succeed "
                + whole.toMillis() + " ms after its return; local: " + local + "; remote: " + remote);

        assertThat(local.failed()).as("calls that need no lattice").isEmpty();
        Failover.requireFailuresAreLinks(remote);
        assertThat(remote.slowest()).isLessThan(Failover.LINK_DEADLINE.plus(Failover.TURN));
        assertThat(whole).isLessThan(Failover.BACK_WHEN_BUSY);
        assertThat(Failover.find(lattice, "step.started", "", killed.millis())).isEmpty();
        assertThat(Failover.find(lattice, "host.gone", "", killed.millis())).isEmpty();
        requireSameProcesses(lattice, processes, "nats-server");
        for (String host : List.of("host-1", "host-2", "host-3")) {
            assertThat(lattice.logLines(host))
                    .filteredOn(line -> line.contains("\"component.started "))
                    .as("starts of components on %s", host)
                    .hasSize(components(before, host));
        }
    }

    private static int components(List<Running> all, String host) {
        return (int) all.stream()
                .filter(each -> each.host().equals(host))
                .flatMap(each -> each.workloads().stream())
                .filter(workload -> workload.contains(" x"))
                .count();
    }

    /// @return when the server took a connection
    private static long awaitAnswer(int port) {
        Eventually.within(SOON, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                assertThat(socket.getInputStream().read()).isEqualTo('I');
            }
        });
        return System.nanoTime();
    }

    private static void requireSameProcesses(LatticeUnderTest lattice, Map<String, ProcessHandle> before, String butFor)
            throws IOException {
        Map<String, ProcessHandle> now = lattice.members();
        before.forEach((name, process) -> {
            if (!name.equals(butFor)) {
                assertThat(now.get(name)).as(name).isEqualTo(process);
            }
        });
    }
}

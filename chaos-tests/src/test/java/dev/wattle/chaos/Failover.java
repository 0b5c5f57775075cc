package dev.wattle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.chaos.LatticeUnderTest.Killed;
import dev.wattle.chaos.SteadyLoad.Sample;
import dev.wattle.control.model.AppStatus;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.testkit.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the tests and the drill do to a lattice under load, and what they read off it.
final class Failover {
    /// As a shop has it on a good day.
    static final int REQUESTS_PER_SECOND = 200;

    /// Half conversions, half payments.
    static final int EVERY_SECOND = 2;

    /// A call over a link ends within this, whatever becomes of the host that took it: the host's link timeout.
    static final Duration LINK_DEADLINE = Duration.ofSeconds(5);

    /// A request ends within this: the HTTP server's bound, with a turn for the answer.
    static final Duration CALL_DEADLINE = Duration.ofSeconds(31);

    /// Two cores run all processes, the load too: a deadline that passed is noticed when a thread gets its
    /// turn.
    static final Duration TURN = Duration.ofSeconds(3);

    /// How long after the signal calls can still reach the socket of a killed host: the system frees the memory
    /// of the process before it closes its files, and the NATS server reads the end of the stream in its turn.
    static final Duration SOCKET_GONE = Duration.ofSeconds(1);

    /// A dead host is noticed within this.
    static final Duration DETECTED = Duration.ofSeconds(3);

    /// With all replicas lost, the service is back within this, on a machine that does nothing else.
    static final Duration BACK = Duration.ofSeconds(5);

    /// The same on a busy one: hosts compile what they run first while calls pile up before them.
    static final Duration BACK_WHEN_BUSY = Duration.ofSeconds(15);

    private static final List<String> REPLICATED = List.of("converter", "processor");
    private static final Duration RESTORED = Duration.ofSeconds(20);

    /// Guests and JVMs are slow at first.
    private static final Duration WARM_UP = Duration.ofMinutes(1);

    private static final Duration CALM = Duration.ofSeconds(1);
    private static final Pattern TIMESTAMP = Pattern.compile("\"timestamp\":([0-9]+)");

    private Failover() {}

    /// What killing a host did. Times are since the signal.
    ///
    /// @param dropped until no call could reach the host's socket
    /// @param detected until the control plane took the host for dead
    /// @param restored until all replicas ran again
    /// @param back until the first success that only successes follow
    record Figures(Duration dropped, Duration detected, Duration restored, Duration back, LoadReport load) {
        @Override
        public String toString() {
            return "socket gone after " + dropped.toMillis() + " ms, detected after " + detected.toMillis()
                    + " ms, replicas restored after " + restored.toMillis() + " ms, only successes after "
                    + back.toMillis() + " ms; " + load;
        }
    }

    /// The payments application with the converter on the host of the gateway: calls between them stay in that
    /// process, all others cross the lattice.
    static void deployLocalConverter(LatticeUnderTest lattice, LatticeView view) throws Exception {
        String all = manifest(lattice);
        int converter = all.indexOf("- name: converter\n      type");
        assertThat(converter).as("the converter in the manifest").isPositive();
        String changed = replaced(all.substring(converter), "worker: \"true\"", "edge: \"true\"");
        changed = replaced(changed, "instances: 2\n", "instances: 20\n");
        deploy(lattice, all.substring(0, converter) + changed);
        awaitDeployed(view);
    }

    private static String manifest(LatticeUnderTest lattice) throws IOException {
        return Files.readString(lattice.home().resolve("wadm-manifests/payments.yaml"));
    }

    private static String replaced(String text, String old, String fresh) {
        assertThat(text).contains(old);
        return text.replace(old, fresh);
    }

    private static void deploy(LatticeUnderTest lattice, String manifest) throws Exception {
        Path file = lattice.home().resolve("wadm-manifests/variant.yaml");
        Files.writeString(file, manifest);
        lattice.succeed("app", "deploy", file.toString());
    }

    /// The payments application with one replica of converter and processor, both on one host.
    static void deployOneReplica(LatticeUnderTest lattice, LatticeView view) throws Exception {
        lattice.succeed("label", "host-3", "wattle.dev/cordoned=true");
        deploy(lattice, replaced(manifest(lattice), "instances: 2\n", "instances: 1\n"));
        awaitDeployed(view);
        lattice.succeed("label", "host-3", "--delete", "wattle.dev/cordoned");
        Eventually.within(RESTORED, () -> assertThat(replicas(view)).containsOnly(1));
    }

    /// Waits until all of the application runs.
    static void awaitDeployed(LatticeView view) {
        Eventually.within(WARM_UP, () -> assertThat(view.status()).isEqualTo(AppStatus.Type.DEPLOYED));
    }

    /// Waits until all of the demo runs, and starts a load on it.
    static SteadyLoad loadOnDeployed(LatticeUnderTest lattice, LatticeView view) {
        awaitDeployed(view);
        return load(lattice, EVERY_SECOND);
    }

    /// Waits until every request has ended that began before a moment.
    static void awaitEndOf(SteadyLoad load, long nanos) {
        Eventually.within(
                CALL_DEADLINE, () -> assertThat(load.allEndedBegunBefore(nanos)).isTrue());
    }

    /// Starts a load, and waits until it is answered well.
    static SteadyLoad load(LatticeUnderTest lattice, int paymentEvery) {
        SteadyLoad load = SteadyLoad.start(lattice.url(), REQUESTS_PER_SECOND, paymentEvery);
        boolean calm = false;
        try {
            awaitCalm(load);
            calm = true;
            return load;
        } finally {
            if (!calm) {
                load.close();
            }
        }
    }

    /// Waits until the load has been answered well for a while.
    static void awaitCalm(SteadyLoad load) {
        long since = System.nanoTime();
        Eventually.within(WARM_UP, () -> {
            long from = Math.max(since, System.nanoTime() - CALM.toNanos());
            List<Sample> recent = load.samples().stream()
                    .filter(sample -> sample.endNanos() - from > 0)
                    .toList();
            assertThat(System.nanoTime() - since).isGreaterThan(CALM.toNanos());
            assertThat(recent).hasSizeGreaterThan(REQUESTS_PER_SECOND / 2);
            assertThat(recent).allMatch(Sample::succeeded);
            assertThat(recent).allMatch(sample -> sample.duration().compareTo(CALM) < 0);
        });
    }

    /// Kills a host that runs replicas, waits until they run elsewhere and all is calm again, and stops the
    /// load.
    static Figures killHost(LatticeUnderTest lattice, LatticeView view, String victim, SteadyLoad load)
            throws Exception {
        int[] before = replicas(view);
        HostId id = view.id(victim);
        Killed killed = lattice.kill(victim);
        long dropped = view.awaitDropped(id);
        view.forget(victim);
        long detected = awaitLog(lattice, "host.gone", id.value(), killed.millis());
        Eventually.within(RESTORED, () -> assertThat(replicas(view)).isEqualTo(before));
        long restored = System.nanoTime();
        Eventually.within(RESTORED, () -> assertThat(view.status()).isEqualTo(AppStatus.Type.DEPLOYED));
        awaitEndOf(load, dropped);
        awaitCalm(load);
        List<Sample> samples = stop(load);
        var report = LoadReport.since(killed.nanos(), samples);
        return new Figures(
                Duration.ofNanos(dropped - killed.nanos()),
                Duration.ofMillis(detected - killed.millis()),
                Duration.ofNanos(restored - killed.nanos()),
                report.backSince(killed.nanos()),
                report);
    }

    private static int[] replicas(LatticeView view) throws InterruptedException {
        int[] counts = new int[REPLICATED.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = view.replicas(REPLICATED.get(i));
        }
        return counts;
    }

    /// Stops a load, of which every request ended.
    static List<Sample> stop(SteadyLoad load) throws InterruptedException {
        List<Sample> samples = load.stop();
        assertThat(samples).as("requests that ended").hasSize(load.sent());
        return samples;
    }

    /// A host that runs replicas of both components.
    static String hostOfBoth(LatticeView view) throws InterruptedException {
        List<String> processors = view.hostsOf("processor");
        return view.hostsOf("converter").stream()
                .filter(processors::contains)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no host runs both"));
    }

    /// Waits for a line of the control plane's log since a moment of the system's clock.
    ///
    /// @return when it was written, on the same clock
    static long awaitLog(LatticeUnderTest lattice, String event, String detail, long sinceMillis) {
        long[] found = {0};
        Eventually.within(
                RESTORED,
                () -> found[0] = find(lattice, event, detail, sinceMillis)
                        .orElseThrow(() -> new AssertionError("no " + event + " " + detail)));
        return found[0];
    }

    /// When the control plane's log has a line, since a moment of the system's clock.
    static Optional<Long> find(LatticeUnderTest lattice, String event, String detail, long sinceMillis)
            throws IOException {
        return lattice.logLines("control-plane").stream()
                .filter(line -> line.contains("\"" + event + " ") && line.contains(detail))
                .map(Failover::timestamp)
                .filter(timestamp -> timestamp >= sinceMillis)
                .findFirst();
    }

    private static long timestamp(String line) {
        Matcher matcher = TIMESTAMP.matcher(line);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    /// With replicas elsewhere, only calls on the host that was killed may fail: those of requests that began
    /// before the NATS server let it go. A call that is made later is offered to living hosts alone.
    static void requireOnlyCallsInFlightFailed(Figures figures) {
        assertThat(figures.detected()).as("until the host was known to be dead").isLessThan(DETECTED);
        assertThat(figures.dropped()).as("until the socket was gone").isLessThan(SOCKET_GONE);
        long gone = figures.load().brokenNanos() + figures.dropped().toNanos();
        assertThat(figures.load().failed())
                .as("failed requests that began after nobody could reach the killed host")
                .noneMatch(sample -> sample.beginNanos() - gone > 0);
        requireFailuresAreLinks(figures.load());
        assertThat(figures.load().slowest()).as("the slowest request").isLessThan(LINK_DEADLINE.plus(TURN));
    }

    /// With all replicas lost, calls wait for new ones, or are told in time that there are none.
    static void requireBackInTime(Figures figures, Duration within) {
        assertThat(figures.detected()).as("until the host was known to be dead").isLessThan(DETECTED);
        assertThat(figures.back()).as("until the service was back").isLessThan(within);
        assertThat(figures.load().failed())
                .as("failures")
                .allMatch(sample -> isLinkFailure(sample) || isOverload(sample));
        assertThat(figures.load().slowest()).as("the slowest request").isLessThan(CALL_DEADLINE);
    }

    /// Clients were told that a link failed or that the time was over, never less.
    static void requireFailuresAreLinks(LoadReport load) {
        assertThat(load.failed()).as("failures").allMatch(Failover::isLinkFailure);
    }

    private static boolean isLinkFailure(Sample sample) {
        return sample.status() == 504
                || (sample.status() == 502 && sample.detail().contains("\"error\":\"link\""));
    }

    /// More calls wait than a host lets in: so it says at once.
    private static boolean isOverload(Sample sample) {
        return sample.status() == 503 && sample.detail().contains("\"error\":\"overload\"");
    }
}

package dev.wattle.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Fresh instances, and calls between instances, on our engine and on Endive. Fresh instances also on an Endive
/// whose memories are not kept in our adapter's pool, but new each time.
final class InstanceRounds {
    /// Measurements before the rounds: two instances of the compilers have seen everything by then.
    private static final int WARM_UPS = 3;

    /// Calls in a measurement.
    private static final int CALLS = 20_000_000;

    /// From Java, where a call costs more.
    private static final int HOST_CALLS = 5_000_000;

    private static final String NANOS = "nanos";
    private static final double NANOS_PER_MICRO = 1e3;

    private final Benchmark.Context context;
    private final Peer ours;
    private final Peer endive;
    private final Peer unpooled;
    private final Map<String, String> results = new TreeMap<>();

    /// Something that both engines are told to do.
    ///
    /// @param pieces how many of what is counted one command does
    private record Task(String what, String command, int pieces) {}

    private static final Task BIG =
            new Task("fresh instance: 17 pages, 100 KB of data, 8 pages touched", "fresh sandbox", 1);
    private static final Task SMALL = new Task("fresh instance: 1 page", "fresh page", 1);
    private static final Task INSIDE = new Task("call inside a module", "run caller inside " + CALLS, CALLS);
    private static final Task ACROSS = new Task("call of another instance", "run caller across " + CALLS, CALLS);
    private static final Task SAME =
            new Task("`call_indirect`, same instance", "run caller indirect " + CALLS + " 0", CALLS);
    private static final Task OTHER =
            new Task("`call_indirect`, other instance", "run caller indirect " + CALLS + " 1", CALLS);
    private static final Task HOST = new Task("call from Java", "host caller step " + HOST_CALLS, HOST_CALLS);
    private static final List<Task> FRESH_TASKS = List.of(BIG, SMALL);
    private static final List<Task> CALL_TASKS = List.of(INSIDE, ACROSS, SAME, OTHER, HOST);

    InstanceRounds(Benchmark.Context context, Peers peers) throws IOException {
        this.context = context;
        this.ours = peers.ours();
        this.endive = peers.endive();
        this.unpooled = peers.unpooledEndive();
    }

    Table run() throws Exception {
        for (Peer peer : List.of(ours, endive, unpooled)) {
            for (String module : List.of("sandbox", "page", "callee", "caller")) {
                peer.ask("load " + module + " "
                        + context.home().resolve("benchmarks/kernels/prebuilt/" + module + ".wasm"));
            }
        }
        var contestants = new ArrayList<Rounds.Contestant>();
        for (Task task : FRESH_TASKS) {
            for (Peer peer : List.of(ours, endive, unpooled)) {
                contestants.add(warmedUp(task, peer));
            }
        }
        for (Task task : CALL_TASKS) {
            for (Peer peer : List.of(ours, endive)) {
                contestants.add(warmedUp(task, peer));
            }
        }
        Rounds rounds = Rounds.run(contestants, context.progress());
        return Table.captioned("Instances and calls. The anchor is Endive, or what is named:", rows(rounds));
    }

    private Rounds.Contestant warmedUp(Task task, Peer peer) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UPS; i++) {
            measure(task, peer);
        }
        return new Rounds.Contestant(name(task, peer), () -> Map.of(NANOS, measure(task, peer)));
    }

    private static String name(Task task, Peer peer) {
        return task.what() + " " + peer.name();
    }

    private double measure(Task task, Peer peer) throws IOException, InterruptedException {
        Peer.Timed timed = peer.time(task.command());
        String first = Objects.requireNonNullElse(results.putIfAbsent(task.what(), timed.result()), timed.result());
        WrongAnswerException.requireEqual(first, timed.result());
        return timed.nanos() / task.pieces();
    }

    private List<Row> rows(Rounds rounds) {
        var rows = new ArrayList<Row>();
        for (Task task : FRESH_TASKS) {
            rows.add(freshRow(rounds, task, endive, "Endive with our pool"));
            rows.add(freshRow(rounds, task, unpooled, "Endive with a new array for each instance"));
        }
        for (Task task : CALL_TASKS) {
            rows.add(rounds.row(task.what(), "ns", name(task, ours), name(task, endive), NANOS));
        }
        rows.add(rounds.row(
                "call of another instance, beside ours inside a module",
                "ns",
                name(ACROSS, ours),
                name(INSIDE, ours),
                NANOS));
        return rows;
    }

    private Row freshRow(Rounds rounds, Task task, Peer anchor, String anchorName) {
        return Row.of(
                task.what() + "; beside " + anchorName,
                "µs",
                micros(rounds.figures(name(task, ours), NANOS)),
                micros(rounds.figures(name(task, anchor), NANOS)));
    }

    private static double[] micros(double[] nanos) {
        return java.util.Arrays.stream(nanos)
                .map(each -> each / NANOS_PER_MICRO)
                .toArray();
    }
}

package dev.wattle.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls of other modules and of Java on our engine, by modules that are wired and by such that are not. There
/// are several other modules: the JVM cannot take a call for one of the only function that there is.
final class WiringRounds {
    /// Measurements before the rounds: two instances of the compilers have seen everything by then.
    private static final int WARM_UPS = 3;

    /// Calls in a measurement.
    private static final int CALLS = 20_000_000;

    /// HotSpot inlines at a call what it saw there, of up to two classes.
    private static final int CALLEES = 4;

    private static final String NANOS = "nanos";

    private final Benchmark.Context context;
    private final Peer ours;
    private @Nullable String result;

    /// Something that is measured.
    private record Task(String what, String command) {
        static Task of(String what, String instance, String export) {
            return new Task(what, "run " + instance + " " + export + " " + CALLS);
        }
    }

    private static final Task INSIDE = Task.of("call inside a module", "open0", "inside");
    private static final Task OPEN = Task.of("call of another module, one of " + CALLEES, "open0", "across");
    private static final Task WIRED = Task.of("call of another module, wiring known", "wired0", "across");
    private static final Task BARE = new Task("call from Java of Java", "bare " + CALLS);
    private static final Task OPEN_JAVA = Task.of("call of Java", "openJava", "across");
    private static final Task WIRED_JAVA = Task.of("call of Java, wiring known", "wiredJava", "across");
    private static final List<Task> TASKS = List.of(INSIDE, OPEN, WIRED, BARE, OPEN_JAVA, WIRED_JAVA);

    WiringRounds(Benchmark.Context context, Peers peers) throws IOException {
        this.context = context;
        this.ours = peers.ours();
    }

    Table run() throws Exception {
        String folder = context.home().resolve("benchmarks/kernels/prebuilt").toString();
        ours.ask("callers " + CALLEES + " " + folder + "/callee.wasm " + folder + "/caller.wasm");
        for (int i = 0; i < WARM_UPS; i++) {
            for (int other = 0; other < CALLEES; other++) {
                measure(Task.of("another", "open" + other, "across"));
                measure(Task.of("another", "wired" + other, "across"));
            }
        }
        var contestants = new ArrayList<Rounds.Contestant>();
        for (Task task : TASKS) {
            contestants.add(new Rounds.Contestant(task.what(), () -> Map.of(NANOS, measure(task))));
        }
        Rounds rounds = Rounds.run(contestants, context.progress());
        var rows = new ArrayList<Row>();
        for (Task task : List.of(OPEN, WIRED)) {
            rows.add(rounds.row(task.what() + ", beside one inside a module", "ns", task.what(), INSIDE.what(), NANOS));
        }
        for (Task task : List.of(OPEN_JAVA, WIRED_JAVA)) {
            rows.add(rounds.row(task.what() + ", beside one from Java", "ns", task.what(), BARE.what(), NANOS));
        }
        return Table.captioned("Calls with and without a known wiring. The anchor is the bare call:", rows);
    }

    /// All tasks compute the same.
    private double measure(Task task) throws IOException, InterruptedException {
        Peer.Timed timed = ours.time(task.command());
        String first = result == null ? timed.result() : result;
        result = first;
        WrongAnswerException.requireEqual(first, timed.result());
        return timed.nanos() / CALLS;
    }
}

package dev.wattle.benchmarks;

import dev.wattle.host.engine.Engines;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whole runtimes of languages as guests: SpiderMonkey, QuickJS and CPython.
final class GuestRounds {
    private static final String SPIDERMONKEY = "spidermonkey";

    /// Runs before the rounds.
    private static final int WARM_UPS = 12;

    private static final int TIMES = 300_000;
    private static final int COLD_ROUNDS = 10;
    private static final String COLD_ARGUMENT = "1000";
    private static final String KEPT = "ours, classes on disk";
    private static final String COLD =
            "spidermonkey%s: from the start of the process to the first answer, by the clock; beside node";
    private static final String MILLIS = "millis";
    private static final double NANOS_PER_MILLI = 1e6;

    private final Benchmark.Context context;
    private final Guests guests;

    GuestRounds(Benchmark.Context context, Guests guests) {
        this.context = context;
        this.guests = guests;
    }

    List<Table> run() throws Exception {
        var rows = new ArrayList<Row>();
        for (String guest : List.of(SPIDERMONKEY, "quickjs", "cpython")) {
            if (guests.has(guest)) {
                rows.addAll(work(guest));
            }
        }
        if (guests.has(SPIDERMONKEY) && guests.has(Peers.NODE)) {
            rows.addAll(cold());
        }
        return rows.isEmpty() ? List.of() : List.of(Table.captioned("Runtimes of languages:", rows));
    }

    private List<Row> work(String guest) throws Exception {
        try (var peers = new Peers(context, guests)) {
            var runtimes = new ArrayList<>(List.of(peers.ours()));
            Optional<Peer> node = guest.equals(SPIDERMONKEY) ? peers.node() : Optional.empty();
            node.ifPresent(runtimes::add);
            Optional<Peer> wasmtime = peers.wasmtime();
            wasmtime.ifPresent(runtimes::add);
            load(guest, runtimes);
            Rounds rounds = Rounds.run(
                    runtimes.stream()
                            .map(peer -> new Rounds.Contestant(peer.name(), () -> Map.of(MILLIS, work(peer))))
                            .toList(),
                    context.progress());
            var rows = new ArrayList<Row>();
            for (Peer anchor : runtimes.subList(1, runtimes.size())) {
                rows.add(rounds.row(
                        "%s: `work(%d)`, beside %s".formatted(guest, TIMES, anchor.name()),
                        "ms",
                        Peers.OURS,
                        anchor.name(),
                        MILLIS));
            }
            return rows;
        }
    }

    /// Loads and warms up; all must report the same.
    private void load(String guest, List<Peer> runtimes) throws Exception {
        for (Peer peer : runtimes) {
            context.progress().accept("warming up " + guest + " on " + peer.name());
            boolean transpiled = peer.name().equals(Peers.NODE);
            peer.ask("guest " + (transpiled ? guests.file("node/guest.js") : guests.component(guest)));
            WrongAnswerException.requireEqual(
                    ScriptOrders.REPORT.replace("\n", "\\n"), peer.ask("report " + ScriptOrders.ORDERS));
            for (int i = 0; i < WARM_UPS; i++) {
                work(peer);
            }
        }
    }

    private static double work(Peer peer) throws IOException, InterruptedException {
        Peer.Timed timed = peer.time("work " + TIMES);
        WrongAnswerException.requireEqual(String.valueOf(ScriptOrders.work(TIMES)), timed.result());
        return timed.nanos() / NANOS_PER_MILLI;
    }

    /// From the start of a process to its first answer, by the clock. Of the processes with a folder for classes, the
    /// one that warms up fills it.
    private List<Row> cold() throws Exception {
        Rounds rounds = Rounds.run(
                List.of(
                        new Rounds.Contestant(Peers.OURS, () -> Map.of(MILLIS, cold(ours()))),
                        new Rounds.Contestant(KEPT, () -> Map.of(MILLIS, cold(oursWithKeptClasses()))),
                        new Rounds.Contestant(Peers.NODE, () -> Map.of(MILLIS, cold(node())))),
                1,
                COLD_ROUNDS,
                context.progress());
        return List.of(
                rounds.row(COLD.formatted(""), "ms", Peers.OURS, Peers.NODE, MILLIS),
                rounds.row(COLD.formatted(", classes on disk"), "ms", KEPT, Peers.NODE, MILLIS));
    }

    private ProcessBuilder ours() {
        return Java.hostCommand(
                context.home(),
                ColdGuest.class,
                Peers.engineName(),
                guests.component(SPIDERMONKEY).toString(),
                COLD_ARGUMENT);
    }

    private ProcessBuilder oursWithKeptClasses() {
        ProcessBuilder command = ours();
        Path classes = context.scratch().resolve("classes");
        // After `java`: the first of its options.
        command.command().add(1, "-D" + Engines.CACHE_PROPERTY + "=" + classes);
        return command;
    }

    private ProcessBuilder node() {
        return new ProcessBuilder(
                "node",
                context.home().resolve("benchmarks/peers/cold.mjs").toString(),
                guests.file("node/guest.js").toString(),
                COLD_ARGUMENT);
    }

    private static double cold(ProcessBuilder command) throws IOException {
        long begin = System.nanoTime();
        Process process = command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (InputStream out = process.getInputStream()) {
            String answer = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
            double millis = (System.nanoTime() - begin) / NANOS_PER_MILLI;
            WrongAnswerException.requireEqual(
                    String.valueOf(ScriptOrders.work(Integer.parseInt(COLD_ARGUMENT))), answer);
            return millis;
        } finally {
            process.destroy();
        }
    }
}

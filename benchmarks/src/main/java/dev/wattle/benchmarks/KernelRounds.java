package dev.wattle.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// All kernels on all runtimes, in turns.
final class KernelRounds {
    /// Runs of each kernel before the rounds: optimising compilers are done by then.
    private static final int WARM_UP_RUNS = 25;

    /// Runs in a measurement.
    private static final int RUNS = 2;

    private static final String NANOS = "nanos";
    private static final double NANOS_PER_MILLI = 1e6;

    private final Benchmark.Context context;
    private final List<Peer> peers = new ArrayList<>();
    private final Map<String, String> results = new TreeMap<>();

    KernelRounds(Benchmark.Context context, Peers all) throws IOException, InterruptedException {
        this.context = context;
        peers.add(all.ours());
        peers.add(all.endive());
        all.node().ifPresent(peers::add);
        all.wasmtime().ifPresent(peers::add);
    }

    Table run() throws Exception {
        var contestants = new ArrayList<Rounds.Contestant>();
        for (Kernel kernel : Kernel.values()) {
            for (Peer peer : peers) {
                context.progress().accept("warming up " + kernel.word() + " on " + peer.name());
                peer.ask("load " + kernel.word() + " "
                        + context.home().resolve("benchmarks/kernels/prebuilt/" + kernel.word() + ".wasm"));
                run(kernel, peer, WARM_UP_RUNS);
                contestants.add(new Rounds.Contestant(
                        name(kernel, peer), () -> Map.of(NANOS, run(kernel, peer, RUNS) / RUNS)));
            }
        }
        Rounds rounds = Rounds.run(contestants, context.progress());
        return table(rounds);
    }

    private static String name(Kernel kernel, Peer peer) {
        return kernel.word() + " " + peer.name();
    }

    /// Nanoseconds of so many runs; each must come to what the first run on any runtime came to.
    private double run(Kernel kernel, Peer peer, int times) throws IOException, InterruptedException {
        double nanos = 0;
        for (int i = 0; i < times; i++) {
            Peer.Timed timed = peer.time(kernel.command());
            String first =
                    Objects.requireNonNullElse(results.putIfAbsent(kernel.word(), timed.result()), timed.result());
            if (!first.equals(timed.result())) {
                throw new WrongAnswerException(
                        "%s on %s came to %s, not to %s".formatted(kernel.word(), peer.name(), timed.result(), first));
            }
            nanos += timed.nanos();
        }
        return nanos;
    }

    private Table table(Rounds rounds) {
        var lines = new ArrayList<String>();
        for (Kernel kernel : Kernel.values()) {
            double[] ours = nanos(rounds, kernel, peers.getFirst());
            var line = new StringBuilder(
                    "| %s | %s ms |".formatted(kernel.word(), Row.digits(Statistics.median(ours) / NANOS_PER_MILLI)));
            for (Peer peer : others()) {
                line.append(cell(Statistics.ratios(ours, nanos(rounds, kernel, peer))));
            }
            lines.add(line.toString());
        }
        var mean = new StringBuilder("| geometric mean | |");
        others().forEach(peer -> mean.append(cell(geometricMeans(rounds, peer))));
        lines.add(mean.toString());
        return new Table("Compute, in a steady state; processor time:", header(), lines);
    }

    private String header() {
        var header = new StringBuilder("| kernel | ours |");
        others().forEach(peer -> header.append(" ÷ ").append(peer.name()).append(": median (range) |"));
        return header + "\n" + "|---".repeat(peers.size() + 1) + "|\n";
    }

    private List<Peer> others() {
        return peers.subList(1, peers.size());
    }

    private static String cell(double[] ratios) {
        Statistics.Range range = Statistics.range(ratios);
        return " **%s** (%s–%s) |"
                .formatted(Row.digits(range.median()), Row.digits(range.smallest()), Row.digits(range.largest()));
    }

    private static double[] nanos(Rounds rounds, Kernel kernel, Peer peer) {
        return rounds.figures(name(kernel, peer), NANOS);
    }

    /// Over the kernels, by round.
    private double[] geometricMeans(Rounds rounds, Peer other) {
        double[] logarithms = new double[Rounds.ROUNDS];
        for (Kernel kernel : Kernel.values()) {
            double[] ratios = Statistics.ratios(nanos(rounds, kernel, peers.getFirst()), nanos(rounds, kernel, other));
            for (int round = 0; round < ratios.length; round++) {
                logarithms[round] += Math.log(ratios[round]) / Kernel.values().length;
            }
        }
        return java.util.Arrays.stream(logarithms).map(Math::exp).toArray();
    }
}

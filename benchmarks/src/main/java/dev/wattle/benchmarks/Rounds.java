package dev.wattle.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Measures contestants in turns: every round has each of them once, and every other round goes backwards, so
/// that a machine that slows down or warms up does so for all. Ratios are taken within a round.
final class Rounds {
    /// Compiled code settles here.
    static final int WARM_UP_ROUNDS = 2;

    /// Enough that one disturbed round does not move the median.
    static final int ROUNDS = 12;

    private final Map<String, List<Map<String, Double>>> measured = new TreeMap<>();

    private Rounds() {}

    /// Something to measure.
    ///
    /// @param name other contestants have other names
    record Contestant(String name, Measurement measurement) {}

    /// Works for a while, checks what it did, and tells its figures by name.
    @FunctionalInterface
    interface Measurement {
        /// @throws WrongAnswerException when what was measured did not do its work
        Map<String, Double> run() throws Exception;
    }

    static Rounds run(List<Contestant> contestants, Consumer<String> progress) throws Exception {
        return run(contestants, WARM_UP_ROUNDS, ROUNDS, progress);
    }

    static Rounds run(List<Contestant> contestants, int warmUps, int rounds, Consumer<String> progress)
            throws Exception {
        var result = new Rounds();
        var order = new ArrayList<>(contestants);
        for (int round = -warmUps; round < rounds; round++) {
            progress.accept(round < 0 ? "warming up" : "round " + (round + 1) + " of " + rounds);
            for (Contestant contestant : order) {
                Map<String, Double> figures = contestant.measurement().run();
                if (round >= 0) {
                    result.measured
                            .computeIfAbsent(contestant.name(), _ -> new ArrayList<>())
                            .add(figures);
                }
            }
            Collections.reverse(order);
        }
        return result;
    }

    /// A figure of a contestant, by round.
    ///
    /// @throws IllegalArgumentException when it was not measured
    double[] figures(String contestant, String figure) {
        List<Map<String, Double>> rounds = measured.get(contestant);
        if (rounds == null) {
            throw new IllegalArgumentException(contestant + " was not measured");
        }
        return rounds.stream()
                .mapToDouble(figures -> {
                    Double value = figures.get(figure);
                    if (value == null) {
                        throw new IllegalArgumentException(contestant + " did not tell its " + figure);
                    }
                    return value;
                })
                .toArray();
    }

    /// A row about a figure that a contestant and its anchor both told.
    Row row(String what, String unit, String subject, String anchor, String figure) {
        return Row.of(what, unit, figures(subject, figure), figures(anchor, figure));
    }
}

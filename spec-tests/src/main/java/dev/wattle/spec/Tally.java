package dev.wattle.spec;

import java.util.Collection;

/// How many commands passed, failed and were skipped.
record Tally(int passed, int failed, int skipped) {
    static final Tally NONE = new Tally(0, 0, 0);

    static Tally of(Collection<Outcome> outcomes) {
        return outcomes.stream().map(Tally::of).reduce(NONE, Tally::plus);
    }

    private static Tally of(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Passed _ -> new Tally(1, 0, 0);
            case Outcome.Failed _, Outcome.Unsupported _ -> new Tally(0, 1, 0);
            case Outcome.Skipped _ -> new Tally(0, 0, 1);
        };
    }

    Tally plus(Tally other) {
        return new Tally(passed + other.passed, failed + other.failed, skipped + other.skipped);
    }

    /// As a ring of tests ends.
    @Override
    public String toString() {
        return "%d passed, %d failed, %d skipped".formatted(passed, failed, skipped);
    }
}

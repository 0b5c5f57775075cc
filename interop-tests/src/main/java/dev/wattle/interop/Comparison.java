package dev.wattle.interop;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Steps taken by two performers, and where they differ.
///
/// @param steps how many were taken
/// @param differences for people
record Comparison(int steps, List<String> differences) {
    private static final int MAX_DIFFERENCES = 20;
    private static final int MAX_TEXT = 2000;

    Comparison {
        differences = List.copyOf(differences);
    }

    /// @throws IOException when a runtime in another process cannot be reached
    static Comparison of(List<Step> steps, Performer ours, Performer theirs) throws IOException {
        var differences = new ArrayList<String>();
        for (Step step : steps) {
            Outcome one = ours.perform(step);
            Outcome other = theirs.perform(step);
            if (!one.sameAs(other) && differences.size() < MAX_DIFFERENCES) {
                differences.add("%s%n  here:  %s%n  there: %s"
                        .formatted(described(step), shortened(one.toString()), shortened(other.toString())));
            }
            if (one.trapped() || other.trapped()) {
                // What trapped is not entered again; the next steps shall tell something all the same.
                ours.perform(new Step.Fresh());
                theirs.perform(new Step.Fresh());
            }
        }
        return new Comparison(steps.size(), differences);
    }

    private static String described(Step step) {
        return switch (step) {
            case Step.Fresh _ -> "a new instance";
            case Step.Drop(var name) -> "drop " + name;
            case Step.Call call -> shortened(call.interfaceName() + "#" + call.function() + call.arguments());
        };
    }

    private static String shortened(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT) + "…";
    }
}

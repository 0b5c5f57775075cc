package dev.wattle.fuzz;

import dev.wattle.fuzz.Outcome.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Runs a case on our engine and on others, and says how ours differs.
///
/// Node has the last word where it can be held against ours; else nobody has: Endive alone goes wrong too often.
/// How often another engine stands alone is counted.
final class Comparison {
    private final Runner subject;
    private final List<Runner> others;
    private long compared;
    private long outvoted;

    /// @param others the most trusted one last; may be none: then the case only has to run
    Comparison(Runner subject, List<Runner> others) {
        this.subject = subject;
        this.others = List.copyOf(others);
    }

    Runner subject() {
        return subject;
    }

    /// How often an outcome was held against another one.
    long compared() {
        return compared;
    }

    /// How often another engine stood alone against ours and a second one.
    long outvoted() {
        return outvoted;
    }

    Optional<Difference> differenceOf(Case tried) {
        return differenceOf(tried, tried);
    }

    /// @param given what our engine gets instead: the same, unless a fault is planted
    Optional<Difference> differenceOf(Case given, Case tried) {
        var pending = new ArrayList<Supplier<Outcome>>();
        others.forEach(other -> pending.add(other.start(tried)));
        var ours = subject.run(given);
        var theirs = pending.stream().map(Supplier::get).toList();
        Optional<Difference> last = Optional.empty();
        int agreeing = 0;
        int differing = 0;
        for (int i = 0; i < theirs.size(); i++) {
            if (ours.comparable(theirs.get(i)) && !refusedByEndive(i, theirs.get(i))) {
                String beside = subject.name() + " beside " + others.get(i).name() + ", ";
                last = ours.differenceFrom(theirs.get(i))
                        .map(difference -> new Difference(difference.kind(), beside + difference.text()));
                agreeing += last.isEmpty() ? 1 : 0;
                differing += last.isPresent() ? 1 : 0;
            }
        }
        compared += agreeing + differing;
        boolean judged =
                !theirs.isEmpty() && others.getLast() instanceof NodeRunner && ours.comparable(theirs.getLast());
        if (!judged) {
            last = Optional.empty();
        }
        if (last.isEmpty() && differing > 0) {
            outvoted++;
        }
        if (ours instanceof Outcome.Broken(Throwable failure)) {
            return Optional.of(new Difference("broken " + failure.getClass().getName(), stack(failure)));
        }
        // All modules are valid, and of what our engine has.
        if (ours instanceof Outcome.Refused(boolean _, String message) && last.isEmpty()) {
            return Optional.of(new Difference("invalid", subject.name() + " refuses it: " + message));
        }
        return last;
    }

    /// Endive refuses some valid modules; what is valid is for node, and for the other fuzzer, to say.
    private boolean refusedByEndive(int other, Outcome outcome) {
        return outcome instanceof Outcome.Refused && !(others.get(other) instanceof NodeRunner);
    }

    private static String stack(Throwable failure) {
        var text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString().lines().limit(14).reduce("", (all, line) -> all + "\n    " + line);
    }
}

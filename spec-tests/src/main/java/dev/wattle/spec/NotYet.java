package dev.wattle.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The files of a suite that need a feature which is out of scope, by feature.
///
/// What an engine refuses in such a file, naming the feature, is skipped, and so is what depends on it; all
/// else counts as in any other file. A file that needs its entry no longer is a failure, so that the list only
/// gets shorter.
final class NotYet implements SuiteRun.Judge {
    /// Nothing is out of scope.
    static final NotYet NOTHING = new NotYet(Map.of());

    private final Map<String, Set<String>> features;

    private NotYet(Map<String, Set<String>> features) {
        this.features = features;
    }

    /// The list that lies beside this class.
    static NotYet ofResource(String name) {
        try (InputStream stream = NotYet.class.getResourceAsStream(name)) {
            return parse(new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException("reading " + name, failure);
        }
    }

    /// Lines of `feature: file`; what follows a `#` is a comment.
    static NotYet parse(String text) {
        var features = new TreeMap<String, Set<String>>();
        for (String line : text.lines().toList()) {
            String entry = line.replaceFirst("#.*", "").strip();
            if (entry.isEmpty()) {
                continue;
            }
            String[] parts = entry.split(":", -1);
            if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
                throw new SuiteException("the list of what is out of scope wants lines 'feature: file', not: " + line);
            }
            features.computeIfAbsent(parts[1].strip(), _ -> new TreeSet<>()).add(parts[0].strip());
        }
        return new NotYet(features);
    }

    /// The features that a file may do without.
    Set<String> featuresOf(String file) {
        return features.getOrDefault(file, Set.of());
    }

    @Override
    public List<Outcome> judge(Path wast, List<Outcome> outcomes) {
        return judge(String.valueOf(wast.getFileName()), outcomes);
    }

    /// What counts, of what became of the commands of `file`.
    List<Outcome> judge(String file, List<Outcome> outcomes) {
        Set<String> missing = featuresOf(file);
        var judged = new ArrayList<Outcome>();
        outcomes.forEach(outcome -> judged.add(judge(missing, outcome)));
        if (!missing.isEmpty() && judged.stream().noneMatch(Outcome.Skipped.class::isInstance)) {
            judged.add(new Outcome.Failed(0, "needs nothing of %s any more: take it off the list".formatted(missing)));
        }
        return judged;
    }

    private static Outcome judge(Set<String> missing, Outcome outcome) {
        if (!(outcome instanceof Outcome.Unsupported(int line, String why))) {
            return outcome;
        }
        String words = why.toLowerCase(Locale.ROOT);
        boolean known = missing.stream().anyMatch(feature -> words.contains(feature.toLowerCase(Locale.ROOT)));
        return known ? new Outcome.Skipped(line, why) : new Outcome.Failed(line, "unsupported: " + why);
    }
}

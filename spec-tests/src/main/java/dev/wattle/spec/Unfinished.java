package dev.wattle.spec;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The commands of a suite that do not pass yet, by file and line. They are skipped as long as they fail; one that
/// passes is a failure, so that the list only gets shorter.
///
/// A file is known by its content, not by its name alone: another suite's file of the same name has no excuse.
final class Unfinished implements SuiteRun.Judge {
    private static final int DIGEST_DIGITS = 16;

    private final Map<String, Entry> entries;

    /// One file of the list.
    ///
    /// @param digest the first digits of the SHA-256 of its content
    record Entry(String file, String digest, Set<Integer> lines) {
        Entry {
            lines = Set.copyOf(lines);
        }
    }

    private Unfinished(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /// The list that lies beside this class.
    static Unfinished ofResource(String name) {
        try (InputStream stream = Unfinished.class.getResourceAsStream(name)) {
            return parse(new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException("reading " + name, failure);
        }
    }

    /// Lines of `file digest: line line …`; what follows a `#` is a comment.
    static Unfinished parse(String text) {
        var entries = new LinkedHashMap<String, Entry>();
        for (String line : text.lines().toList()) {
            String entry = line.replaceFirst("#.*", "").strip();
            if (entry.isEmpty()) {
                continue;
            }
            var parsed = entry(entry);
            if (entries.put(parsed.digest(), parsed) != null) {
                throw new SuiteException("the list of what is not finished has this file twice: " + line);
            }
        }
        return new Unfinished(entries);
    }

    private static Entry entry(String text) {
        String[] parts = text.split("[ :]+", -1);
        try {
            var lines = Stream.of(parts).skip(2).map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));
            if (lines.isEmpty()) {
                throw new SuiteException("no line of the file is listed: " + text);
            }
            return new Entry(parts[0], parts[1], lines);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
            throw new SuiteException(
                    "the list of what is not finished wants lines 'file digest: line line', not: " + text, wrong);
        }
    }

    List<Entry> entries() {
        return List.copyOf(entries.values());
    }

    static String digest(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .substring(0, DIGEST_DIGITS);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }

    @Override
    public List<Outcome> judge(Path wast, List<Outcome> outcomes) {
        var lines = entries.isEmpty() ? Set.<Integer>of() : linesOf(wast);
        return outcomes.stream()
                .map(outcome -> lines.contains(outcome.line()) ? excused(outcome) : unexcused(outcome))
                .toList();
    }

    private Set<Integer> linesOf(Path wast) {
        try {
            var entry = entries.get(digest(Files.readAllBytes(wast)));
            return entry == null ? Set.of() : entry.lines();
        } catch (IOException failure) {
            throw new UncheckedIOException("reading " + wast, failure);
        }
    }

    private static Outcome unexcused(Outcome outcome) {
        return outcome instanceof Outcome.Unsupported(int line, String why)
                ? new Outcome.Failed(line, "unsupported: " + why)
                : outcome;
    }

    private static Outcome excused(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Passed(int line) -> new Outcome.Failed(line, "passes now: take the line off the list");
            case Outcome.Failed(int line, String what) -> new Outcome.Skipped(line, what);
            case Outcome.Unsupported(int line, String why) -> new Outcome.Skipped(line, why);
            case Outcome.Skipped skipped -> skipped;
        };
    }
}

package dev.wattle.control.model;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/// Words for people, and names as wadm builds them.
final class Texts {
    private static final int SHOWN_CHARACTERS = 80;

    private Texts() {}

    /// Safe to show: short, without control characters.
    static String abbreviate(String text) {
        String safe = text.replaceAll("\\p{Cntrl}", "?");
        return safe.length() > SHOWN_CHARACTERS ? safe.substring(0, SHOWN_CHARACTERS) + "…" : safe;
    }

    /// Lower case, everything but letters and digits as `_`: how wadm makes a part of an id out of a name.
    static String idPart(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    /// The candidate that somebody who wrote `word` most likely meant.
    static Optional<String> closest(String word, Collection<String> candidates) {
        String lower = word.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, word.length() / 3);
        String best = null;
        int bestDistance = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(lower, candidate.toLowerCase(Locale.ROOT));
            if (distance < bestDistance && distance <= allowed) {
                best = candidate;
                bestDistance = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /// Insertions, deletions, replacements and swaps of neighbours between two words (optimal string
    /// alignment).
    private static int distance(String a, String b) {
        int[][] table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int replaced = table[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                table[i][j] = Math.min(replaced, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1);
                }
            }
        }
        return table[a.length()][b.length()];
    }

    /// `zone=eu-1 and disk=fast`.
    static String labels(SortedMap<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .reduce((a, b) -> a + " and " + b)
                .orElse("");
    }

    /// `1 instance`, `2 instances`.
    static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}

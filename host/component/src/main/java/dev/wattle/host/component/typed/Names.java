package dev.wattle.host.component.typed;

import java.lang.reflect.AnnotatedElement;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// WIT names and Java names of the same thing: the words count, not how they are joined or cased.
final class Names {
    /// Does a Java name mean the label?
    static boolean same(String label, String java) {
        return words(label).equals(words(java));
    }

    /// The label that a Java element means: by its [WitName], else by its name.
    ///
    /// @param java the element's Java name
    static Optional<String> find(AnnotatedElement element, String java, Collection<String> labels) {
        WitName given = element.getAnnotation(WitName.class);
        if (given != null) {
            return labels.contains(given.value()) ? Optional.of(given.value()) : Optional.empty();
        }
        String words = words(java);
        List<String> found =
                labels.stream().filter(label -> words(label).equals(words)).toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /// `read-all` for `readAll`, for messages.
    static String kebab(String java) {
        return java.replaceAll("([a-z0-9])([A-Z])", "$1-$2").replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /// The words of a name, joined: `[constructor]counter` is `newcounter`, `[static]counter.live` is
    /// `counterlive`.
    private static String words(String name) {
        StringBuilder words = new StringBuilder(name.length());
        if (name.startsWith("[constructor]")) {
            words.append("new");
        }
        for (int index = name.lastIndexOf(']') + 1; index < name.length(); index++) {
            char letter = name.charAt(index);
            if ("-_$.".indexOf(letter) < 0) {
                words.append(Character.toLowerCase(letter));
            }
        }
        return words.toString();
    }

    private Names() {}
}

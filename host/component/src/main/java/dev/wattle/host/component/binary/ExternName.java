package dev.wattle.host.component.binary;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The parsed name of an import or export.
///
/// @spec Explainer.md `externname`
sealed interface ExternName {
    /// What two names in one scope may not have in common: without case, `[method]a.b` and `[static]a.b` are
    /// one, and `[method]a.a` is `a`.
    ///
    /// @spec Explainer.md "Name Uniqueness"
    String unique();

    /// A label without annotation.
    record Plain(String label) implements ExternName {
        @Override
        public String unique() {
            return lower(label);
        }
    }

    /// `[constructor]resource`.
    record Constructor(String resource) implements ExternName {
        @Override
        public String unique() {
            return "[constructor]" + lower(resource);
        }
    }

    /// `[method]resource.label`.
    record Method(String resource, String label) implements ExternName {
        @Override
        public String unique() {
            return member(resource, label);
        }
    }

    /// `[static]resource.label`.
    record Static(String resource, String label) implements ExternName {
        @Override
        public String unique() {
            return member(resource, label);
        }
    }

    /// `namespace:package/interface@version`.
    ///
    /// @param path without the version
    /// @param nested more than one namespace, or more than one projection
    record Interface(String path, Optional<String> version, boolean nested) implements ExternName {
        @Override
        public String unique() {
            return version.map(text -> lower(path) + "@" + text).orElseGet(() -> lower(path));
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String member(String resource, String label) {
        String first = lower(resource);
        String second = lower(label);
        return first.equals(second) ? first : first + "." + second;
    }

    /// The name; empty when the text is none. Whether a version is one is asked elsewhere.
    static Optional<ExternName> parse(String text) {
        if (text.startsWith("[")) {
            return parseAnnotated(text);
        }
        if (text.indexOf(':') >= 0) {
            return parseInterface(text);
        }
        return Labels.isLabel(text) ? Optional.of(new Plain(text)) : Optional.empty();
    }

    private static Optional<ExternName> parseAnnotated(String text) {
        int close = text.indexOf(']');
        String annotation = text.substring(0, close + 1);
        String rest = text.substring(close + 1);
        int dot = rest.indexOf('.');
        String resource = dot < 0 ? rest : rest.substring(0, dot);
        String label = dot < 0 ? "" : rest.substring(dot + 1);
        boolean member = Labels.isLabel(resource) && Labels.isLabel(label);
        return switch (annotation) {
            case "[constructor]" -> Labels.isLabel(rest) ? Optional.of(new Constructor(rest)) : Optional.empty();
            case "[method]" -> member ? Optional.of(new Method(resource, label)) : Optional.empty();
            case "[static]" -> member ? Optional.of(new Static(resource, label)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<ExternName> parseInterface(String text) {
        int at = text.indexOf('@');
        String path = at < 0 ? text : text.substring(0, at);
        Optional<String> version = at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
        int slash = path.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        List<String> namespaces = Arrays.asList(path.substring(0, slash).split(":", -1));
        List<String> projections = Arrays.asList(path.substring(slash + 1).split("/", -1));
        boolean valid = namespaces.size() >= 2
                && namespaces.stream().allMatch(Labels::isWords)
                && projections.stream().allMatch(Labels::isLabel);
        return valid
                ? Optional.of(new Interface(path, version, namespaces.size() > 2 || projections.size() > 1))
                : Optional.empty();
    }
}

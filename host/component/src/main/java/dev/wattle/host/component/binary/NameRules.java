package dev.wattle.host.component.binary;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The rules for names within one scope: their form, that no two are alike, and what annotated ones must be.
///
/// @spec Explainer.md "Import and Export Definitions", "Name Uniqueness"
final class NameRules {
    private static final String LABEL = "(?:[a-z][0-9a-z]*|[A-Z][0-9A-Z]*)(?:-(?:[0-9a-z]+|[0-9A-Z]+))*";
    private static final Pattern LABEL_SHAPE = Pattern.compile(LABEL);
    private static final Pattern ANNOTATED =
            Pattern.compile("\\[(constructor|method|static)](" + LABEL + ")(?:\\.(" + LABEL + "))?");

    private static final String WORDS = "[a-z][0-9a-z]*(?:-[0-9a-z]+)*";
    private static final String NUMBER = "(?:0|[1-9][0-9]*)";
    private static final String PRERELEASE = "(?:" + NUMBER + "|[0-9]*[a-zA-Z-][0-9a-zA-Z-]*)";
    private static final String BUILD = "[0-9a-zA-Z-]+";

    /// `interfacename` with a valid semver.
    private static final Pattern INTERFACE = Pattern.compile(WORDS + ":" + WORDS + "/" + LABEL + "(?:@"
            + NUMBER + "\\." + NUMBER + "\\." + NUMBER
            + "(?:-" + PRERELEASE + "(?:\\." + PRERELEASE + ")*)?"
            + "(?:\\+" + BUILD + "(?:\\." + BUILD + ")*)?)?");

    /// Longer names are no mistake of a compiler: they are an attack on whoever prints them, or on the
    /// pattern's stack.
    private static final int MAX_NAME_LENGTH = 1000;

    private final String scope;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, ResourceType> resources = new HashMap<>();

    /// @param scope for messages, such as "the exports"
    NameRules(String scope) {
        this.scope = scope;
    }

    /// Checks labels of a record, variant, enum, flags or function.
    static void labels(long offset, String kind, List<String> labels) {
        Set<String> seen = new HashSet<>();
        for (String label : labels) {
            if (label.length() > MAX_NAME_LENGTH || !LABEL_SHAPE.matcher(label).matches()) {
                throw Failures.invalid(offset, "'" + shortened(label) + "' is not a label in kebab case");
            }
            if (!seen.add(label.toLowerCase(Locale.ROOT))) {
                throw Failures.invalid(offset, "the " + kind + " has the label '" + label + "' twice");
            }
        }
    }

    /// Takes one name into the scope.
    void add(long offset, String name, Entity entity) {
        if (name.length() > MAX_NAME_LENGTH) {
            throw Failures.limit(offset, "a name is longer than " + MAX_NAME_LENGTH + " characters");
        }
        Matcher annotated = ANNOTATED.matcher(name);
        boolean plain = LABEL_SHAPE.matcher(name).matches();
        if (annotated.matches() && annotated.group(1).equals("constructor") == (annotated.group(3) == null)) {
            checkAnnotated(offset, name, annotated, entity);
        } else if (!plain && !INTERFACE.matcher(name).matches()) {
            throw Failures.invalid(offset, "'" + name + "' is not the name of an import or export");
        }
        if (!seen.add(canonical(name))) {
            throw Failures.invalid(
                    offset, scope + " have the name '" + name + "' twice, or one that differs in case only");
        }
        if (plain && entity instanceof Entity.OfResource(ResourceType type)) {
            resources.put(name, type);
        }
    }

    private void checkAnnotated(long offset, String name, Matcher annotated, Entity entity) {
        ResourceType resource = resources.get(annotated.group(2));
        if (resource == null) {
            throw Failures.invalid(offset, "'" + name + "' stands before or without its resource");
        }
        if (!(entity instanceof Entity.OfFunction(FunctionType type))) {
            throw Failures.invalid(offset, "'" + name + "' names a " + entity.words() + ", not a function");
        }
        boolean right = switch (annotated.group(1)) {
            case "constructor" -> isConstructor(type, resource);
            case "method" -> isMethod(type, resource);
            default -> true;
        };
        if (!right) {
            throw Failures.invalid(offset, "'" + name + "' has not the type of a " + annotated.group(1));
        }
    }

    private static boolean isConstructor(FunctionType type, ResourceType resource) {
        WitType own = new WitType.OwnType(resource);
        Optional<WitType> result = type.result();
        boolean fallible = result.orElse(own) instanceof WitType.ResultType(var ok, var _)
                && ok.filter(own::equals).isPresent();
        return fallible || result.filter(own::equals).isPresent();
    }

    private static boolean isMethod(FunctionType type, ResourceType resource) {
        return !type.parameters().isEmpty()
                && type.parameters().getFirst().name().equals("self")
                && type.parameters().getFirst().type().equals(new WitType.BorrowType(resource));
    }

    private static String canonical(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        int close = lower.indexOf(']');
        if (close < 0 || lower.startsWith("[constructor]")) {
            return lower;
        }
        String rest = lower.substring(close + 1);
        int dot = rest.indexOf('.');
        String first = dot < 0 ? rest : rest.substring(0, dot);
        return rest.equals(first + "." + first) ? first : rest;
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}

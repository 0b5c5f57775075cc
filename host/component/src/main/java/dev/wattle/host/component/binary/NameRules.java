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

/// The rules for names within one scope: their form, that no two are alike, and what annotated ones must be.
///
/// @spec Explainer.md "Import and Export Definitions", "Name Uniqueness"
final class NameRules {
    /// Longer names are no mistake of a compiler: they are an attack on whoever prints them.
    static final int MAX_NAME_LENGTH = 1000;

    private final String scope;
    private final boolean resourcesNamed;
    private final Set<String> seen = new HashSet<>();
    private final Map<String, ResourceType> resources = new HashMap<>();

    /// @param scope for messages, such as "the exports"
    NameRules(String scope) {
        this(scope, true);
    }

    private NameRules(String scope, boolean resourcesNamed) {
        this.scope = scope;
        this.resourcesNamed = resourcesNamed;
    }

    /// The rules for an instance that is put together from what is there: its exports make no new indices, so
    /// none of its functions can mention a resource by its new name, and none can be a constructor or method.
    static NameRules ofBundle() {
        return new NameRules("the exports of the instance", false);
    }

    /// Checks labels of a record, variant, enum, flags or function.
    static void labels(long offset, String kind, List<String> labels) {
        Set<String> seen = new HashSet<>();
        for (String label : labels) {
            if (label.length() > MAX_NAME_LENGTH || !Labels.isLabel(label)) {
                throw Failures.invalid(offset, "'" + shortened(label) + "' is not a label in kebab case");
            }
            if (!seen.add(label.toLowerCase(Locale.ROOT))) {
                throw Failures.invalid(offset, "the " + kind + " has the label '" + label + "' twice");
            }
        }
    }

    /// Takes one name into the scope.
    void add(long offset, String name, Entity entity) {
        ExternName parsed = ExternName.parse(name)
                .filter(NameRules::hasVersion)
                .orElseThrow(() -> Failures.invalid(
                        offset, "'" + name + "' is not a valid extern name: it is not in kebab case, or no interface"));
        switch (parsed) {
            case ExternName.Plain _, ExternName.Interface _ -> {}
            case ExternName.Constructor(String resource) ->
                requireShape(
                        offset, name, isConstructor(function(offset, name, entity), named(offset, name, resource)));
            case ExternName.Method(String resource, String _) ->
                requireShape(offset, name, isMethod(function(offset, name, entity), named(offset, name, resource)));
            case ExternName.Static(String resource, String _) -> {
                function(offset, name, entity);
                named(offset, name, resource);
            }
        }
        if (!seen.add(parsed.unique())) {
            throw Failures.invalid(
                    offset, scope + " have the name '" + name + "' twice, or one that differs in case only");
        }
        if (resourcesNamed
                && parsed instanceof ExternName.Plain
                && entity instanceof Entity.OfResource(ResourceType type)) {
            resources.put(name, type);
        }
    }

    private static boolean hasVersion(ExternName name) {
        return !(name instanceof ExternName.Interface(var _, Optional<String> version, boolean _))
                || version.filter(text -> !Versions.isSemver(text) && !Versions.isCanonical(text))
                        .isEmpty();
    }

    private ResourceType named(long offset, String name, String resource) {
        ResourceType type = resources.get(resource);
        if (type == null) {
            throw Failures.invalid(offset, "'" + name + "' stands before or without its resource");
        }
        return type;
    }

    private static FunctionType function(long offset, String name, Entity entity) {
        if (entity instanceof Entity.OfFunction(FunctionType type)) {
            return type;
        }
        throw Failures.invalid(offset, "'" + name + "' names a " + entity.words() + ", not a function");
    }

    private static void requireShape(long offset, String name, boolean right) {
        if (!right) {
            throw Failures.invalid(
                    offset,
                    "'" + name + "' has not the type of a "
                            + (name.startsWith("[constructor]") ? "constructor" : "method") + " of its resource");
        }
    }

    private static boolean isConstructor(FunctionType type, ResourceType resource) {
        WitType own = new WitType.OwnType(resource);
        Optional<WitType> result = type.result();
        boolean fallible = result.orElse(own) instanceof WitType.ResultType(var ok, var _)
                && ok.filter(own::equals).isPresent();
        return !type.async() && (fallible || result.filter(own::equals).isPresent());
    }

    private static boolean isMethod(FunctionType type, ResourceType resource) {
        return !type.parameters().isEmpty()
                && type.parameters().getFirst().name().equals("self")
                && type.parameters().getFirst().type().equals(new WitType.BorrowType(resource));
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}

package dev.wattle.host.component;

import dev.wattle.host.component.WitTypeNames.Named;
import dev.wattle.host.component.binary.Entity;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.FunctionType.Parameter;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The text of one interface, or of the items at the root of a world. An interface that is imported and
/// exported is one text: what came first stays.
final class WitInterface {
    private final WitTypeNames names;
    private final String name;
    private final IdentityHashMap<WitType, String> types = new IdentityHashMap<>();
    private final Map<ResourceType, String> resourceNames = new HashMap<>();
    private final SequencedMap<String, List<String>> uses = new LinkedHashMap<>();
    private final SequencedMap<String, String> definitions = new LinkedHashMap<>();
    private final SequencedMap<String, SequencedMap<String, String>> resources = new LinkedHashMap<>();
    private final SequencedMap<String, String> functions = new LinkedHashMap<>();

    WitInterface(WitTypeNames names, String name) {
        this.names = names;
        this.name = name;
    }

    /// Takes an import or export of the interface in.
    void add(String item, Entity entity) {
        switch (entity) {
            case Entity.OfResource(ResourceType type) -> addResource(item, type);
            case Entity.OfValueType(var sized) -> addType(item, sized.type());
            case Entity.OfFunction(FunctionType type) -> addFunction(item, type);
            case Entity.OfInstance _, Entity.OfComponent _, Entity.OfValue _, Entity.OfModule _ ->
                functions.putIfAbsent(item, unspoken(item, entity));
            case Entity.OfFunctionType _, Entity.OfInstanceType _, Entity.OfComponentType _ -> {}
        }
    }

    /// A line for what a component may have and WIT cannot say.
    static String unspoken(String name, Entity entity) {
        String article = entity.words().startsWith("i") ? "an " : "a ";
        return "// " + name + ": " + article + entity.words() + ", which WIT has no words for\n";
    }

    private void addResource(String item, ResourceType type) {
        Named first = names.claim(type, new Named(name, item));
        resourceNames.putIfAbsent(type, item);
        if (first == null) {
            resources.computeIfAbsent(item, _ -> new LinkedHashMap<>());
            definitions.putIfAbsent(item, "");
        } else {
            refer(item, first);
        }
    }

    private void addType(String item, WitType type) {
        Named first = names.claim(type, new Named(name, item));
        if (first != null) {
            refer(item, first);
        } else {
            definitions.putIfAbsent(item, WitTypeText.definition(item, type, this::text));
        }
        if (!(type instanceof WitType.Primitive)) {
            types.putIfAbsent(type, item);
        }
    }

    private void refer(String item, Named first) {
        if (!first.interfaceName().equals(name)) {
            String used = WitTypeNames.label(first.name());
            String text = first.name().equals(item) ? used : used + " as " + WitTypeNames.label(item);
            List<String> known = uses.computeIfAbsent(first.interfaceName(), _ -> new ArrayList<>());
            if (!known.contains(text)) {
                known.add(text);
            }
        } else if (!first.name().equals(item)) {
            definitions.putIfAbsent(
                    item, "type " + WitTypeNames.label(item) + " = " + WitTypeNames.label(first.name()) + ";\n");
        }
    }

    private void addFunction(String item, FunctionType type) {
        int close = item.indexOf(']');
        if (close < 0) {
            functions.putIfAbsent(item, WitTypeNames.label(item) + ": " + function(type) + ";\n");
            return;
        }
        String kind = item.substring(1, close);
        String[] path = item.substring(close + 1).split("\\.", 2);
        SequencedMap<String, String> members = resources.computeIfAbsent(path[0], _ -> new LinkedHashMap<>());
        definitions.putIfAbsent(path[0], "");
        members.putIfAbsent(item, member(kind, path, type));
    }

    private String member(String kind, String[] path, FunctionType type) {
        List<Parameter> parameters = type.parameters();
        return switch (kind) {
            case "constructor" -> {
                boolean plain = type.result().orElseThrow() instanceof WitType.OwnType;
                yield "constructor" + parameters(parameters) + (plain ? "" : result(type)) + ";\n";
            }
            case "static" ->
                WitTypeNames.label(path[1]) + ": static " + keyword(type) + parameters(parameters) + result(type)
                        + ";\n";
            default ->
                WitTypeNames.label(path[1]) + ": " + keyword(type)
                        + parameters(parameters.subList(1, parameters.size())) + result(type) + ";\n";
        };
    }

    /// `func(…) -> …`.
    String function(FunctionType type) {
        return keyword(type) + parameters(type.parameters()) + result(type);
    }

    private static String keyword(FunctionType type) {
        return type.async() ? "async func" : "func";
    }

    private String parameters(List<Parameter> parameters) {
        return parameters.stream()
                .map(parameter -> WitTypeNames.label(parameter.name()) + ": " + text(parameter.type()))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String result(FunctionType type) {
        return type.result().map(result -> " -> " + text(result)).orElse("");
    }

    private String text(WitType type) {
        String known = types.get(type);
        if (known != null) {
            return WitTypeNames.label(known);
        }
        Function<ResourceType, String> resource = one ->
                WitTypeNames.label(Optional.ofNullable(resourceNames.get(one)).orElse(one.name()));
        return WitTypeText.use(type, this::text, resource);
    }

    /// The uses and types, each line behind `indent`.
    String types(String indent) {
        StringBuilder text = new StringBuilder();
        uses.forEach((from, items) -> text.append(indent)
                .append("use ")
                .append(WitTypeNames.reference(name, from))
                .append(".{")
                .append(String.join(", ", items))
                .append("};\n"));
        definitions.forEach((item, definition) -> {
            SequencedMap<String, String> members = resources.get(item);
            text.append(indented(indent, members == null ? definition : resource(item, members)));
        });
        return text.toString();
    }

    void clearTypes() {
        uses.clear();
        definitions.clear();
        resources.clear();
    }

    private static String resource(String item, SequencedMap<String, String> members) {
        String head = "resource " + WitTypeNames.label(item);
        if (members.isEmpty()) {
            return head + ";\n";
        }
        return head + " {\n" + indented("  ", String.join("", members.values())) + "}\n";
    }

    /// All of it.
    String body(String indent) {
        String all = types(indent);
        String calls = indented(indent, String.join("", functions.values()));
        return all.isEmpty() || calls.isEmpty() ? all + calls : all + "\n" + calls;
    }

    private static String indented(String indent, String text) {
        return text.lines().map(line -> indent + line + "\n").collect(Collectors.joining());
    }
}

package dev.wattle.spec;

import dev.wattle.wit.WitType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Reads the values of components out of a script. The text format bounds how deep they nest.
final class LiteralReader {
    /// The types that core modules do not have; an `f32` or `f64` that stands alone may be theirs.
    private static final Set<String> TYPES = Set.of(
            "bool", "u8", "s8", "u16", "s16", "u32", "s32", "u64", "s64", "char", "string", "list", "record", "tuple",
            "variant", "enum", "option", "result", "flags");

    private LiteralReader() {}

    /// Is a value of this type one that only components have?
    static boolean reads(String type) {
        return TYPES.contains(type);
    }

    static Literal read(JsonNode node) {
        String type = node.required("type").asString();
        return switch (type) {
            case "bool" -> new Literal.Bool(value(node).asBoolean());
            case "char" -> new Literal.Char(value(node).asString().codePointAt(0));
            case "string" -> new Literal.Text(value(node).asString());
            case "list" -> new Literal.Elements(all(value(node)));
            case "tuple" -> new Literal.Tuple(all(value(node)));
            case "record" -> fields(value(node));
            case "variant" ->
                new Literal.Variant(
                        value(node).required("case").asString(),
                        optional(value(node).get("payload")));
            case "enum" -> new Literal.EnumCase(value(node).asString());
            case "option" -> new Literal.Option(optional(node.get("value")));
            case "result" -> result(value(node));
            case "flags" -> flags(value(node));
            default ->
                new Literal.Numeric(
                        Primitive.valueOf(type.toUpperCase(Locale.ROOT)),
                        ScriptReader.bits(value(node)).longValue());
        };
    }

    private static JsonNode value(JsonNode node) {
        return node.required("value");
    }

    private static Optional<Literal> optional(@Nullable JsonNode node) {
        return node == null || node.isNull() ? Optional.empty() : Optional.of(read(node));
    }

    private static List<Literal> all(JsonNode nodes) {
        var values = new ArrayList<Literal>();
        nodes.forEach(node -> values.add(read(node)));
        return values;
    }

    private static Literal fields(JsonNode nodes) {
        var fields = new ArrayList<Literal.Field>();
        nodes.forEach(node -> fields.add(new Literal.Field(node.get(0).asString(), read(node.get(1)))));
        return new Literal.Fields(fields);
    }

    private static Literal result(JsonNode node) {
        boolean ok = node.has("Ok");
        return new Literal.Result(ok, optional(node.get(ok ? "Ok" : "Err")));
    }

    private static Literal flags(JsonNode nodes) {
        var labels = new ArrayList<String>();
        nodes.forEach(node -> labels.add(node.asString()));
        return new Literal.Flags(labels);
    }
}

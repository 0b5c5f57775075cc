package dev.wattle.interop;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Values as JSON, in the one way that all performers write them, so that equal values are equal JSON. Who
/// reads it knows the type.
///
/// Numbers are text: decimal for integers, the bits in hexadecimal for floating point, with one NaN. A
/// `list<u8>` is hexadecimal text; an option, a case or a side of a result is an array of its name and its
/// payload, an absent payload left out.
final class ValueJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int CANONICAL_NAN_32 = 0x7FC0_0000;
    private static final long CANONICAL_NAN_64 = 0x7FF8_0000_0000_0000L;

    private ValueJson() {}

    static JsonNode of(WitValue value, WitType type) {
        return switch (value) {
            case WitValue.Bool(var bool) -> NODES.booleanNode(bool);
            case WitValue.Int(var number) ->
                text(type == WitType.Primitive.U64 ? Long.toUnsignedString(number) : Long.toString(number));
            case WitValue.F32(var number) ->
                text("%08x".formatted(Float.isNaN(number) ? CANONICAL_NAN_32 : Float.floatToRawIntBits(number)));
            case WitValue.F64(var number) ->
                text("%016x".formatted(Double.isNaN(number) ? CANONICAL_NAN_64 : Double.doubleToRawLongBits(number)));
            case WitValue.Char(var codePoint) -> text(Integer.toString(codePoint));
            case WitValue.Text(var string) -> text(string);
            case WitValue.Bytes(var bytes) -> text(HexFormat.of().formatHex(bytes.toArray()));
            case WitValue.ListValue(var elements) -> {
                WitType element = ((WitType.ListType) type).element();
                yield array(elements.stream().map(each -> of(each, element)).toList());
            }
            case WitValue.RecordValue(var fields) ->
                row(
                        fields,
                        ((WitType.RecordType) type)
                                .fields().stream().map(WitType.Field::type).toList());
            case WitValue.TupleValue(var elements) -> row(elements, ((WitType.TupleType) type).types());
            case WitValue.VariantValue(var name, var payload) ->
                named(name, payload, caseOf(type, name).payload());
            case WitValue.EnumValue(var name) -> text(name);
            case WitValue.OptionValue(var some) ->
                named(some.isPresent() ? "some" : "none", some, Optional.of(((WitType.OptionType) type).some()));
            case WitValue.ResultValue(var ok, var payload) ->
                named(
                        ok ? "ok" : "err",
                        payload,
                        ok ? ((WitType.ResultType) type).ok() : ((WitType.ResultType) type).error());
            case WitValue.FlagsValue(var labels) ->
                array(labels.stream().<JsonNode>map(ValueJson::text).toList());
            case WitValue.Resource resource -> resource(resource.representation());
            default -> throw new IllegalArgumentException("no JSON for " + value);
        };
    }

    /// Each of its type.
    static ArrayNode row(List<WitValue> values, List<WitType> types) {
        ArrayNode array = NODES.arrayNode();
        for (int i = 0; i < values.size(); i++) {
            array.add(of(values.get(i), types.get(i)));
        }
        return array;
    }

    /// A counter of the host by its number, one that was kept by its name, and a guest's by nothing: runtimes
    /// have their own ideas of what it is.
    private static JsonNode resource(Object representation) {
        return switch (representation) {
            case Integer number -> text("counter " + number);
            case Step.Kept(var name) -> text("kept " + name);
            default -> text("resource");
        };
    }

    private static WitType.Case caseOf(WitType type, String name) {
        return ((WitType.VariantType) type)
                .cases().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    private static JsonNode named(String name, Optional<WitValue> payload, Optional<WitType> type) {
        ArrayNode array = NODES.arrayNode().add(name);
        payload.ifPresent(value -> array.add(of(value, type.orElseThrow())));
        return array;
    }

    private static ArrayNode array(List<JsonNode> elements) {
        return NODES.arrayNode().addAll(elements);
    }

    private static JsonNode text(String text) {
        return NODES.stringNode(text);
    }
}

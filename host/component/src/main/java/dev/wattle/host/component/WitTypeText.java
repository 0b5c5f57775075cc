package dev.wattle.host.component;

import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Types as WIT text.
final class WitTypeText {
    private WitTypeText() {}

    /// The declaration of a named type.
    static String definition(String name, WitType type, Function<WitType, String> use) {
        String label = WitTypeNames.label(name);
        return switch (type) {
            case WitType.RecordType(var fields) ->
                block(
                        "record " + label,
                        fields,
                        field -> WitTypeNames.label(field.name()) + ": " + use.apply(field.type()));
            case WitType.VariantType(var cases) ->
                block(
                        "variant " + label,
                        cases,
                        one -> WitTypeNames.label(one.name())
                                + one.payload()
                                        .map(payload -> "(" + use.apply(payload) + ")")
                                        .orElse(""));
            case WitType.EnumType(var cases) -> block("enum " + label, cases, WitTypeNames::label);
            case WitType.FlagsType(var labels) -> block("flags " + label, labels, WitTypeNames::label);
            case WitType other -> "type " + label + " = " + use.apply(other) + ";\n";
        };
    }

    private static <T> String block(String head, List<T> parts, Function<T, String> text) {
        return parts.stream()
                .map(part -> "  " + text.apply(part) + ",\n")
                .collect(Collectors.joining("", head + " {\n", "}\n"));
    }

    /// A type where it is used. Records and their kin have a name there; those that have none (valid components
    /// have no such) are written out.
    static String use(WitType type, Function<WitType, String> use, Function<ResourceType, String> resource) {
        return switch (type) {
            case WitType.Primitive primitive -> primitive.keyword();
            case WitType.ListType(var element) -> "list<" + use.apply(element) + ">";
            case WitType.FixedListType(var element, int length) -> "list<" + use.apply(element) + ", " + length + ">";
            case WitType.MapType(var key, var value) -> "map<" + use.apply(key) + ", " + use.apply(value) + ">";
            case WitType.ErrorContextType _ -> "error-context";
            case WitType.OptionType(var some) -> "option<" + use.apply(some) + ">";
            case WitType.TupleType(var types) ->
                types.stream().map(use).collect(Collectors.joining(", ", "tuple<", ">"));
            case WitType.ResultType(var ok, var error) -> result(ok.map(use), error.map(use));
            case WitType.OwnType(var owned) -> resource.apply(owned);
            case WitType.BorrowType(var borrowed) -> "borrow<" + resource.apply(borrowed) + ">";
            case WitType.StreamType(var element) ->
                element.map(use).map(text -> "stream<" + text + ">").orElse("stream");
            case WitType.FutureType(var element) ->
                element.map(use).map(text -> "future<" + text + ">").orElse("future");
            case WitType.RecordType _, WitType.VariantType _, WitType.EnumType _, WitType.FlagsType _ ->
                definition("", type, use).replaceAll("\\s+", " ").strip();
        };
    }

    private static String result(Optional<String> ok, Optional<String> error) {
        if (error.isPresent()) {
            return "result<" + ok.orElse("_") + ", " + error.get() + ">";
        }
        return ok.map(text -> "result<" + text + ">").orElse("result");
    }
}

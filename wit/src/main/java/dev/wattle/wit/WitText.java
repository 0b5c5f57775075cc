package dev.wattle.wit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Types as WIT text, on one line, for signatures and messages. Types that WIT wants named (records, variants,
/// …) are written out in place.
public final class WitText {
    /// What WIT reads as something else when it stands alone: such a name gets a `%`.
    private static final Set<String> KEYWORDS = Set.of(
            "as",
            "async",
            "bool",
            "borrow",
            "char",
            "constructor",
            "enum",
            "error-context",
            "export",
            "f32",
            "f64",
            "flags",
            "from",
            "func",
            "future",
            "import",
            "include",
            "interface",
            "list",
            "map",
            "option",
            "own",
            "package",
            "record",
            "resource",
            "result",
            "s16",
            "s32",
            "s64",
            "s8",
            "static",
            "stream",
            "string",
            "tuple",
            "type",
            "u16",
            "u32",
            "u64",
            "u8",
            "use",
            "variant",
            "with",
            "world");

    /// More of a type than this helps nobody who reads a message.
    private static final int MAX_DEPTH = 32;

    /// The type, such as `list<tuple<u8, string>>`.
    public static String print(WitType type) {
        return print(type, 0);
    }

    /// The function's type, such as `func(a: u32, b: u32) -> u32`.
    public static String print(FunctionType type) {
        String parameters = type.parameters().stream()
                .map(parameter -> identifier(parameter.name()) + ": " + print(parameter.type()))
                .collect(Collectors.joining(", ", type.async() ? "async func(" : "func(", ")"));
        return type.result().map(result -> parameters + " -> " + print(result)).orElse(parameters);
    }

    /// The function with its name, such as `add: func(a: u32, b: u32) -> u32`.
    public static String print(String name, FunctionType type) {
        return identifier(name) + ": " + print(type);
    }

    /// A name as WIT reads it back: keywords get a `%`.
    public static String identifier(String name) {
        return KEYWORDS.contains(name) ? "%" + name : name;
    }

    private static String print(WitType type, int depth) {
        if (depth > MAX_DEPTH) {
            return "…";
        }
        return switch (type) {
            case WitType.Primitive primitive -> primitive.keyword();
            case WitType.ListType(var element) -> "list<" + print(element, depth + 1) + ">";
            case WitType.FixedListType(var element, int length) ->
                "list<" + print(element, depth + 1) + ", " + length + ">";
            case WitType.MapType(var key, var value) -> "map<" + key.keyword() + ", " + print(value, depth + 1) + ">";
            case WitType.ErrorContextType _ -> "error-context";
            case WitType.RecordType(var fields) ->
                fields.stream()
                        .map(field -> identifier(field.name()) + ": " + print(field.type(), depth + 1))
                        .collect(Collectors.joining(", ", "record { ", " }"));
            case WitType.TupleType(var types) ->
                types.stream().map(each -> print(each, depth + 1)).collect(Collectors.joining(", ", "tuple<", ">"));
            case WitType.VariantType(var cases) ->
                cases.stream().map(each -> print(each, depth)).collect(Collectors.joining(", ", "variant { ", " }"));
            case WitType.EnumType(var cases) -> labels("enum", cases);
            case WitType.FlagsType(var labels) -> labels("flags", labels);
            case WitType.OptionType(var some) -> "option<" + print(some, depth + 1) + ">";
            case WitType.ResultType(var ok, var error) -> printResult(ok, error, depth);
            case WitType.OwnType(var resource) -> identifier(resource.name());
            case WitType.BorrowType(var resource) -> "borrow<" + identifier(resource.name()) + ">";
            case WitType.StreamType(var element) -> "stream" + argument(element, depth);
            case WitType.FutureType(var element) -> "future" + argument(element, depth);
        };
    }

    private static String print(WitType.Case each, int depth) {
        return identifier(each.name())
                + each.payload()
                        .map(payload -> "(" + print(payload, depth + 1) + ")")
                        .orElse("");
    }

    private static String labels(String keyword, List<String> labels) {
        return labels.stream().map(WitText::identifier).collect(Collectors.joining(", ", keyword + " { ", " }"));
    }

    private static String printResult(Optional<WitType> ok, Optional<WitType> error, int depth) {
        if (error.isEmpty()) {
            return "result" + argument(ok, depth);
        }
        String okText = ok.map(each -> print(each, depth + 1)).orElse("_");
        return "result<" + okText + ", " + print(error.get(), depth + 1) + ">";
    }

    private static String argument(Optional<WitType> type, int depth) {
        return type.map(each -> "<" + print(each, depth + 1) + ">").orElse("");
    }

    private WitText() {}
}

package dev.wattle.wit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Checks values against types: a value does not carry its type, so this stands wherever values come in from
/// code or wire.
public final class Values {
    private static final int SHOWN_CHARACTERS = 40;

    /// Checks one value.
    ///
    /// @throws IllegalArgumentException when it does not fit; the message says where in the value, and what was
    /// expected
    public static void check(WitType type, WitValue value) {
        refuse(problem(type, value));
    }

    /// Checks the arguments of a call.
    ///
    /// @throws IllegalArgumentException when they are too few or too many, or one does not fit its type
    public static void checkArguments(FunctionType type, List<WitValue> arguments) {
        List<FunctionType.Parameter> parameters = type.parameters();
        if (arguments.size() != parameters.size()) {
            throw new IllegalArgumentException("expected %d arguments, got %d; the signature is %s"
                    .formatted(parameters.size(), arguments.size(), WitText.print(type)));
        }
        for (int index = 0; index < parameters.size(); index++) {
            FunctionType.Parameter parameter = parameters.get(index);
            Problem problem = problem(parameter.type(), arguments.get(index));
            refuse(problem == null ? null : problem.inside(parameter.name()));
        }
    }

    /// Checks the result of a call.
    ///
    /// @throws IllegalArgumentException when there is one too many or too few, or it does not fit its type
    public static void checkResult(FunctionType type, Optional<WitValue> result) {
        if (type.result().isPresent() != result.isPresent()) {
            throw new IllegalArgumentException(
                    type.result().isPresent() ? "expected a result, got none" : "expected no result, got one");
        }
        if (result.isPresent()) {
            Problem problem = problem(type.result().orElseThrow(), result.get());
            refuse(problem == null ? null : problem.inside("result"));
        }
    }

    /// What does not fit, and the way to it from the inside out.
    private record Problem(String message, List<String> path) {
        Problem inside(String step) {
            path.add(step);
            return this;
        }
    }

    private static void refuse(@Nullable Problem problem) {
        if (problem != null) {
            String path = String.join("", problem.path().reversed());
            throw new IllegalArgumentException(path.isEmpty() ? problem.message() : path + ": " + problem.message());
        }
    }

    private static Problem mismatch(WitType type, WitValue value) {
        return new Problem("expected " + WitText.print(type) + ", got " + describe(value), new ArrayList<>());
    }

    private static @Nullable Problem problem(WitType type, WitValue value) {
        return switch (type) {
            case WitType.Primitive primitive -> fits(primitive, value) ? null : mismatch(type, value);
            case WitType.ListType(var element) -> listProblem(type, element, value);
            case WitType.FixedListType(var element, int length) ->
                length(value) == length ? listProblem(type, element, value) : mismatch(type, value);
            case WitType.MapType map -> mapProblem(map, value);
            case WitType.RecordType(var fields) -> recordProblem(type, fields, value);
            case WitType.TupleType(var types) -> tupleProblem(type, types, value);
            case WitType.VariantType(var cases) -> variantProblem(type, cases, value);
            case WitType.EnumType(var cases) ->
                value instanceof WitValue.EnumValue(var name) && cases.contains(name) ? null : mismatch(type, value);
            case WitType.OptionType(var some) ->
                value instanceof WitValue.OptionValue(var payload)
                        ? payload.map(each -> inside(".some", problem(some, each)))
                                .orElse(null)
                        : mismatch(type, value);
            case WitType.ResultType(var ok, var error) -> resultProblem(type, ok, error, value);
            case WitType.FlagsType(var labels) ->
                value instanceof WitValue.FlagsValue(var set) && labels.containsAll(set) ? null : mismatch(type, value);
            case WitType.OwnType(var resource) -> isResource(resource, value) ? null : mismatch(type, value);
            case WitType.BorrowType(var resource) -> isResource(resource, value) ? null : mismatch(type, value);
            case WitType.StreamType(var element) ->
                value instanceof WitValue.StreamValue(var carried, var _) && carried.equals(element)
                        ? null
                        : mismatch(type, value);
            case WitType.FutureType(var element) ->
                value instanceof WitValue.FutureValue(var carried, var _) && carried.equals(element)
                        ? null
                        : mismatch(type, value);
            case WitType.ErrorContextType _ ->
                value instanceof WitValue.ErrorContextValue ? null : mismatch(type, value);
        };
    }

    private static @Nullable Problem inside(String step, @Nullable Problem problem) {
        return problem == null ? null : problem.inside(step);
    }

    private static boolean fits(WitType.Primitive primitive, WitValue value) {
        return switch (primitive) {
            case BOOL -> value instanceof WitValue.Bool;
            case S8, U8, S16, U16, S32, U32, S64, U64 ->
                value instanceof WitValue.Int(var number)
                        && number >= smallest(primitive)
                        && number <= largest(primitive);
            case F32 -> value instanceof WitValue.F32;
            case F64 -> value instanceof WitValue.F64;
            case CHAR -> value instanceof WitValue.Char;
            case STRING -> value instanceof WitValue.Text(var text) && isWellFormed(text);
        };
    }

    /// The smallest long that holds a value of an integer type.
    static long smallest(WitType.Primitive primitive) {
        return switch (primitive) {
            case U8, U16, U32 -> 0;
            case S8 -> Byte.MIN_VALUE;
            case S16 -> Short.MIN_VALUE;
            case S32 -> Integer.MIN_VALUE;
            case S64, U64 -> Long.MIN_VALUE;
            case BOOL, F32, F64, CHAR, STRING -> throw new IllegalArgumentException("not an integer: " + primitive);
        };
    }

    /// The largest long that holds a value of an integer type.
    static long largest(WitType.Primitive primitive) {
        return switch (primitive) {
            case U8 -> 0xFF;
            case U16 -> 0xFFFF;
            case U32 -> 0xFFFF_FFFFL;
            case S8 -> Byte.MAX_VALUE;
            case S16 -> Short.MAX_VALUE;
            case S32 -> Integer.MAX_VALUE;
            case S64, U64 -> Long.MAX_VALUE;
            case BOOL, F32, F64, CHAR, STRING -> throw new IllegalArgumentException("not an integer: " + primitive);
        };
    }

    /// Has the text no surrogate without its partner?
    public static boolean isWellFormed(String text) {
        for (int index = 0; index < text.length(); index++) {
            char unit = text.charAt(index);
            if (Character.isSurrogate(unit)) {
                if (index + 1 == text.length() || !Character.isSurrogatePair(unit, text.charAt(index + 1))) {
                    return false;
                }
                index++;
            }
        }
        return true;
    }

    private static @Nullable Problem listProblem(WitType type, WitType element, WitValue value) {
        if (element == WitType.Primitive.U8) {
            return value instanceof WitValue.Bytes ? null : mismatch(type, value);
        }
        return value instanceof WitValue.ListValue(var elements)
                ? elementProblem(elements, _ -> element)
                : mismatch(type, value);
    }

    /// How many elements the list has; -1 when it is none.
    private static int length(WitValue value) {
        return switch (value) {
            case WitValue.ListValue(var elements) -> elements.size();
            case WitValue.Bytes(var bytes) -> bytes.size();
            default -> -1;
        };
    }

    private static @Nullable Problem mapProblem(WitType.MapType type, WitValue value) {
        if (!(value instanceof WitValue.MapValue(var entries))) {
            return mismatch(type, value);
        }
        for (int index = 0; index < entries.size(); index++) {
            WitValue.Entry entry = entries.get(index);
            Problem key = problem(type.key(), entry.key());
            if (key != null) {
                return key.inside(".key").inside("[" + index + "]");
            }
            Problem problem = problem(type.value(), entry.value());
            if (problem != null) {
                return problem.inside(".value").inside("[" + index + "]");
            }
        }
        return null;
    }

    private static @Nullable Problem tupleProblem(WitType type, List<WitType> types, WitValue value) {
        return value instanceof WitValue.TupleValue(var elements) && elements.size() == types.size()
                ? elementProblem(elements, types::get)
                : mismatch(type, value);
    }

    private static @Nullable Problem elementProblem(
            List<WitValue> elements, java.util.function.IntFunction<WitType> types) {
        for (int index = 0; index < elements.size(); index++) {
            Problem problem = problem(types.apply(index), elements.get(index));
            if (problem != null) {
                return problem.inside("[" + index + "]");
            }
        }
        return null;
    }

    private static @Nullable Problem recordProblem(WitType type, List<WitType.Field> fields, WitValue value) {
        if (!(value instanceof WitValue.RecordValue(var values)) || values.size() != fields.size()) {
            return mismatch(type, value);
        }
        for (int index = 0; index < fields.size(); index++) {
            Problem problem = problem(fields.get(index).type(), values.get(index));
            if (problem != null) {
                return problem.inside("." + fields.get(index).name());
            }
        }
        return null;
    }

    private static @Nullable Problem variantProblem(WitType type, List<WitType.Case> cases, WitValue value) {
        if (value instanceof WitValue.VariantValue(var name, var payload)) {
            for (WitType.Case each : cases) {
                if (each.name().equals(name)) {
                    return payloadProblem(type, value, "." + name, each.payload(), payload);
                }
            }
        }
        return mismatch(type, value);
    }

    private static @Nullable Problem resultProblem(
            WitType type, Optional<WitType> ok, Optional<WitType> error, WitValue value) {
        if (value instanceof WitValue.ResultValue(var isOk, var payload)) {
            return payloadProblem(type, value, isOk ? ".ok" : ".err", isOk ? ok : error, payload);
        }
        return mismatch(type, value);
    }

    private static @Nullable Problem payloadProblem(
            WitType type, WitValue value, String step, Optional<WitType> payloadType, Optional<WitValue> payload) {
        if (payloadType.isPresent() != payload.isPresent()) {
            return mismatch(type, value);
        }
        return payload.map(each -> inside(step, problem(payloadType.orElseThrow(), each)))
                .orElse(null);
    }

    private static boolean isResource(ResourceType resource, WitValue value) {
        return value instanceof WitValue.Resource(var type, var _) && type == resource;
    }

    /// A short name of a value for messages; never a whole list or a long text.
    private static String describe(WitValue value) {
        return switch (value) {
            case WitValue.Bool(var bool) -> "the bool " + bool;
            case WitValue.Int(var number) -> "the integer " + number;
            case WitValue.F32(var number) -> "the f32 " + number;
            case WitValue.F64(var number) -> "the f64 " + number;
            case WitValue.Char(var codePoint) -> "a char U+%04X".formatted(codePoint);
            case WitValue.Text(var text) ->
                isWellFormed(text) ? "a string of " + text.length() + " characters" : "a string with a lone surrogate";
            case WitValue.ListValue(var elements) -> "a list of " + elements.size() + " values";
            case WitValue.Bytes(var bytes) -> "a list of " + bytes.size() + " bytes";
            case WitValue.MapValue(var entries) -> "a map of " + entries.size() + " entries";
            case WitValue.RecordValue(var fields) -> "a record of " + fields.size() + " fields";
            case WitValue.TupleValue(var elements) -> "a tuple of " + elements.size() + " values";
            case WitValue.VariantValue(var name, var payload) ->
                "the variant case " + shorten(name) + payloadText(payload);
            case WitValue.EnumValue(var name) -> "the enum case " + shorten(name);
            case WitValue.OptionValue(var some) -> some.isPresent() ? "some(…)" : "none";
            case WitValue.ResultValue(var ok, var payload) -> (ok ? "ok" : "err") + payloadText(payload);
            case WitValue.FlagsValue(var labels) -> "flags " + shorten(String.join(", ", labels));
            case WitValue.Resource(var type, var _) -> "a resource " + type;
            case WitValue.StreamValue _ -> "a stream";
            case WitValue.FutureValue _ -> "a future";
            case WitValue.ErrorContextValue _ -> "an error-context";
        };
    }

    private static String payloadText(Optional<WitValue> payload) {
        return payload.isPresent() ? "(…)" : "";
    }

    private static String shorten(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    private Values() {}
}

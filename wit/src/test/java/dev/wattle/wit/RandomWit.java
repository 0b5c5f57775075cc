package dev.wattle.wit;

import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;

/// Random types without resources, and random values of them. Other modules' tests use it too.
public final class RandomWit {
    private static final int MAX_PARTS = 4;
    private static final int MAX_LABELS = 32;
    /// Keywords of WAVE and of WIT among them: they are what quoting is for.
    private static final List<String> NAMES =
            List.of("a", "ok", "err", "some", "none", "true", "inf", "nan", "type", "two-words", "HTTP", "b2-c3");

    private static final int MAX_FIXED_LENGTH = 5;
    private static final List<WitType.Primitive> KEYS = java.util.Arrays.stream(WitType.Primitive.values())
            .filter(WitType.MapType::isKey)
            .toList();

    /// A type of what WASI 0.2 guests have.
    public static WitType type(Gen gen, int depth) {
        return type(gen, depth, false);
    }

    /// The same, maps and lists of fixed length too.
    public static WitType anyType(Gen gen, int depth) {
        return type(gen, depth, true);
    }

    private static WitType type(Gen gen, int depth, boolean all) {
        if (depth == 0) {
            return gen.oneOf(List.of(WitType.Primitive.values()));
        }
        return switch (gen.intBetween(0, all ? 11 : 9)) {
            case 0 -> new WitType.ListType(type(gen, depth - 1, all));
            case 1 ->
                new WitType.RecordType(names(gen, MAX_PARTS).stream()
                        .map(name -> new WitType.Field(name, type(gen, depth - 1, all)))
                        .toList());
            case 2 ->
                new WitType.TupleType(IntStream.rangeClosed(0, gen.intBetween(0, MAX_PARTS))
                        .mapToObj(_ -> type(gen, depth - 1, all))
                        .toList());
            case 3 ->
                new WitType.VariantType(names(gen, MAX_PARTS).stream()
                        .map(name -> new WitType.Case(name, payload(gen, depth, all)))
                        .toList());
            case 4 -> new WitType.EnumType(names(gen, NAMES.size()));
            case 5 -> new WitType.OptionType(type(gen, depth - 1, all));
            case 6 -> new WitType.ResultType(payload(gen, depth, all), payload(gen, depth, all));
            case 7 ->
                new WitType.FlagsType(IntStream.range(0, gen.intBetween(1, MAX_LABELS))
                        .mapToObj(index -> "flag" + index)
                        .toList());
            case 8, 9 -> type(gen, 0);
            case 10 -> new WitType.FixedListType(type(gen, depth - 1, all), gen.intBetween(1, MAX_FIXED_LENGTH));
            default -> new WitType.MapType(gen.oneOf(KEYS), type(gen, depth - 1, all));
        };
    }

    private static Optional<WitType> payload(Gen gen, int depth, boolean all) {
        return gen.bool() ? Optional.of(type(gen, depth - 1, all)) : Optional.empty();
    }

    private static List<String> names(Gen gen, int max) {
        int first = gen.intBetween(0, NAMES.size() - 1);
        return IntStream.range(first, first + gen.intBetween(1, max))
                .mapToObj(index -> NAMES.get(index % NAMES.size()))
                .toList();
    }

    /// A value of a type without handles.
    public static WitValue value(Gen gen, WitType type) {
        return value(gen, type, handle -> {
            throw new IllegalArgumentException("no random value of " + handle);
        });
    }

    /// A value of any type.
    ///
    /// @param handles gives values of `own` and `borrow`
    public static WitValue value(Gen gen, WitType type, Function<ResourceType, WitValue> handles) {
        return switch (type) {
            case WitType.Primitive primitive -> primitive(gen, primitive);
            case WitType.ListType(var element) ->
                element == WitType.Primitive.U8
                        ? WitValue.ofBytes(gen.bytes(MAX_LABELS))
                        : new WitValue.ListValue(gen.list(MAX_PARTS, each -> value(each, element, handles)));
            case WitType.FixedListType(var element, int length) ->
                element == WitType.Primitive.U8
                        ? WitValue.ofBytes(bytes(gen, length))
                        : new WitValue.ListValue(IntStream.range(0, length)
                                .mapToObj(_ -> value(gen, element, handles))
                                .toList());
            case WitType.MapType(var key, var value) ->
                new WitValue.MapValue(
                        gen.list(MAX_PARTS, each -> new WitValue.Entry(value(each, key), value(each, value, handles))));
            case WitType.RecordType(var fields) ->
                new WitValue.RecordValue(fields.stream()
                        .map(field -> value(gen, field.type(), handles))
                        .toList());
            case WitType.TupleType(var types) ->
                new WitValue.TupleValue(
                        types.stream().map(each -> value(gen, each, handles)).toList());
            case WitType.VariantType(var cases) -> {
                WitType.Case chosen = gen.oneOf(cases);
                yield new WitValue.VariantValue(chosen.name(), chosen.payload().map(each -> value(gen, each, handles)));
            }
            case WitType.EnumType(var cases) -> new WitValue.EnumValue(gen.oneOf(cases));
            case WitType.OptionType(var some) ->
                gen.bool() ? WitValue.some(value(gen, some, handles)) : WitValue.none();
            case WitType.ResultType(var ok, var error) -> {
                boolean isOk = gen.bool();
                yield new WitValue.ResultValue(isOk, (isOk ? ok : error).map(each -> value(gen, each, handles)));
            }
            case WitType.FlagsType(var labels) ->
                new WitValue.FlagsValue(new TreeSet<>(
                        new ArrayList<>(labels).stream().filter(_ -> gen.bool()).toList()));
            case WitType.OwnType(var resource) -> handles.apply(resource);
            case WitType.BorrowType(var resource) -> handles.apply(resource);
            case WitType.StreamType _, WitType.FutureType _, WitType.ErrorContextType _ ->
                throw new IllegalArgumentException("no random value of " + type);
        };
    }

    private static byte[] bytes(Gen gen, int length) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = (byte) gen.anyLong();
        }
        return bytes;
    }

    private static WitValue primitive(Gen gen, WitType.Primitive primitive) {
        return switch (primitive) {
            case BOOL -> WitValue.of(gen.bool());
            case U8 -> WitValue.of(gen.anyLong() & 0xFF);
            case S8 -> WitValue.of((byte) gen.anyLong());
            case U16 -> WitValue.of(gen.anyLong() & 0xFFFF);
            case S16 -> WitValue.of((short) gen.anyLong());
            case U32 -> WitValue.of(gen.anyLong() & 0xFFFF_FFFFL);
            case S32 -> WitValue.of(gen.intBetween(Integer.MIN_VALUE, Integer.MAX_VALUE));
            case U64, S64 -> WitValue.of(gen.anyLong());
            case F32 -> new WitValue.F32(Float.intBitsToFloat(gen.intBetween(Integer.MIN_VALUE, Integer.MAX_VALUE)));
            case F64 -> new WitValue.F64(gen.anyDouble());
            case CHAR -> new WitValue.Char(gen.codePoint());
            case STRING -> WitValue.of(gen.string(8));
        };
    }

    private RandomWit() {}
}

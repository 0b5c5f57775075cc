package dev.wattle.interop;

import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// The values of a type at which programs break: the smallest, the largest, the empty, each case.
final class EdgeValues {
    private static final int LONG_STRING = 3000;

    private EdgeValues() {}

    /// At least one, each of them fits the type.
    static List<WitValue> of(WitType type) {
        return switch (type) {
            case WitType.Primitive primitive -> ofPrimitive(primitive);
            case WitType.ListType(var element) -> ofList(element);
            case WitType.RecordType(var fields) ->
                together(fields.stream().map(WitType.Field::type).toList()).stream()
                        .<WitValue>map(WitValue.RecordValue::new)
                        .toList();
            case WitType.TupleType(var types) ->
                together(types).stream().<WitValue>map(WitValue.TupleValue::new).toList();
            case WitType.VariantType(var cases) ->
                cases.stream().flatMap(EdgeValues::ofCase).toList();
            case WitType.EnumType(var cases) ->
                cases.stream().<WitValue>map(WitValue.EnumValue::new).toList();
            case WitType.OptionType(var some) ->
                Stream.concat(Stream.of(WitValue.none()), of(some).stream().map(WitValue::some))
                        .toList();
            case WitType.ResultType(var ok, var error) ->
                Stream.concat(ofSide(true, ok), ofSide(false, error)).toList();
            case WitType.FlagsType(var labels) -> ofFlags(labels);
            default -> throw new IllegalArgumentException("no edges are known of " + type);
        };
    }

    private static List<WitValue> ofPrimitive(WitType.Primitive primitive) {
        return switch (primitive) {
            case BOOL -> List.of(WitValue.of(false), WitValue.of(true));
            case U8 -> integers(0, 1, 0x7F, 0x80, 0xFF);
            case S8 -> integers(0, -1, Byte.MAX_VALUE, Byte.MIN_VALUE);
            case U16 -> integers(0, 1, 0x7FFF, 0x8000, 0xFFFF);
            case S16 -> integers(0, -1, Short.MAX_VALUE, Short.MIN_VALUE);
            case U32 -> integers(0, 1, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL);
            case S32 -> integers(0, -1, Integer.MAX_VALUE, Integer.MIN_VALUE);
            // Around where a double still counts by ones, too: 64 bits are not numbers in every language.
            case U64, S64 -> integers(0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, (1L << 53) + 1, 0xFFFF_FFFFL + 1);
            case F32 ->
                Stream.of(
                                0f,
                                -0f,
                                1.5f,
                                Float.MIN_VALUE,
                                -Float.MAX_VALUE,
                                Float.POSITIVE_INFINITY,
                                Float.NEGATIVE_INFINITY,
                                Float.NaN)
                        .<WitValue>map(WitValue.F32::new)
                        .toList();
            case F64 ->
                Stream.of(
                                0d,
                                -0d,
                                0.1,
                                Double.MIN_VALUE,
                                -Double.MAX_VALUE,
                                Double.POSITIVE_INFINITY,
                                Double.NEGATIVE_INFINITY,
                                Double.NaN)
                        .<WitValue>map(WitValue.F64::new)
                        .toList();
            case CHAR ->
                IntStream.of(0, 'a', 0x7F, 0x80, 0xD7FF, 0xE000, 0xFFFF, 0x1_0000, 0x10_FFFF)
                        .<WitValue>mapToObj(WitValue.Char::new)
                        .toList();
            case STRING ->
                Stream.of("", "a", "\0", "grüße", "\u20AC\uFFFF", "🌍 𝄞", "\"\\\n\t", "x".repeat(LONG_STRING))
                        .map(WitValue::of)
                        .toList();
        };
    }

    private static List<WitValue> integers(long... values) {
        return LongStream.of(values).mapToObj(WitValue::of).toList();
    }

    /// The empty one, each edge alone, all in one.
    private static List<WitValue> ofList(WitType element) {
        if (element == WitType.Primitive.U8) {
            byte[] all = new byte[256];
            for (int i = 0; i < all.length; i++) {
                all[i] = (byte) i;
            }
            return List.of(
                    new WitValue.Bytes(ByteString.EMPTY), WitValue.ofBytes(new byte[] {-1}), WitValue.ofBytes(all));
        }
        List<WitValue> elements = of(element);
        var lists = new ArrayList<WitValue>();
        lists.add(WitValue.list(List.of()));
        elements.forEach(each -> lists.add(WitValue.list(List.of(each))));
        lists.add(WitValue.list(elements));
        return lists;
    }

    /// Rows of edges: the first of each type, the second of each, until all were there.
    static List<List<WitValue>> together(List<WitType> types) {
        List<List<WitValue>> edges = types.stream().map(EdgeValues::of).toList();
        int rows = edges.stream().mapToInt(List::size).max().orElse(1);
        return IntStream.range(0, rows)
                .mapToObj(row -> edges.stream()
                        .map(column -> column.get(row % column.size()))
                        .toList())
                .toList();
    }

    private static Stream<WitValue> ofCase(WitType.Case chosen) {
        return chosen.payload().isEmpty()
                ? Stream.of(WitValue.variant(chosen.name()))
                : of(chosen.payload().get()).stream().map(payload -> WitValue.variant(chosen.name(), payload));
    }

    private static Stream<WitValue> ofSide(boolean ok, Optional<WitType> type) {
        return type.isEmpty()
                ? Stream.of(new WitValue.ResultValue(ok, Optional.empty()))
                : of(type.get()).stream().map(payload -> new WitValue.ResultValue(ok, Optional.of(payload)));
    }

    private static List<WitValue> ofFlags(List<String> labels) {
        return Stream.of(List.<String>of(), labels, List.of(labels.getFirst()), List.of(labels.getLast()))
                .<WitValue>map(set -> new WitValue.FlagsValue(new TreeSet<>(set)))
                .toList();
    }
}

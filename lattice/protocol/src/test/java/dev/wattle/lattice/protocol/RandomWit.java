package dev.wattle.lattice.protocol;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Random types that may cross the wire, and random values of them.
final class RandomWit {
    private static final List<Primitive> PRIMITIVES = List.of(Primitive.values());

    private RandomWit() {}

    static WitType type(SplittableRandom random, int depth) {
        int kind = depth == 0 ? random.nextInt(2) : random.nextInt(9);
        return switch (kind) {
            case 0 -> PRIMITIVES.get(random.nextInt(PRIMITIVES.size()));
            case 1 ->
                random.nextBoolean()
                        ? new WitType.EnumType(labels(1 + random.nextInt(200)))
                        : new WitType.FlagsType(labels(1 + random.nextInt(70)));
            case 2, 3 -> new WitType.ListType(random.nextInt(4) == 0 ? Primitive.U8 : type(random, depth - 1));
            case 4 ->
                new WitType.RecordType(labels(1 + random.nextInt(4)).stream()
                        .map(label -> new WitType.Field(label, type(random, depth - 1)))
                        .toList());
            case 5 ->
                new WitType.TupleType(IntStream.range(0, 1 + random.nextInt(4))
                        .mapToObj(_ -> type(random, depth - 1))
                        .toList());
            case 6 ->
                new WitType.VariantType(labels(1 + random.nextInt(4)).stream()
                        .map(label -> new WitType.Case(label, maybe(random, depth)))
                        .toList());
            case 7 -> new WitType.OptionType(type(random, depth - 1));
            default -> new WitType.ResultType(maybe(random, depth), maybe(random, depth));
        };
    }

    private static Optional<WitType> maybe(SplittableRandom random, int depth) {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(type(random, depth - 1));
    }

    private static List<String> labels(int count) {
        return IntStream.range(0, count).mapToObj(i -> "l" + i).toList();
    }

    static WitValue value(SplittableRandom random, WitType type) {
        return switch (type) {
            case Primitive primitive -> primitive(random, primitive);
            case WitType.ListType(var element)
            when element == Primitive.U8 -> {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                yield WitValue.ofBytes(bytes);
            }
            case WitType.ListType(var element) ->
                WitValue.list(IntStream.range(0, random.nextInt(4))
                        .mapToObj(_ -> value(random, element))
                        .toList());
            case WitType.RecordType(var fields) ->
                new WitValue.RecordValue(
                        values(random, fields.stream().map(WitType.Field::type).toList()));
            case WitType.TupleType(var types) -> new WitValue.TupleValue(values(random, types));
            case WitType.VariantType(var cases) -> {
                var chosen = cases.get(random.nextInt(cases.size()));
                yield new WitValue.VariantValue(chosen.name(), payload(random, chosen.payload()));
            }
            case WitType.EnumType(var cases) -> new WitValue.EnumValue(cases.get(random.nextInt(cases.size())));
            case WitType.OptionType(var some) ->
                new WitValue.OptionValue(random.nextBoolean() ? Optional.of(value(random, some)) : Optional.empty());
            case WitType.ResultType(var ok, var error) -> {
                boolean isOk = random.nextBoolean();
                yield new WitValue.ResultValue(isOk, payload(random, isOk ? ok : error));
            }
            case WitType.FlagsType(var labels) -> {
                var set = new TreeSet<String>();
                labels.stream().filter(_ -> random.nextBoolean()).forEach(set::add);
                yield new WitValue.FlagsValue(set);
            }
            case WitType.OwnType _,
                    WitType.BorrowType _,
                    WitType.StreamType _,
                    WitType.FutureType _,
                    WitType.ErrorContextType _,
                    WitType.FixedListType _,
                    WitType.MapType _ -> throw new IllegalArgumentException("never made here: " + type);
        };
    }

    private static List<WitValue> values(SplittableRandom random, List<WitType> types) {
        List<WitValue> values = new ArrayList<>();
        types.forEach(type -> values.add(value(random, type)));
        return values;
    }

    private static Optional<WitValue> payload(SplittableRandom random, Optional<WitType> type) {
        return type.map(present -> value(random, present));
    }

    private static WitValue primitive(SplittableRandom random, Primitive type) {
        return switch (type) {
            case BOOL -> WitValue.of(random.nextBoolean());
            case S8 -> WitValue.of((byte) random.nextInt());
            case U8 -> WitValue.of(random.nextInt() & 0xFF);
            case S16 -> WitValue.of((short) random.nextInt());
            case U16 -> WitValue.of(random.nextInt() & 0xFFFF);
            case S32 -> WitValue.of(random.nextInt() >> random.nextInt(32));
            case U32 -> WitValue.of((random.nextInt() & 0xFFFFFFFFL) >> random.nextInt(32));
            case S64 -> WitValue.of(random.nextLong() >> random.nextInt(64));
            case U64 -> WitValue.of(random.nextLong() >>> random.nextInt(64));
            case F32 -> new WitValue.F32(Float.intBitsToFloat(random.nextInt()));
            case F64 -> new WitValue.F64(Double.longBitsToDouble(random.nextLong()));
            case CHAR -> new WitValue.Char(scalar(random));
            case STRING ->
                WitValue.of(IntStream.range(0, random.nextInt(20))
                        .map(_ -> scalar(random))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
        };
    }

    private static int scalar(SplittableRandom random) {
        int point = random.nextInt(random.nextBoolean() ? 0x80 : 0x110000);
        return point >= 0xD800 && point <= 0xDFFF ? 'x' : point;
    }
}

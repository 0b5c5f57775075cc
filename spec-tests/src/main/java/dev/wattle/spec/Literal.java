package dev.wattle.spec;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// A value of a component as a script writes it. It becomes a [WitValue] when the function says of which type.
sealed interface Literal {
    record Bool(boolean value) implements Literal {}

    /// A number of an integer type, or the bits of a float.
    record Numeric(Primitive type, long value) implements Literal {}

    record Char(int codePoint) implements Literal {}

    record Text(String value) implements Literal {}

    record Elements(List<Literal> values) implements Literal {
        public Elements {
            values = List.copyOf(values);
        }
    }

    record Tuple(List<Literal> values) implements Literal {
        public Tuple {
            values = List.copyOf(values);
        }
    }

    record Fields(List<Field> fields) implements Literal {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    /// One field of a record.
    record Field(String name, Literal value) {}

    record Variant(String name, Optional<Literal> payload) implements Literal {}

    record EnumCase(String name) implements Literal {}

    record Option(Optional<Literal> some) implements Literal {}

    record Result(boolean ok, Optional<Literal> payload) implements Literal {}

    record Flags(List<String> labels) implements Literal {
        public Flags {
            labels = List.copyOf(labels);
        }
    }

    /// The value that it stands for.
    ///
    /// @throws Mismatch when it is not one of this type
    default WitValue as(WitType type) {
        return switch (this) {
            case Bool(boolean value) when type == Primitive.BOOL -> WitValue.of(value);
            case Numeric(Primitive own, long value) when type == own -> number(own, value);
            case Char(int codePoint) when type == Primitive.CHAR -> new WitValue.Char(codePoint);
            case Text(String value) when type == Primitive.STRING -> WitValue.of(value);
            case Elements(var values) -> elements(type, values);
            case Tuple(var values)
            when type instanceof WitType.TupleType(var types) && types.size() == values.size() ->
                new WitValue.TupleValue(pairwise(types, values));
            case Fields(var fields) when type instanceof WitType.RecordType record -> record(record, fields);
            case Variant(String name, var payload)
            when type instanceof WitType.VariantType(var cases) ->
                new WitValue.VariantValue(name, payload(caseOf(cases, name).payload(), payload));
            case EnumCase(String name)
            when type instanceof WitType.EnumType(var cases) && cases.contains(name) -> new WitValue.EnumValue(name);
            case Option(var some)
            when type instanceof WitType.OptionType(var wanted) ->
                new WitValue.OptionValue(some.map(value -> value.as(wanted)));
            case Result(boolean ok, var payload)
            when type instanceof WitType.ResultType(var good, var bad) ->
                new WitValue.ResultValue(ok, payload(ok ? good : bad, payload));
            case Flags(var labels)
            when type instanceof WitType.FlagsType(var known) && known.containsAll(labels) ->
                new WitValue.FlagsValue(new TreeSet<>(labels));
            default -> throw new Mismatch("%s is not of the type %s".formatted(this, type));
        };
    }

    private static WitValue number(Primitive type, long value) {
        return switch (type) {
            case F32 -> new WitValue.F32(Float.intBitsToFloat((int) value));
            case F64 -> new WitValue.F64(Double.longBitsToDouble(value));
            case BOOL, S8, U8, S16, U16, S32, U32, S64, U64, CHAR, STRING -> WitValue.of(value);
        };
    }

    private static WitValue elements(WitType type, List<Literal> values) {
        if (!(type instanceof WitType.ListType(WitType element))) {
            throw new Mismatch("a list is not of the type " + type);
        }
        if (element != Primitive.U8) {
            return WitValue.list(values.stream().map(value -> value.as(element)).toList());
        }
        var bytes = new ByteArrayOutputStream();
        for (Literal value : values) {
            if (!(value instanceof Numeric(Primitive own, long octet)) || own != Primitive.U8) {
                throw new Mismatch("%s is not of the type u8".formatted(value));
            }
            bytes.write((int) octet);
        }
        return WitValue.ofBytes(bytes.toByteArray());
    }

    private static List<WitValue> pairwise(List<WitType> types, List<Literal> values) {
        var all = new ArrayList<WitValue>();
        for (int i = 0; i < types.size(); i++) {
            all.add(values.get(i).as(types.get(i)));
        }
        return all;
    }

    private static WitValue record(WitType.RecordType type, List<Field> fields) {
        var names = type.fields().stream().map(WitType.Field::name).toList();
        if (!names.equals(fields.stream().map(Field::name).toList())) {
            throw new Mismatch("%s is not of the type %s".formatted(fields, type));
        }
        return new WitValue.RecordValue(pairwise(
                type.fields().stream().map(WitType.Field::type).toList(),
                fields.stream().map(Field::value).toList()));
    }

    private static WitType.Case caseOf(List<WitType.Case> cases, String name) {
        return cases.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Mismatch("no case '%s' among %s".formatted(name, cases)));
    }

    private static Optional<WitValue> payload(Optional<WitType> type, Optional<Literal> payload) {
        if (type.isPresent() != payload.isPresent()) {
            throw new Mismatch("the payload %s is not of the type %s".formatted(payload, type));
        }
        return type.map(wanted -> payload.orElseThrow().as(wanted));
    }
}

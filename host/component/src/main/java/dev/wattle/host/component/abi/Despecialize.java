package dev.wattle.host.component.abi;

import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The record or variant behind a specialized type, and behind its values: a tuple is a record, an enum, an
/// option and a result are variants.
///
/// @spec CanonicalABI.md `despecialize`
final class Despecialize {
    private static final Optional<WitType> NO_PAYLOAD = Optional.empty();

    /// The types of a record's or tuple's fields.
    static List<WitType> fields(WitType type) {
        return switch (type) {
            case WitType.RecordType(var fields) -> {
                List<WitType> types = new ArrayList<>(fields.size());
                for (WitType.Field field : fields) {
                    types.add(field.type());
                }
                yield types;
            }
            case WitType.TupleType(var types) -> types;
            default -> throw new IllegalStateException("not a record: " + type);
        };
    }

    /// The payloads of a variant's, option's or result's cases.
    static List<Optional<WitType>> cases(WitType type) {
        return switch (type) {
            case WitType.VariantType(var cases) -> {
                List<Optional<WitType>> payloads = new ArrayList<>(cases.size());
                for (WitType.Case each : cases) {
                    payloads.add(each.payload());
                }
                yield payloads;
            }
            case WitType.EnumType(var cases) -> java.util.Collections.nCopies(cases.size(), NO_PAYLOAD);
            case WitType.OptionType(var some) -> List.of(NO_PAYLOAD, Optional.of(some));
            case WitType.ResultType(var ok, var error) -> List.of(ok, error);
            default -> throw new IllegalStateException("not a variant: " + type);
        };
    }

    /// How many cases a variant of any kind has.
    static int caseCount(WitType type) {
        return switch (type) {
            case WitType.VariantType(var cases) -> cases.size();
            case WitType.EnumType(var cases) -> cases.size();
            case WitType.OptionType _, WitType.ResultType _ -> 2;
            default -> throw new IllegalStateException("not a variant: " + type);
        };
    }

    /// The number of a value's case.
    static int caseIndex(WitType type, WitValue value) {
        int index = switch (value) {
            case WitValue.VariantValue(var name, var _) -> indexOf((WitType.VariantType) type, name);
            case WitValue.EnumValue(var name) ->
                ((WitType.EnumType) type).cases().indexOf(name);
            case WitValue.OptionValue(var some) -> some.isPresent() ? 1 : 0;
            case WitValue.ResultValue(var ok, var _) -> ok ? 0 : 1;
            default -> throw new IllegalStateException("not a value of a variant: " + value);
        };
        if (index < 0) {
            throw new IllegalStateException("no such case: " + value);
        }
        return index;
    }

    private static int indexOf(WitType.VariantType type, String name) {
        for (int index = 0; index < type.cases().size(); index++) {
            if (type.cases().get(index).name().equals(name)) {
                return index;
            }
        }
        return -1;
    }

    /// The payload of a value's case.
    static Optional<WitValue> payload(WitValue value) {
        return switch (value) {
            case WitValue.VariantValue(var _, var payload) -> payload;
            case WitValue.EnumValue _ -> Optional.empty();
            case WitValue.OptionValue(var some) -> some;
            case WitValue.ResultValue(var _, var payload) -> payload;
            default -> throw new IllegalStateException("not a value of a variant: " + value);
        };
    }

    /// The value of a case.
    static WitValue variant(WitType type, int index, Optional<WitValue> payload) {
        return switch (type) {
            case WitType.VariantType(var cases) ->
                new WitValue.VariantValue(cases.get(index).name(), payload);
            case WitType.EnumType(var cases) -> new WitValue.EnumValue(cases.get(index));
            case WitType.OptionType _ -> new WitValue.OptionValue(payload);
            case WitType.ResultType _ -> new WitValue.ResultValue(index == 0, payload);
            default -> throw new IllegalStateException("not a variant: " + type);
        };
    }

    /// The values of a record's or tuple's fields.
    static List<WitValue> fieldValues(WitValue value) {
        return switch (value) {
            case WitValue.RecordValue(var fields) -> fields;
            case WitValue.TupleValue(var elements) -> elements;
            default -> throw new IllegalStateException("not a value of a record: " + value);
        };
    }

    /// The record or tuple of these fields.
    static WitValue record(WitType type, List<WitValue> fields) {
        return type instanceof WitType.TupleType ? new WitValue.TupleValue(fields) : new WitValue.RecordValue(fields);
    }

    /// The type of a map's entries: a map is a list of pairs.
    static WitType entry(WitType.MapType type) {
        return new WitType.TupleType(List.of(type.key(), type.value()));
    }

    /// The list of pairs behind a map.
    static WitValue entries(WitValue map) {
        List<WitValue> pairs = new ArrayList<>();
        for (WitValue.Entry each : ((WitValue.MapValue) map).entries()) {
            pairs.add(new WitValue.TupleValue(List.of(each.key(), each.value())));
        }
        return new WitValue.ListValue(pairs);
    }

    /// The map of a list of pairs.
    static WitValue map(WitValue pairs) {
        List<WitValue.Entry> entries = new ArrayList<>();
        for (WitValue pair : ((WitValue.ListValue) pairs).elements()) {
            List<WitValue> keyAndValue = fieldValues(pair);
            entries.add(new WitValue.Entry(keyAndValue.getFirst(), keyAndValue.getLast()));
        }
        return new WitValue.MapValue(entries);
    }

    /// The list of these elements.
    static WitValue list(WitType element, List<WitValue> elements) {
        if (element != WitType.Primitive.U8) {
            return new WitValue.ListValue(elements);
        }
        byte[] bytes = new byte[elements.size()];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) ((WitValue.Int) elements.get(index)).value();
        }
        return new WitValue.Bytes(ByteString.adopt(bytes));
    }

    /// The elements of a list.
    static List<WitValue> elements(WitValue list) {
        if (!(list instanceof WitValue.Bytes(var bytes))) {
            return ((WitValue.ListValue) list).elements();
        }
        List<WitValue> elements = new ArrayList<>(bytes.size());
        for (byte each : bytes.toArray()) {
            elements.add(new WitValue.Int(Byte.toUnsignedLong(each)));
        }
        return elements;
    }

    private Despecialize() {}
}

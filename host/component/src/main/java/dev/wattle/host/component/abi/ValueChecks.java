package dev.wattle.host.component.abi;

import dev.wattle.wit.Values;
import dev.wattle.wit.WitValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What generated code calls to check that values fit, without looking at their types: the rules of
/// [dev.wattle.wit.Values], which has the words for what does not fit.
public final class ValueChecks {
    private ValueChecks() {}

    public static boolean isBool(WitValue value) {
        return value instanceof WitValue.Bool;
    }

    /// An integer in a range.
    public static boolean isInt(WitValue value, long smallest, long largest) {
        return value instanceof WitValue.Int(var number) && number >= smallest && number <= largest;
    }

    public static boolean isF32(WitValue value) {
        return value instanceof WitValue.F32;
    }

    public static boolean isF64(WitValue value) {
        return value instanceof WitValue.F64;
    }

    public static boolean isChar(WitValue value) {
        return value instanceof WitValue.Char;
    }

    public static boolean isString(WitValue value) {
        return value instanceof WitValue.Text(var text) && Values.isWellFormed(text);
    }

    public static boolean isBytes(WitValue value) {
        return value instanceof WitValue.Bytes;
    }

    public static boolean isFlags(WitValue value, Labels labels) {
        return value instanceof WitValue.FlagsValue(var set) && labels.bits(set) >= 0;
    }

    public static boolean isResource(LiftLowerContext cx, WitValue value, int resource) {
        return value instanceof WitValue.Resource(var type, var _) && type == cx.resource(resource);
    }

    /// A variant's, an enum's, an option's or a result's case; -1 when the value is none, or has a payload
    /// where there is none, or none where there is one.
    public static int variantCase(WitValue value, Labels labels) {
        return value instanceof WitValue.VariantValue ? labels.caseOf(value) : -1;
    }

    public static int enumCase(WitValue value, Labels labels) {
        return value instanceof WitValue.EnumValue ? labels.caseOf(value) : -1;
    }

    public static int optionCase(WitValue value, Labels labels) {
        return value instanceof WitValue.OptionValue ? labels.caseOf(value) : -1;
    }

    public static int resultCase(WitValue value, Labels labels) {
        return value instanceof WitValue.ResultValue ? labels.caseOf(value) : -1;
    }

    /// The fields when it is a record of so many, else null.
    public static @Nullable List<WitValue> recordFields(WitValue value, int fields) {
        return value instanceof WitValue.RecordValue(var values) && values.size() == fields ? values : null;
    }

    /// The elements when it is a tuple of so many, else null.
    public static @Nullable List<WitValue> tupleElements(WitValue value, int elements) {
        return value instanceof WitValue.TupleValue(var values) && values.size() == elements ? values : null;
    }

    public static boolean isFixedBytes(WitValue value, int length) {
        return value instanceof WitValue.Bytes(var bytes) && bytes.size() == length;
    }

    /// The elements when it is a list of so many of anything but bytes, else null.
    public static @Nullable List<WitValue> fixedElements(WitValue value, int length) {
        List<WitValue> elements = listElements(value);
        return elements != null && elements.size() == length ? elements : null;
    }

    /// The keys when it is a map, else null.
    public static @Nullable List<WitValue> mapKeys(WitValue value) {
        return value instanceof WitValue.MapValue(var entries)
                ? entries.stream().map(WitValue.Entry::key).toList()
                : null;
    }

    /// The values when it is a map, else null.
    public static @Nullable List<WitValue> mapValues(WitValue value) {
        return value instanceof WitValue.MapValue(var entries)
                ? entries.stream().map(WitValue.Entry::value).toList()
                : null;
    }

    /// The elements when it is a list of anything but bytes, else null.
    public static @Nullable List<WitValue> listElements(WitValue value) {
        return value instanceof WitValue.ListValue(var elements) ? elements : null;
    }
}

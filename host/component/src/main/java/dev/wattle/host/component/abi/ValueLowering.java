package dev.wattle.host.component.abi;

import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitValue;
import java.util.List;

/// What generated code calls to lower values: a method for each primitive type, into flat values and into
/// memory, and what types that have parts need beside their parts. The rules are those of [FlatLowering] and
/// [Storing], whose helpers do the work; the types are gone.
///
/// The values were checked before, by [ValueChecks].
public final class ValueLowering {
    private ValueLowering() {}

    private static long integer(WitValue value) {
        return ((WitValue.Int) value).value();
    }

    public static int lowerBool(WitValue value) {
        return ((WitValue.Bool) value).value() ? 1 : 0;
    }

    /// Every integer type of up to 32 bits.
    public static int lowerInt(WitValue value) {
        return (int) integer(value);
    }

    /// `u64` and `s64`.
    public static long lowerLong(WitValue value) {
        return integer(value);
    }

    /// NaN is made canonical.
    public static float lowerF32(WitValue value) {
        return Float.intBitsToFloat(Float.floatToIntBits(((WitValue.F32) value).value()));
    }

    /// NaN is made canonical.
    public static double lowerF64(WitValue value) {
        return Double.longBitsToDouble(Double.doubleToLongBits(((WitValue.F64) value).value()));
    }

    public static int lowerChar(WitValue value) {
        return ((WitValue.Char) value).codePoint();
    }

    /// An address in the lower half, a length in the upper one.
    public static long lowerString(LiftLowerContext cx, WitValue value) {
        return lowerText(cx, ((WitValue.Text) value).value());
    }

    /// The same of a Java string.
    public static long lowerText(LiftLowerContext cx, String text) {
        Strings.Range range = StringLowering.storeStringIntoRange(cx, text);
        return range(range.pointer(), range.taggedCodeUnits());
    }

    /// A `list<u8>`.
    public static long lowerBytes(LiftLowerContext cx, WitValue value) {
        ByteString bytes = ((WitValue.Bytes) value).bytes();
        return range(Storing.storeBytes(cx, bytes), bytes.size());
    }

    /// The two halves of what a string or a list is lowered to.
    public static long range(long pointer, long length) {
        return pointer | length << Integer.SIZE;
    }

    public static int lowerFlags(WitValue value, Labels labels) {
        return (int) labels.bits(((WitValue.FlagsValue) value).labels());
    }

    /// The number of a value's case.
    public static int lowerCase(WitValue value, Labels labels) {
        return labels.caseOf(value);
    }

    public static int lowerOwn(LiftLowerContext cx, WitValue value, int resource) {
        return cx.lowerOwn(value, cx.resource(resource));
    }

    public static int lowerBorrow(LiftLowerContext cx, WitValue value, int resource) {
        return cx.lowerBorrow(value, cx.resource(resource));
    }

    public static void storeBool(LiftLowerContext cx, WitValue value, long pointer) {
        cx.memory().writeByte(pointer, (byte) lowerBool(value));
    }

    /// The lowest byte of an integer.
    public static void storeInt8(LiftLowerContext cx, WitValue value, long pointer) {
        cx.memory().writeByte(pointer, (byte) integer(value));
    }

    public static void storeInt16(LiftLowerContext cx, WitValue value, long pointer) {
        cx.memory().writeShort(pointer, (short) integer(value));
    }

    public static void storeInt32(LiftLowerContext cx, WitValue value, long pointer) {
        cx.memory().writeInt(pointer, (int) integer(value));
    }

    public static void storeInt64(LiftLowerContext cx, WitValue value, long pointer) {
        cx.memory().writeLong(pointer, integer(value));
    }

    public static void storeF32(LiftLowerContext cx, WitValue value, long pointer) {
        cx.memory().writeInt(pointer, Float.floatToIntBits(((WitValue.F32) value).value()));
    }

    public static void storeF64(LiftLowerContext cx, WitValue value, long pointer) {
        cx.memory().writeLong(pointer, Double.doubleToLongBits(((WitValue.F64) value).value()));
    }

    public static void storeChar(LiftLowerContext cx, WitValue value, long pointer) {
        cx.memory().writeInt(pointer, lowerChar(value));
    }

    public static void storeString(LiftLowerContext cx, WitValue value, long pointer) {
        storeRange(cx, lowerString(cx, value), pointer);
    }

    public static void storeBytes(LiftLowerContext cx, WitValue value, long pointer) {
        storeRange(cx, lowerBytes(cx, value), pointer);
    }

    /// Where a string or a list lies, and its length.
    public static void storeRange(LiftLowerContext cx, long range, long pointer) {
        cx.memory().writeInt(pointer, (int) range);
        cx.memory().writeInt(pointer + Layout.POINTER_SIZE, (int) (range >>> Integer.SIZE));
    }

    /// The lowest byte of a discriminant or of flags.
    public static void store8(LiftLowerContext cx, int value, long pointer) {
        cx.memory().writeByte(pointer, (byte) value);
    }

    public static void store16(LiftLowerContext cx, int value, long pointer) {
        cx.memory().writeShort(pointer, (short) value);
    }

    public static void store32(LiftLowerContext cx, int value, long pointer) {
        cx.memory().writeInt(pointer, value);
    }

    /// Has the guest make room for a list.
    public static long allocateList(LiftLowerContext cx, int length, int elemSize, int alignment) {
        return Storing.allocateList(cx, length, elemSize, alignment);
    }

    /// Has the guest make room for a spilled value.
    public static long allocate(LiftLowerContext cx, int size, int alignment) {
        return cx.allocate(alignment, size);
    }

    /// The parts of a record or a tuple.
    public static List<WitValue> fields(WitValue value) {
        return Despecialize.fieldValues(value);
    }

    public static List<WitValue> elements(WitValue value) {
        return ((WitValue.ListValue) value).elements();
    }

    /// Of a list of fixed length, bytes too.
    public static List<WitValue> fixedElements(WitValue value) {
        return Despecialize.elements(value);
    }

    public static void storeFixedBytes(LiftLowerContext cx, WitValue value, long pointer) {
        Storing.write(cx, ((WitValue.Bytes) value).bytes(), pointer);
    }

    /// The list of pairs that a map is.
    public static WitValue entries(WitValue map) {
        return Despecialize.entries(map);
    }

    /// Of a case that has one.
    public static WitValue payload(WitValue value) {
        return Despecialize.payload(value).orElseThrow();
    }
}

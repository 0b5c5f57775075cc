package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What generated code calls to lift values: a method for each primitive type, out of flat values and out of
/// memory, and what types that have parts need beside their parts. The rules are those of [FlatLifting] and
/// [Loading], whose helpers do the work; the types are gone.
///
/// Whoever calls has checked that what is loaded is aligned and in memory.
public final class ValueLifting {
    private static final long CASE_COST = 2 * LiftLowerContext.VALUE_COST;

    private ValueLifting() {}

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }

    public static WitValue liftBool(LiftLowerContext cx, int flat) {
        return Loading.bool(flat);
    }

    public static WitValue liftU8(LiftLowerContext cx, int flat) {
        return Loading.integer(cx, flat & 0xFF);
    }

    public static WitValue liftS8(LiftLowerContext cx, int flat) {
        return Loading.integer(cx, (byte) flat);
    }

    public static WitValue liftU16(LiftLowerContext cx, int flat) {
        return Loading.integer(cx, flat & 0xFFFF);
    }

    public static WitValue liftS16(LiftLowerContext cx, int flat) {
        return Loading.integer(cx, (short) flat);
    }

    public static WitValue liftU32(LiftLowerContext cx, int flat) {
        return Loading.integer(cx, unsigned(flat));
    }

    public static WitValue liftS32(LiftLowerContext cx, int flat) {
        return Loading.integer(cx, flat);
    }

    public static WitValue liftU64(LiftLowerContext cx, long flat) {
        return Loading.integer(cx, flat);
    }

    public static WitValue liftS64(LiftLowerContext cx, long flat) {
        return Loading.integer(cx, flat);
    }

    public static WitValue liftF32(LiftLowerContext cx, float flat) {
        return Loading.f32(cx, Float.floatToRawIntBits(flat));
    }

    public static WitValue liftF64(LiftLowerContext cx, double flat) {
        return Loading.f64(cx, Double.doubleToRawLongBits(flat));
    }

    public static WitValue liftChar(LiftLowerContext cx, int flat) {
        return Loading.character(cx, flat);
    }

    public static WitValue liftString(LiftLowerContext cx, int pointer, int taggedCodeUnits) {
        return Strings.loadStringFromRange(cx, unsigned(pointer), unsigned(taggedCodeUnits));
    }

    /// A `list<u8>`.
    public static WitValue liftBytes(LiftLowerContext cx, int pointer, int length) {
        return new WitValue.Bytes(ByteString.adopt(bytes(cx, pointer, length)));
    }

    /// The same as a Java array, which is the caller's.
    public static byte[] bytes(LiftLowerContext cx, int pointer, int length) {
        return Loading.loadBytesFromRange(cx, unsigned(pointer), unsigned(length));
    }

    public static WitValue liftOwn(LiftLowerContext cx, int handle, int resource) {
        return cx.liftOwn(handle, cx.resource(resource));
    }

    public static WitValue liftBorrow(LiftLowerContext cx, int handle, int resource) {
        return cx.liftBorrow(handle, cx.resource(resource));
    }

    public static WitValue liftFlags(LiftLowerContext cx, int bits, Labels labels) {
        cx.charge((2L + Integer.bitCount(bits)) * CASE_COST);
        return labels.flags(bits);
    }

    public static WitValue liftEnum(LiftLowerContext cx, int discriminant, Labels labels, int cases) {
        return labels.plain(caseIndex(cx, discriminant, cases));
    }

    public static WitValue loadBool(LiftLowerContext cx, long pointer) {
        return Loading.bool(cx.memory().readByte(pointer));
    }

    public static WitValue loadU8(LiftLowerContext cx, long pointer) {
        return Loading.integer(cx, cx.memory().readByte(pointer) & 0xFFL);
    }

    public static WitValue loadS8(LiftLowerContext cx, long pointer) {
        return Loading.integer(cx, cx.memory().readByte(pointer));
    }

    public static WitValue loadU16(LiftLowerContext cx, long pointer) {
        return Loading.integer(cx, cx.memory().readShort(pointer) & 0xFFFFL);
    }

    public static WitValue loadS16(LiftLowerContext cx, long pointer) {
        return Loading.integer(cx, cx.memory().readShort(pointer));
    }

    public static WitValue loadU32(LiftLowerContext cx, long pointer) {
        return Loading.integer(cx, unsigned(cx.memory().readInt(pointer)));
    }

    public static WitValue loadS32(LiftLowerContext cx, long pointer) {
        return Loading.integer(cx, cx.memory().readInt(pointer));
    }

    public static WitValue loadU64(LiftLowerContext cx, long pointer) {
        return Loading.integer(cx, cx.memory().readLong(pointer));
    }

    public static WitValue loadS64(LiftLowerContext cx, long pointer) {
        return Loading.integer(cx, cx.memory().readLong(pointer));
    }

    public static WitValue loadF32(LiftLowerContext cx, long pointer) {
        return Loading.f32(cx, cx.memory().readInt(pointer));
    }

    public static WitValue loadF64(LiftLowerContext cx, long pointer) {
        return Loading.f64(cx, cx.memory().readLong(pointer));
    }

    public static WitValue loadChar(LiftLowerContext cx, long pointer) {
        return Loading.character(cx, cx.memory().readInt(pointer));
    }

    public static WitValue loadString(LiftLowerContext cx, long pointer) {
        return liftString(cx, load32(cx, pointer), load32(cx, pointer + Layout.POINTER_SIZE));
    }

    /// An unsigned number of one byte: a discriminant, or flags.
    public static int load8(LiftLowerContext cx, long pointer) {
        return cx.memory().readByte(pointer) & 0xFF;
    }

    /// An unsigned number of two bytes.
    public static int load16(LiftLowerContext cx, long pointer) {
        return cx.memory().readShort(pointer) & 0xFFFF;
    }

    /// An address, a length, a handle, or whatever else has four bytes.
    public static int load32(LiftLowerContext cx, long pointer) {
        return cx.memory().readInt(pointer);
    }

    /// Checks the number of a case, and counts the value that it begins.
    public static int caseIndex(LiftLowerContext cx, int discriminant, int cases) {
        int index = Loading.caseIndex(unsigned(discriminant), cases);
        cx.charge(CASE_COST);
        return index;
    }

    /// A case without payload, of a variant of any kind.
    public static WitValue plain(Labels labels, int index) {
        return labels.plain(index);
    }

    public static WitValue variant(WitValue payload, Labels labels, int index) {
        return new WitValue.VariantValue(labels.name(index), Optional.of(payload));
    }

    public static WitValue some(WitValue payload) {
        return new WitValue.OptionValue(Optional.of(payload));
    }

    public static WitValue result(WitValue payload, boolean ok) {
        return new WitValue.ResultValue(ok, Optional.of(payload));
    }

    /// Counts what a record or a tuple of that many fields takes.
    public static void chargeFields(LiftLowerContext cx, int fields) {
        Loading.chargeFields(cx, fields);
    }

    public static WitValue record(List<WitValue> fields) {
        return new WitValue.RecordValue(fields);
    }

    public static WitValue tuple(List<WitValue> elements) {
        return new WitValue.TupleValue(elements);
    }

    /// Checks where a list lies and counts what it takes: an array for its elements.
    public static @Nullable WitValue[] beginList(
            LiftLowerContext cx, int pointer, int length, int elemSize, int alignment) {
        return Loading.beginList(cx, unsigned(pointer), unsigned(length), elemSize, alignment);
    }

    /// @param elements no longer the caller's
    public static WitValue list(WitValue[] elements) {
        return new WitValue.ListValue(List.of(elements));
    }

    /// Counts what a list of fixed length takes: an array for its elements.
    public static @Nullable WitValue[] beginFixedList(LiftLowerContext cx, int length) {
        return Loading.makeList(cx, length);
    }

    /// A list of fixed length, of `u8`.
    public static WitValue loadFixedBytes(LiftLowerContext cx, long pointer, int length) {
        return Loading.loadListFromValidRange(cx, pointer, length, WitType.Primitive.U8);
    }

    public static WitValue fixedList(List<WitValue> elements) {
        return new WitValue.ListValue(elements);
    }

    /// Of elements that are `u8`.
    public static WitValue fixedBytes(List<WitValue> elements) {
        return Despecialize.list(WitType.Primitive.U8, elements);
    }

    /// Of a list of pairs.
    public static WitValue map(WitValue pairs) {
        return Despecialize.map(pairs);
    }

    /// Checks where a spilled tuple of parameters or results lies.
    public static long spilled(LiftLowerContext cx, int pointer, int size, int alignment) {
        long begin = unsigned(pointer);
        LiftLowerContext.requireAligned(begin, alignment);
        cx.requireInBounds(begin, size);
        return begin;
    }

    /// What a switch over checked cases never comes to.
    public static Trap noSuchCase() {
        return new Trap(Trap.Kind.CANONICAL_ABI, "invalid variant discriminant");
    }
}

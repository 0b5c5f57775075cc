package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import run.endive.runtime.ConstantEvaluators;
import run.endive.runtime.Instance;
import run.endive.runtime.Memory;
import run.endive.wasm.types.ActiveDataSegment;
import run.endive.wasm.types.DataSegment;
import run.endive.wasm.types.PassiveDataSegment;

/// One instance's view of a linear memory: flat, little-endian, every access checked against the guest's size,
/// not the array's.
///
/// The instance that defines the memory and each that imports it has a view of its own, because Endive keeps
/// data segments in the memory and an importer's would replace the owner's. All views share one [Backing],
/// which tells them when it grew.
///
/// The interface of Endive has `int` addresses that are unsigned: negative ones are beyond any memory that we
/// can hold.
final class FlatMemory implements Memory, GuestMemory {
    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);
    private static final VarHandle FLOATS = view(float[].class);
    private static final VarHandle DOUBLES = view(double[].class);
    private static final byte[] NOTHING = {};

    private final Backing backing;
    private byte[] bytes = NOTHING;
    private int size;
    private int lowest = Integer.MAX_VALUE;
    private DataSegment[] segments = {};

    FlatMemory(Backing backing) {
        this.backing = backing;
        backing.attach(this);
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    Backing backing() {
        return backing;
    }

    void show(byte[] newBytes, int newSize) {
        bytes = newBytes;
        size = newSize;
    }

    private int check(int address, int width) {
        if (address < 0 || address > size - width) {
            throw outside(Integer.toUnsignedLong(address), width);
        }
        return address;
    }

    private int check(long address, long width) {
        if (address < 0 || width < 0 || address > size - width) {
            throw outside(address, width);
        }
        return (int) address;
    }

    private int checkStore(int address, int width) {
        int checked = check(address, width);
        stored(checked);
        return checked;
    }

    private int checkStore(long address, long width) {
        int checked = check(address, width);
        stored(checked);
        return checked;
    }

    /// Every store passes here, before it is made: what lies below the lowest one is zero still.
    private void stored(int address) {
        if (address < lowest) {
            lowest = address;
        }
    }

    /// The lowest address that was stored to through this view.
    int lowest() {
        return lowest;
    }

    private Trap outside(long address, long width) {
        return new Trap(
                Trap.Kind.MEMORY_OUT_OF_BOUNDS,
                Trap.Kind.MEMORY_OUT_OF_BOUNDS.reason() + ": " + width + " bytes at " + address + " of " + size);
    }

    // For the guest.

    @Override
    public byte read(int address) {
        return bytes[check(address, 1)];
    }

    @Override
    public short readShort(int address) {
        return (short) SHORTS.get(bytes, check(address, Short.BYTES));
    }

    @Override
    public int readInt(int address) {
        return (int) INTS.get(bytes, check(address, Integer.BYTES));
    }

    @Override
    public long readLong(int address) {
        return (long) LONGS.get(bytes, check(address, Long.BYTES));
    }

    @Override
    public float readFloat(int address) {
        return (float) FLOATS.get(bytes, check(address, Float.BYTES));
    }

    @Override
    public double readDouble(int address) {
        return (double) DOUBLES.get(bytes, check(address, Double.BYTES));
    }

    @Override
    public long readU16(int address) {
        return readShort(address) & 0xFFFF;
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    @Override
    public void writeByte(int address, byte value) {
        bytes[checkStore(address, 1)] = value;
    }

    @Override
    public void writeShort(int address, short value) {
        SHORTS.set(bytes, checkStore(address, Short.BYTES), value);
    }

    @Override
    public void writeI32(int address, int value) {
        INTS.set(bytes, checkStore(address, Integer.BYTES), value);
    }

    @Override
    public void writeLong(int address, long value) {
        LONGS.set(bytes, checkStore(address, Long.BYTES), value);
    }

    @Override
    public void writeF32(int address, float value) {
        INTS.set(bytes, checkStore(address, Float.BYTES), Float.floatToRawIntBits(value));
    }

    @Override
    public void writeF64(int address, double value) {
        LONGS.set(bytes, checkStore(address, Double.BYTES), Double.doubleToRawLongBits(value));
    }

    /// `memory.fill`: Endive passes the end, which wraps around when the guest's length leaves the address
    /// space.
    @Override
    public void fill(byte value, int from, int to) {
        long start = Integer.toUnsignedLong(from);
        long end = Integer.toUnsignedLong(to);
        if (end < start || end > size) {
            throw outside(start, end - start);
        }
        stored((int) start);
        Arrays.fill(bytes, (int) start, (int) end, value);
    }

    @Override
    public void copy(int destination, int source, int length) {
        long count = Integer.toUnsignedLong(length);
        int from = check(Integer.toUnsignedLong(source), count);
        int to = checkStore(Integer.toUnsignedLong(destination), count);
        System.arraycopy(bytes, from, bytes, to, length);
    }

    @Override
    public void initPassiveSegment(int segment, int destination, int offset, int length) {
        byte[] data = segments[segment].data();
        long count = Integer.toUnsignedLong(length);
        long start = Integer.toUnsignedLong(offset);
        if (start > data.length - count) {
            throw outside(start, count);
        }
        System.arraycopy(data, (int) start, bytes, checkStore(Integer.toUnsignedLong(destination), count), length);
    }

    @Override
    public void drop(int segment) {
        segments[segment] = PassiveDataSegment.EMPTY;
    }

    /// Called once for each instance that sees this memory, through its own view. The array belongs to the
    /// instance; active segments are dropped when they are written, as the specification says.
    @Override
    public void initialize(Instance instance, DataSegment[] instanceSegments, int memoryIndex) {
        segments = instanceSegments;
        for (int i = 0; i < segments.length; i++) {
            if (segments[i] instanceof ActiveDataSegment active && active.index() == memoryIndex) {
                long address = ConstantEvaluators.computeConstantValue(instance, active.offsetInstructions())[0];
                write(address & 0xFFFF_FFFFL, active.data(), 0, active.data().length);
                segments[i] = PassiveDataSegment.EMPTY;
            }
        }
    }

    @Override
    public void initialize(Instance instance, DataSegment[] instanceSegments) {
        initialize(instance, instanceSegments, 0);
    }

    /// Nothing to do: a backing comes zeroed, and Endive calls this only on a new one.
    @Override
    public void zero() {}

    @Override
    public int pages() {
        return size / PAGE_SIZE;
    }

    @Override
    public int grow(int pages) {
        return backing.grow(pages);
    }

    @Override
    public int initialPages() {
        return pages();
    }

    @Override
    public int maximumPages() {
        return backing.maximumPages();
    }

    @Override
    public boolean shared() {
        return false;
    }

    // For the host, with addresses that are widened already.

    @Override
    public long sizeBytes() {
        return size;
    }

    @Override
    public byte readByte(long address) {
        return bytes[check(address, 1L)];
    }

    @Override
    public short readShort(long address) {
        return (short) SHORTS.get(bytes, check(address, (long) Short.BYTES));
    }

    @Override
    public int readInt(long address) {
        return (int) INTS.get(bytes, check(address, (long) Integer.BYTES));
    }

    @Override
    public long readLong(long address) {
        return (long) LONGS.get(bytes, check(address, (long) Long.BYTES));
    }

    @Override
    public void writeByte(long address, byte value) {
        bytes[checkStore(address, 1L)] = value;
    }

    @Override
    public void writeShort(long address, short value) {
        SHORTS.set(bytes, checkStore(address, (long) Short.BYTES), value);
    }

    @Override
    public void writeInt(long address, int value) {
        INTS.set(bytes, checkStore(address, (long) Integer.BYTES), value);
    }

    @Override
    public void writeLong(long address, long value) {
        LONGS.set(bytes, checkStore(address, (long) Long.BYTES), value);
    }

    @Override
    public byte[] read(long address, int length) {
        int from = check(address, (long) length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    @Override
    public void write(long address, byte[] source, int offset, int length) {
        System.arraycopy(source, offset, bytes, checkStore(address, (long) length), length);
    }

    // The same for Endive's callers.

    @Override
    public byte[] readBytes(int address, int length) {
        return read(Integer.toUnsignedLong(address), length);
    }

    @Override
    public void write(int address, byte[] data, int offset, int length) {
        write(Integer.toUnsignedLong(address), data, offset, length);
    }

    // Shared memories are refused when a module is compiled.

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public Object lock(int address) {
        throw new UnsupportedOperationException("threads");
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public int waitOn(int address, int expected, long timeout) {
        throw new UnsupportedOperationException("threads");
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public int waitOn(int address, long expected, long timeout) {
        throw new UnsupportedOperationException("threads");
    }

    @Override
    @Deprecated
    @SuppressWarnings("removal")
    public int notify(int address, int maxThreads) {
        throw new UnsupportedOperationException("threads");
    }
}

package dev.wattle.host.engine;

import static dev.wattle.host.engine.Wasm.code;
import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static dev.wattle.host.engine.Wasm.localSet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A guest that stores, fills and grows as a seed says, and counts what it did in its memory's first word; and what
/// its memory then holds, found without any engine.
///
/// `run(seed, steps)` returns a checksum of what it read on the way. Every 32 steps it calls its import with the
/// number of the step. It would catch every exception, if one came, and return something else.
final class Ledger {
    static final int FIRST_PAGES = 2;
    private static final int MAX_PAGES = 9;
    private static final int PAGE = 1 << 16;

    /// Below it lies the count of what was done.
    private static final int FIRST = 8;

    private static final int CALL_MASK = 31;
    private static final int GROW_MASK = 511;
    private static final int FILL_MASK = 255;
    private static final int FILL_AT = 17;
    private static final int FILL_LENGTH_MASK = 2047;
    private static final int SCATTER = 0x85EBCA6B;
    private static final long WIDEN = 0x9E37_79B9_7F4A_7C15L;
    private static final byte[] DATA = {11, 22, 33, 44, 55};
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private static final int X = 0;
    private static final int STEPS = 1;
    private static final int STEP = 2;
    private static final int SUM = 3;
    private static final int AT = 4;
    private static final int ADD = 0x6A;
    private static final int SUBTRACT = 0x6B;
    private static final int MULTIPLY = 0x6C;
    private static final int REMAINDER = 0x70;
    private static final int AND = 0x71;
    private static final int XOR = 0x73;
    private static final int LEFT = 0x74;
    private static final int RIGHT = 0x76;
    private static final int ROTATE = 0x77;
    private static final int EQUAL = 0x46;
    private static final int LESS = 0x49;
    private static final int IF = 0x04;
    private static final int ELSE = 0x05;
    private static final int LOAD = 0x28;
    private static final int STORE = 0x36;
    private static final int STORE_LONG = 0x37;
    private static final int STORE_BYTE = 0x3A;
    private static final int RETURN = 0x0F;
    private static final int CATCH_ALL = 2;
    private static final int CAUGHT = 4711;

    private final byte[] memory;
    private final int size;
    private final int sum;

    private Ledger(byte[] memory, int size, int sum) {
        this.memory = memory;
        this.size = size;
        this.sum = sum;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    // The guest.

    static Wasm guest() {
        var module = new Wasm();
        int visit = module.importFunction("host", "visit", module.type(new int[] {Wasm.I32}, new int[0]));
        module.memory(FIRST_PAGES, MAX_PAGES)
                .exportMemory("memory")
                .data(100, DATA)
                .data(2 * PAGE - 5, DATA);
        int run = module.functionWithLocals(
                module.type(new int[] {Wasm.I32, Wasm.I32}, new int[] {Wasm.I32}),
                new int[] {Wasm.I32, Wasm.I32, Wasm.I32},
                code(Wasm.loop(Wasm.VOID), step(visit), next(), Wasm.branchIf(0), Wasm.END, localGet(SUM)));
        byte[] handler = code(0x1F, Wasm.VOID, 1, CATCH_ALL, 0);
        return module.exported(
                "run",
                new int[] {Wasm.I32, Wasm.I32},
                new int[] {Wasm.I32},
                code(Wasm.block(Wasm.VOID), handler, localGet(X), localGet(STEPS), Wasm.call(run), RETURN),
                code(Wasm.END, Wasm.END, i32(CAUGHT)));
    }

    private static byte[] step(int visit) {
        byte[] x = localGet(X);
        return code(
                code(shifted(13, LEFT), shifted(17, RIGHT), shifted(5, LEFT)),
                code(x, i32(GROW_MASK), AND, i32(0), EQUAL, IF, Wasm.VOID),
                code(i32(1), Wasm.memoryGrow(), Wasm.DROP, counted(), Wasm.END),
                code(place(code(x, i32(3), RIGHT)), localSet(AT)),
                code(x, i32(4), AND, IF, Wasm.VOID),
                code(localGet(AT), x, 0xAD, Wasm.i64(WIDEN), 0x7E, Wasm.access(STORE_LONG, 0)),
                code(ELSE, x, i32(2), AND, IF, Wasm.VOID, localGet(AT), x, Wasm.access(STORE, 0)),
                code(ELSE, localGet(AT), x, Wasm.access(STORE_BYTE, 0), Wasm.END, Wasm.END, counted()),
                code(x, i32(FILL_MASK), AND, i32(FILL_AT), EQUAL, IF, Wasm.VOID),
                code(x, i32(5), RIGHT, i32(PAGE - FIRST), REMAINDER, i32(FIRST), ADD),
                code(x, i32(8), RIGHT, x, i32(11), RIGHT, i32(FILL_LENGTH_MASK), AND, Wasm.memoryFill()),
                code(counted(), Wasm.END),
                code(localGet(STEP), i32(CALL_MASK), AND, i32(0), EQUAL, IF, Wasm.VOID),
                code(localGet(STEP), Wasm.call(visit), Wasm.END));
    }

    /// Adds what it reads somewhere to the sum; leaves whether there is a further step.
    private static byte[] next() {
        byte[] scattered = place(code(localGet(X), i32(SCATTER), MULTIPLY, i32(3), RIGHT));
        return code(
                code(localGet(SUM), i32(5), ROTATE, scattered, Wasm.access(LOAD, 0), ADD, localSet(SUM)),
                code(localGet(STEP), i32(1), ADD, localSet(STEP), localGet(STEP), localGet(STEPS), LESS));
    }

    private static byte[] shifted(int by, int direction) {
        return code(localGet(X), localGet(X), i32(by), direction, XOR, localSet(X));
    }

    /// A number made an address with room for eight bytes.
    private static byte[] place(byte[] number) {
        byte[] room = code(Wasm.memorySize(), i32(16), LEFT, i32(2 * FIRST), SUBTRACT);
        return code(number, room, REMAINDER, i32(FIRST), ADD);
    }

    private static byte[] counted() {
        return code(i32(0), i32(0), Wasm.access(LOAD, 0), i32(1), ADD, Wasm.access(STORE, 0));
    }

    // What it does.

    /// What a new instance holds.
    static Ledger fresh() {
        byte[] memory = new byte[MAX_PAGES * PAGE];
        System.arraycopy(DATA, 0, memory, 100, DATA.length);
        System.arraycopy(DATA, 0, memory, 2 * PAGE - 5, DATA.length);
        return new Ledger(memory, FIRST_PAGES * PAGE, 0);
    }

    /// After so many steps, or so many stores, fills and grows: what comes first.
    static Ledger after(int seed, int steps, int actions) {
        byte[] memory = fresh().memory;
        int size = FIRST_PAGES * PAGE;
        int done = 0;
        int sum = 0;
        int x = seed;
        for (int step = 0; step < steps && done < actions; step++) {
            x ^= x << 13;
            x ^= x >>> 17;
            x ^= x << 5;
            if ((x & GROW_MASK) == 0) {
                size = Math.min(size + PAGE, MAX_PAGES * PAGE);
                done++;
            }
            if (done < actions) {
                store(memory, x, place(x >>> 3, size));
                done++;
            }
            if ((x & FILL_MASK) == FILL_AT && done < actions) {
                int from = (x >>> 5) % (PAGE - FIRST) + FIRST;
                Arrays.fill(memory, from, from + ((x >>> 11) & FILL_LENGTH_MASK), (byte) (x >>> 8));
                done++;
            }
            INT.set(memory, 0, done);
            sum = Integer.rotateLeft(sum, 5) + (int) INT.get(memory, place((x * SCATTER) >>> 3, size));
        }
        return new Ledger(memory, size, sum);
    }

    private static int place(int number, int size) {
        return number % (size - 2 * FIRST) + FIRST;
    }

    private static void store(byte[] memory, int x, int at) {
        if ((x & 4) != 0) {
            LONG.set(memory, at, Integer.toUnsignedLong(x) * WIDEN);
        } else if ((x & 2) != 0) {
            INT.set(memory, at, x);
        } else {
            memory[at] = (byte) x;
        }
    }

    int sum() {
        return sum;
    }

    /// The first place where a memory holds something else, -1 when there is none; the count may differ.
    int mismatch(GuestMemory other) {
        int length = (int) other.sizeBytes();
        if (length != size) {
            return Math.min(length, size);
        }
        byte[] found = other.read(0, length);
        return Arrays.mismatch(found, FIRST, length, memory, FIRST, length);
    }
}

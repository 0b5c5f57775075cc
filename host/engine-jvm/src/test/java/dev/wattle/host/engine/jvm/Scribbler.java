package dev.wattle.host.engine.jvm;

import static dev.wattle.host.engine.Wasm.i32;
import static dev.wattle.host.engine.Wasm.localGet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Wasm;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// A module of random size and data whose functions do all that can leave a trace; guests that do a random mix of
/// it; and what a fresh instance holds.
final class Scribbler {
    private static final int PAGE = 65536;
    private static final int[] NONE = {};
    private static final int[] I32 = {Wasm.I32};
    private static final int[] THREE = {Wasm.I32, Wasm.I32, Wasm.I32};
    private static final int TABLE = 12;
    private static final int MAX_PAGES = 7;
    private static final int FIRST_NUMBER = 100;
    private static final int NOTHING = -1;
    private static final int PASSIVE_BYTES = 5000;
    private static final int PROBES = 64;
    private static final long GLOBAL = 0x0123_4567_89AB_CDEFL;

    private static final List<String> OPERATIONS = List.of(
            "store8",
            "store16",
            "store32",
            "store64",
            "storeF32",
            "storeF64",
            "storeVector",
            "storeLane",
            "fill",
            "copy",
            "init",
            "grow",
            "setGlobal",
            "setReference",
            "dataDrop",
            "tableSet",
            "tableFill",
            "tableCopy",
            "tableInit",
            "tableGrow",
            "elemDrop",
            "storeAndTrap",
            "spin");

    private final Engine engine;
    private final CoreModule module;
    private final byte[] memory;
    private final byte[] passive = new byte[PASSIVE_BYTES];
    private final int[] table = new int[TABLE];
    private final MethodHandle[] operations;
    private final MethodHandle entry;
    private final MethodHandle global;
    private final MethodHandle reference;
    private final MethodHandle tableSize;
    private final MethodHandle passiveLeft;

    Scribbler(Engine engine, SplittableRandom random) {
        this.engine = engine;
        int pages = 1 + random.nextInt(3);
        memory = new byte[pages * PAGE];
        module = engine.compile(wasm(pages, random).build());
        operations = OPERATIONS.stream().map(module::function).toArray(MethodHandle[]::new);
        entry = module.function("entry");
        global = module.function("global");
        reference = module.function("reference");
        tableSize = module.function("tableSize");
        passiveLeft = module.function("init");
    }

    private Wasm wasm(int pages, SplittableRandom random) {
        var wasm = new Wasm().memory(pages, MAX_PAGES).exportMemory("memory").table(TABLE, 2 * TABLE);
        int number = wasm.type(NONE, I32);
        for (int i = 0; i < 4; i++) {
            wasm.function(number, i32(FIRST_NUMBER + i));
        }
        wasm.passiveElements(0, 1, 2).declare(0, 1, 2, 3);
        random.nextBytes(passive);
        wasm.passiveData(passive);
        Arrays.fill(table, NOTHING);
        for (int i = random.nextInt(4); i > 0; i--) {
            int at = random.nextInt(TABLE - 1);
            int function = random.nextInt(4);
            wasm.elements(at, function, 3);
            table[at] = FIRST_NUMBER + function;
            table[at + 1] = FIRST_NUMBER + 3;
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            byte[] data = new byte[random.nextInt(9000)];
            random.nextBytes(data);
            int at = random.nextInt(memory.length - data.length);
            wasm.data(at, data);
            System.arraycopy(data, 0, memory, at, data.length);
        }
        wasm.global(Wasm.I64, true, Wasm.i64(GLOBAL)).global(Wasm.FUNCREF, true, Wasm.refFunc(2));
        stores(wasm);
        tables(wasm, number);
        return wasm;
    }

    private static void stores(Wasm wasm) {
        byte[] two = Wasm.code(localGet(0), localGet(1));
        byte[] three = Wasm.code(two, localGet(2));
        operation(wasm, "store8", two, Wasm.access(0x3A, 0));
        operation(wasm, "store16", two, Wasm.access(0x3B, 0));
        operation(wasm, "store32", two, Wasm.access(0x36, 3));
        operation(wasm, "store64", two, 0xAC, Wasm.access(0x37, 0));
        operation(wasm, "storeF32", two, 0xB2, Wasm.access(0x38, 0));
        operation(wasm, "storeF64", two, 0xB7, Wasm.access(0x39, 1));
        operation(wasm, "storeVector", two, 0xFD, 17, 0xFD, 11, 0, 0); // i32x4.splat, v128.store
        operation(wasm, "storeLane", two, 0xFD, 17, 0xFD, 91, 0, 0, 1); // v128.store64_lane
        operation(wasm, "fill", three, Wasm.memoryFill());
        operation(wasm, "copy", three, Wasm.memoryCopy());
        operation(wasm, "init", three, Wasm.memoryInit(0));
        operation(wasm, "dataDrop", Wasm.dataDrop(0));
        operation(wasm, "grow", localGet(0), i32(1), 0x71, Wasm.memoryGrow(), Wasm.DROP);
        operation(wasm, "storeAndTrap", two, Wasm.access(0x36, 0), Wasm.UNREACHABLE);
        // Stores further and further, until it traps or is stopped.
        operation(
                wasm,
                "spin",
                Wasm.LOOP,
                Wasm.VOID,
                two,
                Wasm.access(0x36, 0),
                localGet(0),
                i32(61),
                0x6A,
                Wasm.localSet(0),
                0x0C,
                0,
                Wasm.END);
    }

    private static void tables(Wasm wasm, int number) {
        operation(wasm, "setGlobal", localGet(0), 0xAC, Wasm.globalSet(0));
        operation(wasm, "setReference", Wasm.refFunc(1), Wasm.globalSet(1));
        byte[] to = Wasm.code(localGet(0), i32(15), 0x71);
        byte[] from = Wasm.code(localGet(1), i32(7), 0x71);
        byte[] count = Wasm.code(localGet(2), i32(7), 0x71);
        operation(wasm, "tableSet", to, Wasm.refFunc(0), 0x26, 0);
        operation(wasm, "tableFill", to, Wasm.refNullFunction(), count, 0xFC, 17, 0);
        operation(wasm, "tableCopy", to, from, count, 0xFC, 14, 0, 0);
        operation(wasm, "tableInit", to, i32(0), i32(3), 0xFC, 12, 0, 0);
        operation(wasm, "tableGrow", Wasm.refFunc(3), from, Wasm.tableGrow(), Wasm.DROP);
        operation(wasm, "elemDrop", 0xFC, 13, 0);
        // The number that an entry's function gives, or -1 for null.
        byte[] isNull = Wasm.code(localGet(0), 0x25, 0, 0xD1);
        wasm.exported(
                "entry",
                I32,
                I32,
                isNull,
                0x04,
                Wasm.I32,
                i32(NOTHING),
                0x05,
                localGet(0),
                Wasm.callIndirect(number),
                Wasm.END);
        wasm.exported("global", NONE, new int[] {Wasm.I64}, Wasm.globalGet(0));
        wasm.exported("reference", NONE, new int[] {Wasm.FUNCREF}, Wasm.globalGet(1));
        wasm.exported("tableSize", NONE, I32, Wasm.tableSize());
    }

    private static void operation(Wasm wasm, String name, Object... body) {
        wasm.exported(name, THREE, NONE, body);
    }

    CoreInstance instance(GuestControl guest) {
        return module.instantiate(List.of(), CoreLimits.DEFAULTS, guest);
    }

    static GuestMemory memory(CoreInstance instance) {
        return ((CoreExtern.Memory) instance.export("memory")).bytes();
    }

    /// Does a random mix of all operations; traps do not end it, but being stopped does.
    void scribble(CoreInstance instance, GuestControl guest, SplittableRandom random, int times) throws Throwable {
        for (int i = 0; i < times; i++) {
            GuestMemory bytes = memory(instance);
            int size = (int) bytes.sizeBytes();
            int address = random.nextInt(10) == 0 ? size - 1 - random.nextInt(16) : random.nextInt(size);
            int other = random.nextInt(4) == 0 ? random.nextInt(size) : random.nextInt(PASSIVE_BYTES);
            int length = random.nextInt(random.nextBoolean() ? 64 : PASSIVE_BYTES);
            if (random.nextInt(30) == 0) {
                guest.stop("enough");
            } else if (random.nextInt(20) == 0 && address < size - 8) {
                bytes.writeLong(address, random.nextLong());
            }
            try {
                operations[random.nextInt(operations.length)].invokeExact(instance, address, other, length);
            } catch (Trap _) {
                // part of the mix
            }
        }
    }

    /// Is it as the first instance was?
    void assertFresh(CoreInstance instance, SplittableRandom random, String as) throws Throwable {
        GuestMemory bytes = memory(instance);
        assertThat(bytes.sizeBytes()).as(as).isEqualTo(memory.length);
        int difference = Arrays.mismatch(bytes.read(0, memory.length), memory);
        assertThat(difference).as("%s: the first byte that differs", as).isEqualTo(-1);
        assertThat((long) global.invokeExact(instance)).as(as).isEqualTo(GLOBAL);
        assertThat((int) tableSize.invokeExact(instance)).as(as).isEqualTo(TABLE);
        for (int i = 0; i < TABLE; i++) {
            assertThat((int) entry.invokeExact(instance, i))
                    .as("%s: entry %d", as, i)
                    .isEqualTo(table[i]);
        }
        Object held = reference.invokeExact(instance);
        assertThat(held).as(as).isNotNull();
        int from = random.nextInt(PASSIVE_BYTES - PROBES);
        passiveLeft.invokeExact(instance, 0, from, PROBES);
        assertThat(bytes.read(0, PROBES)).as(as).isEqualTo(Arrays.copyOfRange(passive, from, from + PROBES));
    }

    @Override
    public String toString() {
        return engine.name() + ", " + memory.length / PAGE + " pages";
    }
}

package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.jvm.Imports.Externs;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.runtime.FunctionReference;
import dev.wattle.host.engine.jvm.runtime.GlobalCell;
import dev.wattle.host.engine.jvm.runtime.Memory;
import dev.wattle.host.engine.jvm.runtime.Memory.Bytes;
import dev.wattle.host.engine.jvm.runtime.Table;
import dev.wattle.host.engine.jvm.runtime.Tag;
import org.jspecify.annotations.Nullable;

/// Makes the memories, tables and tags that instances of a module own, and takes them back. Safe for any
/// thread.
final class InstanceParts {
    /// An array of the JVM has no more than 2³¹ - 1 bytes.
    private static final int MAX_PAGES = Integer.MAX_VALUE / Memory.PAGE_BYTES;

    private static final FunctionReference[] NO_FUNCTIONS = {};
    private static final @Nullable Object[] NOT_WIRED = {};
    private static final Memory[] NO_MEMORIES = {};
    private static final Table[] NO_TABLES = {};
    private static final GlobalCell[] NO_GLOBALS = {};
    private static final Tag[] NO_TAGS = {};

    private final WasmModule module;
    private final MemoryPool pool;
    private final ResetPolicy policy;
    private volatile @Nullable Prepared prepared;

    /// What is the same for all instances; made for the first one.
    @SuppressWarnings("ArrayRecordComponent") // not seen outside, and compared by nobody
    private record Prepared(InitialState initial, ModuleMemory[] memories) {}

    InstanceParts(WasmModule module, MemoryPool pool, ResetPolicy policy) {
        this.module = module;
        this.pool = pool;
        this.policy = policy;
    }

    private Prepared prepared() {
        Prepared known = prepared;
        if (known == null) {
            synchronized (this) {
                known = prepared;
                if (known == null) {
                    known = prepare();
                    prepared = known;
                }
            }
        }
        return known;
    }

    private Prepared prepare() {
        var initial = new InitialState(module);
        int imported = module.importedMemories();
        var memories = new ModuleMemory[module.memories().size() - imported];
        for (int i = 0; i < memories.length; i++) {
            memories[i] = new ModuleMemory(pool, initial.image(imported + i), policy);
        }
        return new Prepared(initial, memories);
    }

    InitialState initialState() {
        return prepared().initial();
    }

    /// Arrays with nothing in them.
    Externs newExterns(boolean wired) {
        return new Externs(
                module.importedFunctions() == 0 ? NO_FUNCTIONS : new FunctionReference[module.importedFunctions()],
                wired ? new Object[module.importedFunctions()] : NOT_WIRED,
                module.memories().isEmpty()
                        ? NO_MEMORIES
                        : new Memory[module.memories().size()],
                module.tables().isEmpty()
                        ? NO_TABLES
                        : new Table[module.tables().size()],
                module.importedGlobals() == 0 ? NO_GLOBALS : new GlobalCell[module.importedGlobals()],
                module.tags().isEmpty() ? NO_TAGS : new Tag[module.tags().size()]);
    }

    /// Makes what the module itself defines; all of it or nothing.
    ///
    /// @throws Trap when a limit or the budget is too small
    void fill(Externs externs, boolean marking, CoreLimits limits) {
        boolean done = false;
        try {
            for (int i = module.importedMemories(); i < externs.memories().length; i++) {
                checkMemory(module.memories().get(i), limits);
            }
            for (int i = module.importedTables(); i < externs.tables().length; i++) {
                externs.tables()[i] = table(i, limits);
            }
            for (int i = module.importedMemories(); i < externs.memories().length; i++) {
                externs.memories()[i] = memory(i, marking, limits);
            }
            for (int i = module.importedTags(); i < externs.tags().length; i++) {
                externs.tags()[i] = new Tag();
            }
            done = true;
        } finally {
            if (!done) {
                release(externs);
            }
        }
    }

    private static void checkMemory(WasmModule.Memory declared, CoreLimits limits) {
        if (declared.minimumPages() > maximumPages(limits)) {
            throw new Trap(
                    Trap.Kind.LIMIT,
                    "a memory of " + declared.minimumPages() + " pages is wanted, " + maximumPages(limits)
                            + " are allowed");
        }
    }

    private static long maximumPages(CoreLimits limits) {
        return Math.min(limits.memoryBytes() / Memory.PAGE_BYTES, MAX_PAGES);
    }

    private Memory memory(int index, boolean marking, CoreLimits limits) {
        WasmModule.Memory declared = module.memories().get(index);
        long maximum = maximumPages(limits);
        if (declared.maximumPages().isPresent()) {
            maximum = Math.min(maximum, declared.maximumPages().getAsLong());
        }
        ModuleMemory source = prepared().memories()[index - module.importedMemories()];
        Bytes bytes = source.take((int) declared.minimumPages() * Memory.PAGE_BYTES, marking);
        if (bytes == null) {
            throw pool.budget().exhausted();
        }
        return new Memory(bytes, (int) maximum, source);
    }

    private Table table(int index, CoreLimits limits) {
        WasmModule.Table declared = module.tables().get(index);
        long allowed = limits.tableElements();
        if (declared.minimum() > allowed) {
            throw new Trap(
                    Trap.Kind.LIMIT,
                    "a table of " + declared.minimum() + " elements is wanted, " + allowed + " are allowed");
        }
        long maximum = declared.maximum().isPresent()
                ? Math.min(allowed, declared.maximum().getAsLong())
                : allowed;
        int[] image = prepared().initial().tableImage(index);
        return new Table((int) declared.minimum(), (int) maximum, image, pool.budget());
    }

    /// Takes back what an instance owned: nothing of it can be used any more. Idempotent.
    void release(Externs externs) {
        for (int i = module.importedMemories(); i < externs.memories().length; i++) {
            Memory memory = externs.memories()[i];
            if (memory != null) {
                memory.close();
            }
        }
        releaseTables(externs);
    }

    private void releaseTables(Externs externs) {
        for (int i = module.importedTables(); i < externs.tables().length; i++) {
            Table table = externs.tables()[i];
            if (table != null) {
                table.close();
            }
        }
    }

    /// Leaves what an instance owned to whoever can reach it still, and to the collector then.
    void abandon(Externs externs) {
        for (int i = module.importedMemories(); i < externs.memories().length; i++) {
            externs.memories()[i].abandon();
        }
        for (int i = module.importedTables(); i < externs.tables().length; i++) {
            externs.tables()[i].abandon();
        }
    }
}

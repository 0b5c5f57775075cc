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
    private final int functionCount;
    private final int memoryCount;
    private final int importedMemories;
    private final int tableCount;
    private final int importedTables;
    private final int globalCount;
    private final int tagCount;
    private final int importedTags;
    private volatile @Nullable Prepared prepared;

    /// What is the same for all instances; made for the first one.
    @SuppressWarnings("ArrayRecordComponent") // not seen outside, and compared by nobody
    private record Prepared(InitialState initial, OwnMemory[] memories) {}

    /// A memory that the module defines.
    ///
    /// @param maximumPages what the module and arrays of the JVM allow
    private record OwnMemory(long minimumPages, int maximumPages, ModuleMemory source) {}

    InstanceParts(WasmModule module, MemoryPool pool, ResetPolicy policy) {
        this.module = module;
        this.pool = pool;
        this.policy = policy;
        this.functionCount = module.importedFunctions();
        this.memoryCount = module.memories().size();
        this.importedMemories = module.importedMemories();
        this.tableCount = module.tables().size();
        this.importedTables = module.importedTables();
        this.globalCount = module.importedGlobals();
        this.tagCount = module.tags().size();
        this.importedTags = module.importedTags();
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
        var memories = new OwnMemory[memoryCount - importedMemories];
        for (int i = 0; i < memories.length; i++) {
            WasmModule.Memory declared = module.memories().get(importedMemories + i);
            memories[i] = new OwnMemory(
                    declared.minimumPages(),
                    (int) Math.min(declared.maximumPages().orElse(MAX_PAGES), MAX_PAGES),
                    new ModuleMemory(pool, initial.image(importedMemories + i), policy));
        }
        return new Prepared(initial, memories);
    }

    InitialState initialState() {
        return prepared().initial();
    }

    /// Arrays with nothing in them.
    Externs newExterns(boolean wired) {
        return new Externs(
                functionCount == 0 ? NO_FUNCTIONS : new FunctionReference[functionCount],
                wired ? new Object[functionCount] : NOT_WIRED,
                memoryCount == 0 ? NO_MEMORIES : new Memory[memoryCount],
                tableCount == 0 ? NO_TABLES : new Table[tableCount],
                globalCount == 0 ? NO_GLOBALS : new GlobalCell[globalCount],
                tagCount == 0 ? NO_TAGS : new Tag[tagCount]);
    }

    /// Makes what the module itself defines; all of it or nothing.
    ///
    /// @throws Trap when a limit or the budget is too small
    void fill(Externs externs, boolean marking, CoreLimits limits) {
        OwnMemory[] own = prepared().memories();
        for (OwnMemory memory : own) {
            checkMemory(memory, limits);
        }
        boolean done = false;
        try {
            for (int i = importedTables; i < tableCount; i++) {
                externs.tables()[i] = table(i, limits);
            }
            for (int i = 0; i < own.length; i++) {
                externs.memories()[importedMemories + i] = memory(own[i], marking, limits);
            }
            for (int i = importedTags; i < tagCount; i++) {
                externs.tags()[i] = new Tag();
            }
            done = true;
        } finally {
            if (!done) {
                release(externs);
            }
        }
    }

    private static void checkMemory(OwnMemory wanted, CoreLimits limits) {
        if (wanted.minimumPages() > allowedPages(limits)) {
            throw new Trap(
                    Trap.Kind.LIMIT,
                    "a memory of " + wanted.minimumPages() + " pages is wanted, " + allowedPages(limits)
                            + " are allowed");
        }
    }

    private static long allowedPages(CoreLimits limits) {
        return Math.min(limits.memoryBytes() / Memory.PAGE_BYTES, MAX_PAGES);
    }

    private Memory memory(OwnMemory wanted, boolean marking, CoreLimits limits) {
        Bytes bytes = wanted.source().take((int) wanted.minimumPages() * Memory.PAGE_BYTES, marking);
        if (bytes == null) {
            throw pool.budget().exhausted();
        }
        return new Memory(bytes, (int) Math.min(wanted.maximumPages(), allowedPages(limits)), wanted.source());
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
        for (int i = importedMemories; i < memoryCount; i++) {
            Memory memory = externs.memories()[i];
            if (memory != null) {
                memory.close();
            }
        }
        releaseTables(externs);
    }

    private void releaseTables(Externs externs) {
        for (int i = importedTables; i < tableCount; i++) {
            Table table = externs.tables()[i];
            if (table != null) {
                table.close();
            }
        }
    }

    /// Leaves what an instance owned to whoever can reach it still, and to the collector then.
    void abandon(Externs externs) {
        for (int i = importedMemories; i < memoryCount; i++) {
            externs.memories()[i].abandon();
        }
        for (int i = importedTables; i < tableCount; i++) {
            externs.tables()[i].abandon();
        }
    }
}

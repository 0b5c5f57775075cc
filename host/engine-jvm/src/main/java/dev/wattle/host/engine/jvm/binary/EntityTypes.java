package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant;
import dev.wattle.host.engine.jvm.binary.WasmModule.Global;
import dev.wattle.host.engine.jvm.binary.WasmModule.Memory;
import dev.wattle.host.engine.jvm.binary.WasmModule.Table;
import java.util.List;
import java.util.OptionalLong;

/// Reads and checks the types of tables, memories, globals and tags, wherever they stand, and adds them to their
/// index space.
///
/// @spec core binary format and validation, external types
final class EntityTypes {
    private static final int HAS_MAXIMUM = 1;
    private static final int SHARED = 1 << 1;
    private static final int WIDE = 1 << 2;
    private static final int PAGE_SIZE = 1 << 3;
    private static final int KNOWN_FLAGS = HAS_MAXIMUM | SHARED | WIDE | PAGE_SIZE;

    /// 4 GiB.
    private static final long MAX_PAGES = 1L << 16;

    private static final long MAX_TABLE = (1L << 32) - 1;

    static final Constant NO_VALUE = new Constant(List.of());

    private final ModuleContext context;

    EntityTypes(ModuleContext context) {
        this.context = context;
    }

    /// A function's type, by index.
    void function(Input input) {
        int at = input.position();
        int type = context.types.readIndex(input);
        within(context.functions.size(), "functions", context.limits.functions(), at);
        context.functions.add(type);
    }

    /// A table's type, whose initial value is null until told otherwise.
    ///
    /// @return the type of its elements
    int table(Input input) {
        int at = input.position();
        within(context.tables.size(), "tables", context.limits.tables(), at);
        int element = context.types.readReference(input);
        Limits limits = limits(input, false);
        range(limits, MAX_TABLE, "table size must be at most 2^32-1", at);
        context.tableTypes.add(element);
        var type = (ValueType.Reference) context.types.model(element);
        context.tables.add(new Table(type, limits.minimum, limits.maximum, NO_VALUE));
        return element;
    }

    void memory(Input input) {
        int at = input.position();
        within(context.memories.size(), "memories", context.limits.memories(), at);
        Limits limits = limits(input, true);
        range(limits, MAX_PAGES, "memory size must be at most 65536 pages (4 GiB)", at);
        context.memories.add(new Memory(limits.minimum, limits.maximum));
    }

    /// A global's type.
    ///
    /// @return with the type as [TypeCode]
    GlobalType global(Input input) {
        within(context.globals.size(), "globals", context.limits.globals(), input.position());
        int type = context.types.readValueType(input);
        int at = input.position();
        int mutable = input.u8();
        if (mutable > 1) {
            throw Input.malformed("malformed mutability", at);
        }
        return new GlobalType(type, mutable == 1);
    }

    void addGlobal(GlobalType type, Constant initial) {
        context.globals.add(new Global(context.types.model(type.code), type.mutable, initial));
        context.globalTypes.add(type.code);
    }

    void tag(Input input) {
        int at = input.position();
        within(context.tags.size(), "tags", context.limits.tags(), at);
        if (input.u8() != 0) {
            throw Input.malformed("malformed tag attribute", at);
        }
        int type = context.types.readIndex(input);
        if (context.types.results(type).length != 0) {
            throw Input.invalid("non-empty tag result type", at);
        }
        context.tags.add(type);
    }

    record GlobalType(int code, boolean mutable) {}

    private record Limits(long minimum, OptionalLong maximum) {}

    private static Limits limits(Input input, boolean memory) {
        int at = input.position();
        int flags = input.u8();
        if (flags > (memory ? KNOWN_FLAGS : KNOWN_FLAGS & ~PAGE_SIZE)) {
            throw Input.malformed("malformed limits flags", at);
        }
        long minimum = input.u64();
        OptionalLong maximum = (flags & HAS_MAXIMUM) != 0 ? OptionalLong.of(input.u64()) : OptionalLong.empty();
        if (flags > HAS_MAXIMUM) {
            throw refused(flags, memory, input, at);
        }
        return new Limits(minimum, maximum);
    }

    private static ModuleException refused(int flags, boolean memory, Input input, int at) {
        if ((flags & PAGE_SIZE) != 0) {
            input.u32();
            return Input.unsupported("page sizes other than 64 KiB (custom-page-sizes) are", at);
        }
        if ((flags & SHARED) != 0) {
            return Input.unsupported("shared memories and tables (threads) are", at);
        }
        assert (flags & WIDE) != 0;
        return Input.unsupported((memory ? "64-bit memories (memory64)" : "64-bit tables (memory64)") + " are", at);
    }

    private static void range(Limits limits, long bound, String rule, int at) {
        long maximum = limits.maximum.orElse(bound);
        if (Long.compareUnsigned(limits.minimum, bound) > 0 || Long.compareUnsigned(maximum, bound) > 0) {
            throw Input.invalid(rule, at);
        }
        if (limits.minimum > maximum) {
            throw Input.invalid("size minimum must not be greater than maximum", at);
        }
    }

    private static void within(int size, String what, int limit, int at) {
        if (size >= limit) {
            throw Input.exceeds(what, limit, at);
        }
    }
}

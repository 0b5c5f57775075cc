package dev.wattle.host.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A tiny assembler for the modules of tests: sections in, binary out. It checks nothing, so that wrong modules
/// can be made too.
public final class Wasm {
    public static final int I32 = 0x7F;
    public static final int I64 = 0x7E;
    public static final int F32 = 0x7D;
    public static final int F64 = 0x7C;
    public static final int V128 = 0x7B;
    public static final int FUNCREF = 0x70;
    public static final int NO_MAXIMUM = -1;

    public static final int UNREACHABLE = 0x00;
    public static final int LOOP = 0x03;
    public static final int END = 0x0B;
    public static final int DROP = 0x1A;
    public static final int VOID = 0x40;

    private static final int FUNCTION_KIND = 0;
    private static final int TABLE_KIND = 1;
    private static final int MEMORY_KIND = 2;
    private static final int GLOBAL_KIND = 3;
    private static final int TAG_KIND = 4;

    /// Says in the alignment of an access that the index of a memory follows.
    private static final int WITH_MEMORY = 0x40;

    private final List<byte[]> types = new ArrayList<>();
    private final List<byte[]> imports = new ArrayList<>();
    private final List<byte[]> functions = new ArrayList<>();
    private final List<byte[]> tables = new ArrayList<>();
    private final List<byte[]> memories = new ArrayList<>();
    private final List<byte[]> tags = new ArrayList<>();
    private final List<byte[]> globals = new ArrayList<>();
    private final List<byte[]> exports = new ArrayList<>();
    private final List<byte[]> elements = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<byte[]> segments = new ArrayList<>();
    private byte[] start = {};
    private int importedFunctions;

    // Types and imports.

    public static int[] values(int... types) {
        return types;
    }

    public int type(int[] parameters, int[] results) {
        types.add(code(0x60, unsigned(parameters.length), parameters, unsigned(results.length), results));
        return types.size() - 1;
    }

    public int importFunction(String module, String name, int type) {
        imports.add(code(name(module), name(name), FUNCTION_KIND, unsigned(type)));
        return importedFunctions++;
    }

    public Wasm importTable(String module, String name, int minimum, int maximum) {
        imports.add(code(name(module), name(name), TABLE_KIND, FUNCREF, limits(minimum, maximum)));
        return this;
    }

    public Wasm importMemory(String module, String name, int minimum, int maximum) {
        imports.add(code(name(module), name(name), MEMORY_KIND, limits(minimum, maximum)));
        return this;
    }

    public Wasm importGlobal(String module, String name, int type, boolean mutable) {
        imports.add(code(name(module), name(name), GLOBAL_KIND, type, mutable ? 1 : 0));
        return this;
    }

    public Wasm importTag(String module, String name, int type) {
        imports.add(code(name(module), name(name), TAG_KIND, 0, unsigned(type)));
        return this;
    }

    // Definitions.

    /// Adds a function; `END` is added. Imports must have been added before.
    public int function(int type, Object... body) {
        return functionWithLocals(type, values(), body);
    }

    public int functionWithLocals(int type, int[] locals, Object... body) {
        functions.add(unsigned(type));
        var declared = new ByteArrayOutputStream();
        for (int local : locals) {
            declared.writeBytes(code(1, local));
        }
        byte[] all = code(unsigned(locals.length), declared.toByteArray(), code(body), END);
        bodies.add(code(unsigned(all.length), all));
        return importedFunctions + functions.size() - 1;
    }

    public Wasm table(int minimum, int maximum) {
        tables.add(code(FUNCREF, limits(minimum, maximum)));
        return this;
    }

    public Wasm memory(int minimum, int maximum) {
        memories.add(limits(minimum, maximum));
        return this;
    }

    /// A memory whose limits have that flag.
    public Wasm memoryWithFlag(int flag, int minimum, int maximum) {
        memories.add(code(flag, unsigned(minimum), unsigned(maximum)));
        return this;
    }

    public Wasm tag(int type) {
        tags.add(code(0, unsigned(type)));
        return this;
    }

    public Wasm global(int type, boolean mutable, Object... initial) {
        globals.add(code(type, mutable ? 1 : 0, code(initial), END));
        return this;
    }

    public Wasm exportFunction(String name, int index) {
        return export(name, FUNCTION_KIND, index);
    }

    public Wasm exportTable(String name) {
        return export(name, TABLE_KIND, 0);
    }

    public Wasm exportMemory(String name) {
        return export(name, MEMORY_KIND, 0);
    }

    public Wasm exportMemory(String name, int index) {
        return export(name, MEMORY_KIND, index);
    }

    public Wasm exportTag(String name, int index) {
        return export(name, TAG_KIND, index);
    }

    public Wasm exportGlobal(String name, int index) {
        return export(name, GLOBAL_KIND, index);
    }

    private Wasm export(String name, int kind, int index) {
        exports.add(code(name(name), kind, unsigned(index)));
        return this;
    }

    /// Defines a function and exports it.
    public Wasm exported(String name, int[] parameters, int[] results, Object... body) {
        return exportFunction(name, function(type(parameters, results), body));
    }

    public Wasm start(int function) {
        start = unsigned(function);
        return this;
    }

    /// An active element segment of table 0.
    public Wasm elements(int offset, int... indices) {
        elements.add(code(0, i32(offset), END, unsigned(indices.length), vector(indices)));
        return this;
    }

    /// An element segment for `table.init`.
    public Wasm passiveElements(int... indices) {
        elements.add(code(1, 0, unsigned(indices.length), vector(indices)));
        return this;
    }

    /// Declares functions, for `ref.func`.
    public Wasm declare(int... indices) {
        elements.add(code(3, 0, unsigned(indices.length), vector(indices)));
        return this;
    }

    public Wasm data(int offset, byte[] bytes) {
        segments.add(code(0, i32(offset), END, unsigned(bytes.length), bytes));
        return this;
    }

    public Wasm passiveData(byte[] bytes) {
        segments.add(code(1, unsigned(bytes.length), bytes));
        return this;
    }

    public byte[] build() {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(out, 1, types);
        section(out, 2, imports);
        section(out, 3, functions);
        section(out, 4, tables);
        section(out, 5, memories);
        section(out, 13, tags);
        section(out, 6, globals);
        section(out, 7, exports);
        if (start.length > 0) {
            out.writeBytes(code(8, start.length, start));
        }
        section(out, 9, elements);
        if (!segments.isEmpty()) {
            byte[] count = unsigned(segments.size());
            out.writeBytes(code(12, count.length, count));
        }
        section(out, 10, bodies);
        section(out, 11, segments);
        return out.toByteArray();
    }

    private static void section(ByteArrayOutputStream out, int id, List<byte[]> items) {
        if (!items.isEmpty()) {
            var content = new ByteArrayOutputStream();
            content.writeBytes(unsigned(items.size()));
            items.forEach(content::writeBytes);
            out.writeBytes(code(id, unsigned(content.size()), content.toByteArray()));
        }
    }

    // Code.

    /// Bytes from numbers (one byte each), arrays of them, and bytes.
    public static byte[] code(Object... parts) {
        var out = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case Integer number -> out.write(number);
                case int[] numbers -> {
                    for (int number : numbers) {
                        out.write(number);
                    }
                }
                case byte[] bytes -> out.writeBytes(bytes);
                default -> throw new IllegalArgumentException("no code: " + part);
            }
        }
        return out.toByteArray();
    }

    public static byte[] i32(int value) {
        return code(0x41, signed(value));
    }

    public static byte[] i64(long value) {
        return code(0x42, signed(value));
    }

    public static byte[] localGet(int index) {
        return code(0x20, unsigned(index));
    }

    public static byte[] localSet(int index) {
        return code(0x21, unsigned(index));
    }

    public static byte[] globalGet(int index) {
        return code(0x23, unsigned(index));
    }

    public static byte[] globalSet(int index) {
        return code(0x24, unsigned(index));
    }

    public static byte[] call(int function) {
        return code(0x10, unsigned(function));
    }

    public static byte[] callIndirect(int type) {
        return code(0x11, unsigned(type), 0);
    }

    /// A load or store, unaligned, at that offset.
    public static byte[] access(int opcode, int offset) {
        return code(opcode, 0, unsigned(offset));
    }

    /// A load or store of that memory.
    public static byte[] accessOf(int memory, int opcode, int offset) {
        return code(opcode, WITH_MEMORY, unsigned(memory), unsigned(offset));
    }

    public static byte[] returnCall(int function) {
        return code(0x12, unsigned(function));
    }

    public static byte[] returnCallIndirect(int type) {
        return code(0x13, unsigned(type), 0);
    }

    public static byte[] throwTag(int tag) {
        return code(0x08, unsigned(tag));
    }

    /// A `try_table` with results of that type (or [#VOID]) and one clause: that tag goes to that label, with its
    /// values. `END` is not added.
    public static byte[] tryCatch(int type, int tag, int label) {
        return code(0x1F, type, 1, 0, unsigned(tag), unsigned(label));
    }

    public static byte[] block(int type) {
        return code(0x02, type);
    }

    public static byte[] loop(int type) {
        return code(LOOP, type);
    }

    public static byte[] branch(int label) {
        return code(0x0C, unsigned(label));
    }

    public static byte[] branchIf(int label) {
        return code(0x0D, unsigned(label));
    }

    /// The last label is the default.
    public static byte[] branchTable(int... labels) {
        return code(0x0E, unsigned(labels.length - 1), vector(labels));
    }

    public static byte[] tableGet() {
        return code(0x25, 0);
    }

    public static byte[] tableSet() {
        return code(0x26, 0);
    }

    /// Copies from one memory to another.
    public static byte[] memoryCopy(int to, int from) {
        return code(0xFC, 10, unsigned(to), unsigned(from));
    }

    public static byte[] memorySize() {
        return code(0x3F, 0);
    }

    public static byte[] memoryGrow() {
        return code(0x40, 0);
    }

    public static byte[] memoryFill() {
        return code(0xFC, 11, 0);
    }

    public static byte[] memoryCopy() {
        return code(0xFC, 10, 0, 0);
    }

    public static byte[] memoryInit(int segment) {
        return code(0xFC, 8, unsigned(segment), 0);
    }

    public static byte[] dataDrop(int segment) {
        return code(0xFC, 9, unsigned(segment));
    }

    public static byte[] tableGrow() {
        return code(0xFC, 15, 0);
    }

    public static byte[] tableSize() {
        return code(0xFC, 16, 0);
    }

    public static byte[] refNullFunction() {
        return code(0xD0, FUNCREF);
    }

    public static byte[] refFunc(int function) {
        return code(0xD2, unsigned(function));
    }

    private static byte[] name(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return code(unsigned(bytes.length), bytes);
    }

    private static byte[] limits(int minimum, int maximum) {
        return maximum == NO_MAXIMUM ? code(0, unsigned(minimum)) : code(1, unsigned(minimum), unsigned(maximum));
    }

    private static byte[] vector(int... indices) {
        var out = new ByteArrayOutputStream();
        for (int index : indices) {
            out.writeBytes(unsigned(index));
        }
        return out.toByteArray();
    }

    private static byte[] unsigned(int value) {
        var out = new ByteArrayOutputStream();
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] signed(long value) {
        var out = new ByteArrayOutputStream();
        long rest = value;
        while (rest < -0x40 || rest >= 0x40) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>= 7;
        }
        out.write((int) (rest & 0x7F));
        return out.toByteArray();
    }
}

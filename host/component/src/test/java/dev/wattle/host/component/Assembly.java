package dev.wattle.host.component;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Writes a component, byte by byte: one section for each definition, in the order of the calls. What defines
/// something answers its index.
///
/// @spec Binary.md
public final class Assembly {
    public static final int U8 = 0x7d;
    public static final int U32 = 0x79;
    public static final int STRING = 0x73;

    private static final int CORE_FUNCTION = 0x00;
    private static final int CORE_MEMORY = 0x02;
    private static final int FUNCTION = 0x01;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int modules;
    private int coreInstances;
    private int coreFunctions;
    private int memories;
    private int types;
    private int functions;

    public Assembly() {
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0});
    }

    /// What a core module gets under one module name.
    public record Argument(String name, int instance) {}

    /// An export of a core instance that is made of what there is.
    public record Export(String name, int sort, int index) {
        public static Export function(String name, int index) {
            return new Export(name, CORE_FUNCTION, index);
        }

        public static Export memory(String name, int index) {
            return new Export(name, CORE_MEMORY, index);
        }
    }

    public int module(byte[] binary) {
        raw(1, binary);
        return modules++;
    }

    public int instantiate(int module, Argument... arguments) {
        var all = new ArrayList<byte[]>();
        for (Argument argument : arguments) {
            all.add(bytes(name(argument.name()), new byte[] {0x12}, number(argument.instance())));
        }
        section(2, bytes(new byte[] {0}, number(module), vector(all)));
        return coreInstances++;
    }

    public int instance(Export... exports) {
        var all = new ArrayList<byte[]>();
        for (Export export : exports) {
            all.add(bytes(name(export.name()), new byte[] {(byte) export.sort()}, number(export.index())));
        }
        section(2, bytes(new byte[] {1}, vector(all)));
        return coreInstances++;
    }

    public int coreFunction(int instance, String name) {
        alias(CORE_FUNCTION, instance, name);
        return coreFunctions++;
    }

    public int memory(int instance, String name) {
        alias(CORE_MEMORY, instance, name);
        return memories++;
    }

    private void alias(int sort, int instance, String name) {
        section(6, bytes(new byte[] {0, (byte) sort, 1}, number(instance), name(name)));
    }

    /// A function type; `result` is empty or one value type. Value types are bytes of [#U32] and the like, or what
    /// [#reference] makes.
    public int functionType(List<byte[]> parameters, byte[]... result) {
        var all = new ArrayList<byte[]>();
        for (int i = 0; i < parameters.size(); i++) {
            all.add(bytes(name("p" + i), parameters.get(i)));
        }
        byte[] answer = result.length == 0 ? new byte[] {1, 0} : bytes(new byte[] {0}, result[0]);
        return type(bytes(new byte[] {0x40}, vector(all), answer));
    }

    public static byte[] primitive(int type) {
        return new byte[] {(byte) type};
    }

    /// A value type by its index.
    public static byte[] reference(int type) {
        return number(type);
    }

    /// `list<element>`.
    public int list(byte[] element) {
        return type(bytes(new byte[] {0x70}, element));
    }

    /// `own<resource>`.
    public int own(int resource) {
        return type(bytes(new byte[] {0x69}, number(resource)));
    }

    /// A resource whose destructor is a core function.
    public int resource(int destructor) {
        return type(bytes(new byte[] {0x3f, 0x7f, 1}, number(destructor)));
    }

    private int type(byte[] definition) {
        section(7, definition);
        return types++;
    }

    public int importFunction(String name, int type) {
        section(10, bytes(new byte[] {0}, name(name), new byte[] {FUNCTION}, number(type)));
        return functions++;
    }

    /// Lowers a function, with the memory and the realloc of that index.
    public int lower(int function, int memory, int realloc) {
        section(8, bytes(new byte[] {1, 0}, number(function), options(memory, realloc)));
        return coreFunctions++;
    }

    public int lift(int coreFunction, int type, int memory, int realloc) {
        section(8, bytes(new byte[] {0, 0}, number(coreFunction), options(memory, realloc), number(type)));
        return functions++;
    }

    /// Lowers a function that needs no memory.
    public int lower(int function) {
        section(8, bytes(new byte[] {1, 0}, number(function), new byte[] {0}));
        return coreFunctions++;
    }

    /// Lifts a function that needs no memory.
    public int lift(int coreFunction, int type) {
        section(8, bytes(new byte[] {0, 0}, number(coreFunction), new byte[] {0}, number(type)));
        return functions++;
    }

    private static byte[] options(int memory, int realloc) {
        return bytes(new byte[] {3, 0, 3}, number(memory), new byte[] {4}, number(realloc));
    }

    public int resourceNew(int resource) {
        section(8, bytes(new byte[] {2}, number(resource)));
        return coreFunctions++;
    }

    public int resourceDrop(int resource) {
        section(8, bytes(new byte[] {3}, number(resource)));
        return coreFunctions++;
    }

    public Assembly exportFunction(String name, int function) {
        section(11, bytes(new byte[] {0}, name(name), new byte[] {FUNCTION}, number(function), new byte[] {0}));
        functions++;
        return this;
    }

    /// A component inside of this one.
    public Assembly component(Assembly inner) {
        raw(4, inner.build());
        return this;
    }

    public byte[] build() {
        return out.toByteArray();
    }

    /// A section with one definition.
    private void section(int id, byte[] definition) {
        raw(id, bytes(number(1), definition));
    }

    private void raw(int id, byte[] content) {
        out.write(id);
        out.writeBytes(number(content.length));
        out.writeBytes(content);
    }

    private static byte[] name(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return bytes(number(utf8.length), utf8);
    }

    private static byte[] vector(List<byte[]> items) {
        return bytes(number(items.size()), bytes(items.toArray(byte[][]::new)));
    }

    private static byte[] bytes(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] number(int value) {
        var all = new ByteArrayOutputStream();
        int rest = value;
        while (rest > 0x7f) {
            all.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        all.write(rest);
        return all.toByteArray();
    }
}

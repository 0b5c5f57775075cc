package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.ModuleException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// Decodes and validates a module in one pass over its bytes: each section is done with before the next is looked at.
///
/// @spec core binary format, modules
public final class ModuleDecoder {
    private static final int HEADER = 8;
    private static final int MAGIC = 0x6D736100;
    private static final int VERSION = 1;
    private static final int COMPONENT_VERSION = 0x1000D;

    private static final int CUSTOM = 0;
    private static final int LAST_SECTION = 13;

    /// By section: at which place it comes; a section must come after all others with a smaller number.
    /// Tags stand before globals, the data count before the code.
    private static final int[] ORDER = {0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 11, 6};

    private final ModuleContext context;
    private final Sections sections;
    private final Segments segments;
    private final CodeSection code;
    private int last;

    private ModuleDecoder(ModuleLimits limits, @Nullable BodyFacts known) {
        context = new ModuleContext(limits);
        var constants = new ConstantReader(context);
        sections = new Sections(context, constants);
        segments = new Segments(context, constants);
        code = new CodeSection(context, known);
    }

    /// What the binary says, when it is well-formed, valid and within the limits.
    ///
    /// @param binary kept by the result: the caller gives it away
    /// @throws ModuleException with the offset and the rule otherwise
    public static WasmModule decode(byte[] binary, ModuleLimits limits) {
        return decode(binary, limits, null);
    }

    /// Likewise, of a binary that was valid before: its bodies are not validated again.
    ///
    /// @param known of the same binary, engine and limits
    /// @throws IllegalArgumentException when what is known is visibly of another
    public static WasmModule decode(byte[] binary, ModuleLimits limits, @Nullable BodyFacts known) {
        if (binary.length > limits.moduleBytes()) {
            throw Input.exceeds("bytes of a module", limits.moduleBytes(), 0);
        }
        var decoder = new ModuleDecoder(limits, known);
        var input = new Input(binary, 0, binary.length);
        header(input);
        while (input.hasRemaining()) {
            int at = input.position();
            int id = input.u8();
            int size = input.count("bytes of a section", limits.moduleBytes());
            int end = input.position() + size;
            decoder.section(id, new Input(binary, input.position(), end), at);
            input.seek(end);
        }
        return decoder.module(binary);
    }

    /// Likewise, of a stream: a section is checked as soon as it has arrived, and nothing is read after the first
    /// that is refused. Memory for a section is taken as its bytes arrive, not as it claims.
    public static WasmModule decode(InputStream stream, ModuleLimits limits) throws IOException {
        var decoder = new ModuleDecoder(limits, null);
        var arrived = new ArrivedBytes(stream, limits.moduleBytes());
        arrived.require(HEADER);
        header(arrived.input(0));
        int position = HEADER;
        while (arrived.more(position)) {
            int sizeEnd = arrived.requireNumber(position + 1);
            Input head = arrived.input(position);
            int id = head.u8();
            int size = head.u32();
            if (size < 0 || size > limits.moduleBytes() - sizeEnd) {
                throw Input.exceeds("bytes of a module", limits.moduleBytes(), position);
            }
            arrived.require(sizeEnd + size);
            decoder.section(id, arrived.input(sizeEnd), position);
            position = sizeEnd + size;
        }
        return decoder.module(arrived.bytes());
    }

    private static void header(Input input) {
        if (input.remaining() < Integer.BYTES) {
            throw Input.malformed("unexpected end", input.remaining());
        }
        if (input.int32() != MAGIC) {
            throw Input.malformed("magic header not detected", 0);
        }
        int at = input.position();
        int version = input.int32();
        if (version == COMPONENT_VERSION) {
            throw Input.unsupported("a component instead of a core module is", at);
        }
        if (version != VERSION) {
            throw Input.malformed("unknown binary version", at);
        }
    }

    private void section(int id, Input input, int at) {
        if (id > LAST_SECTION) {
            throw Input.malformed("malformed section id " + id, at);
        }
        if (id != CUSTOM) {
            if (ORDER[id] <= last) {
                throw Input.malformed("unexpected content after last section: section " + id, at);
            }
            last = ORDER[id];
        }
        read(id, input);
        if (input.hasRemaining()) {
            throw Input.malformed("section size mismatch", input.position());
        }
    }

    private void read(int id, Input input) {
        switch (id) {
            case 1 -> context.types.read(input);
            case 2 -> sections.imports(input);
            case 3 -> sections.functions(input);
            case 4 -> sections.tables(input);
            case 5 -> sections.memories(input);
            case 6 -> sections.globals(input);
            case 7 -> sections.exports(input);
            case 8 -> sections.start(input);
            case 9 -> segments.elements(input);
            case 10 -> code.read(input);
            case 11 -> segments.data(input);
            case 12 -> sections.dataCount(input);
            case 13 -> sections.tags(input);
            default -> sections.custom(input);
        }
    }

    private WasmModule module(byte[] binary) {
        int defined = context.functions.size() - context.importedFunctions;
        if (context.bodies.size() != defined) {
            throw CodeSection.inconsistent(binary.length);
        }
        if (context.dataCount > 0 && context.data.isEmpty()) {
            throw Segments.inconsistent(binary.length);
        }
        return context.module(binary);
    }
}

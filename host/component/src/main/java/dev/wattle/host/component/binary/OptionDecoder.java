package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.Definition.Encoding;
import dev.wattle.host.component.binary.Definition.Options;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// The options of one canonical definition. No option may stand there twice.
///
/// @spec Binary.md `canonopt`
final class OptionDecoder {
    private final ByteReader reader;
    private @Nullable Encoding encoding;
    private OptionalInt memory = OptionalInt.empty();
    private OptionalInt realloc = OptionalInt.empty();
    private OptionalInt postReturn = OptionalInt.empty();
    private OptionalInt callback = OptionalInt.empty();
    private boolean async;

    OptionDecoder(ByteReader reader) {
        this.reader = reader;
    }

    Options options() {
        int count = reader.readCount("options");
        for (int index = 0; index < count; index++) {
            option();
        }
        Encoding chosen = encoding == null ? Encoding.UTF8 : encoding;
        return new Options(chosen, memory, realloc, postReturn, async, callback);
    }

    private void option() {
        int start = reader.position();
        int opcode = reader.readByte();
        switch (opcode) {
            case 0x00 -> encoding = encoding(start, Encoding.UTF8);
            case 0x01 -> encoding = encoding(start, Encoding.UTF16);
            case 0x02 -> encoding = encoding(start, Encoding.LATIN1_UTF16);
            case 0x03 -> memory = index(start, "memory", memory);
            case 0x04 -> realloc = index(start, "realloc", realloc);
            case 0x05 -> postReturn = index(start, "post-return", postReturn);
            case 0x06 -> async = async(start);
            case 0x07 -> callback = callback(start);
            default -> throw Failures.malformed(start, "0x%02x is no canonical option".formatted(opcode));
        }
    }

    private Encoding encoding(int start, Encoding next) {
        requireFirst(start, "string-encoding", encoding == null);
        return next;
    }

    private boolean async(int start) {
        reader.use(Feature.ASYNC, start, "the option async");
        requireFirst(start, "async", !async);
        return true;
    }

    private OptionalInt callback(int start) {
        reader.use(Feature.ASYNC, start, "the option callback");
        return index(start, "callback", callback);
    }

    private OptionalInt index(int start, String name, OptionalInt before) {
        requireFirst(start, name, before.isEmpty());
        return OptionalInt.of(reader.readIndex());
    }

    private static void requireFirst(int start, String name, boolean first) {
        if (!first) {
            throw Failures.invalid(start, "the option " + name + " stands there twice");
        }
    }
}

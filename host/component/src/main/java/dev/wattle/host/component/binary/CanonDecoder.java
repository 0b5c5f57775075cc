package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.Definition.Encoding;
import dev.wattle.host.component.binary.Definition.Lift;
import dev.wattle.host.component.binary.Definition.Lower;
import dev.wattle.host.component.binary.Definition.Options;
import dev.wattle.host.component.binary.Definition.ResourceBuiltin;
import dev.wattle.host.component.binary.Definition.ResourceCanon;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Canonical definitions and their options.
///
/// @spec Binary.md "Canonical Definitions"
final class CanonDecoder {
    /// The built-ins of concurrency, of error contexts and of threads, by opcode.
    private static final Map<Integer, String> REFUSED = Map.ofEntries(
            Map.entry(0x05, "task.cancel"),
            Map.entry(0x06, "subtask.cancel"),
            Map.entry(0x07, "resource.drop async"),
            Map.entry(0x08, "backpressure.set"),
            Map.entry(0x09, "task.return"),
            Map.entry(0x0a, "context.get"),
            Map.entry(0x0b, "context.set"),
            Map.entry(0x0c, "thread.yield"),
            Map.entry(0x0d, "subtask.drop"),
            Map.entry(0x0e, "stream.new"),
            Map.entry(0x0f, "stream.read"),
            Map.entry(0x10, "stream.write"),
            Map.entry(0x11, "stream.cancel-read"),
            Map.entry(0x12, "stream.cancel-write"),
            Map.entry(0x13, "stream.drop-readable"),
            Map.entry(0x14, "stream.drop-writable"),
            Map.entry(0x15, "future.new"),
            Map.entry(0x16, "future.read"),
            Map.entry(0x17, "future.write"),
            Map.entry(0x18, "future.cancel-read"),
            Map.entry(0x19, "future.cancel-write"),
            Map.entry(0x1a, "future.drop-readable"),
            Map.entry(0x1b, "future.drop-writable"),
            Map.entry(0x1c, "error-context.new"),
            Map.entry(0x1d, "error-context.debug-message"),
            Map.entry(0x1e, "error-context.drop"),
            Map.entry(0x1f, "waitable-set.new"),
            Map.entry(0x20, "waitable-set.wait"),
            Map.entry(0x21, "waitable-set.poll"),
            Map.entry(0x22, "waitable-set.drop"),
            Map.entry(0x23, "waitable.join"),
            Map.entry(0x24, "backpressure.inc"),
            Map.entry(0x25, "backpressure.dec"),
            Map.entry(0x26, "thread.index"),
            Map.entry(0x27, "thread.new-indirect"),
            Map.entry(0x28, "thread.resume-later"),
            Map.entry(0x29, "thread.suspend"),
            Map.entry(0x2a, "thread.suspend-then-resume"),
            Map.entry(0x2b, "thread.yield-then-resume"),
            Map.entry(0x2c, "thread.suspend-then-promote"),
            Map.entry(0x2d, "thread.yield-then-promote"),
            Map.entry(0x40, "thread.spawn-ref"),
            Map.entry(0x41, "thread.spawn-indirect"),
            Map.entry(0x42, "thread.available-parallelism"));

    private final ByteReader reader;
    private @Nullable Encoding encoding;
    private OptionalInt memory = OptionalInt.empty();
    private OptionalInt realloc = OptionalInt.empty();
    private OptionalInt postReturn = OptionalInt.empty();

    private CanonDecoder(ByteReader reader) {
        this.reader = reader;
    }

    static Definition canon(ByteReader reader) {
        int start = reader.position();
        int opcode = reader.readByte();
        return switch (opcode) {
            case 0x00 -> lift(start, reader);
            case 0x01 -> lower(start, reader);
            case 0x02 -> new ResourceCanon(start, ResourceBuiltin.NEW, reader.readIndex());
            case 0x03 -> new ResourceCanon(start, ResourceBuiltin.DROP, reader.readIndex());
            case 0x04 -> new ResourceCanon(start, ResourceBuiltin.REP, reader.readIndex());
            default -> {
                String name = REFUSED.get(opcode);
                throw name != null
                        ? Failures.unsupported(start, "the built-in " + name + " is")
                        : Failures.malformed(start, "0x%02x is no canonical definition".formatted(opcode));
            }
        };
    }

    private static Definition lift(int start, ByteReader reader) {
        requireFunctionSort(reader);
        int function = reader.readIndex();
        Options options = new CanonDecoder(reader).options();
        return new Lift(start, function, options, reader.readIndex());
    }

    private static Definition lower(int start, ByteReader reader) {
        requireFunctionSort(reader);
        int function = reader.readIndex();
        return new Lower(start, function, new CanonDecoder(reader).options());
    }

    private static void requireFunctionSort(ByteReader reader) {
        int start = reader.position();
        if (reader.readByte() != 0) {
            throw Failures.malformed(start, "only functions are lifted and lowered");
        }
    }

    private Options options() {
        int count = reader.readCount("options");
        for (int index = 0; index < count; index++) {
            option();
        }
        return new Options(encoding == null ? Encoding.UTF8 : encoding, memory, realloc, postReturn);
    }

    private void option() {
        int start = reader.position();
        int opcode = reader.readByte();
        switch (opcode) {
            case 0x00 -> encoding = first(start, Encoding.UTF8);
            case 0x01 -> encoding = first(start, Encoding.UTF16);
            case 0x02 -> encoding = first(start, Encoding.LATIN1_UTF16);
            case 0x03 -> memory = first(start, "memory", memory);
            case 0x04 -> realloc = first(start, "realloc", realloc);
            case 0x05 -> postReturn = first(start, "post-return", postReturn);
            case 0x06 -> throw Failures.unsupported(start, "the option async is");
            case 0x07 -> throw Failures.unsupported(start, "the option callback is");
            default -> throw Failures.malformed(start, "0x%02x is no canonical option".formatted(opcode));
        }
    }

    private Encoding first(int start, Encoding next) {
        if (encoding != null) {
            throw Failures.invalid(start, "the option string-encoding stands there twice");
        }
        return next;
    }

    private OptionalInt first(int start, String name, OptionalInt before) {
        if (before.isPresent()) {
            throw Failures.invalid(start, "the option " + name + " stands there twice");
        }
        return OptionalInt.of(reader.readIndex());
    }
}

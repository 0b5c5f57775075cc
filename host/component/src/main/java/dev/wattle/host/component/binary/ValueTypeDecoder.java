package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.TypeSyntax.Labelled;
import dev.wattle.host.component.binary.TypeSyntax.ValueSyntax;
import dev.wattle.wit.WitType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The parts of type definitions: references to value types, and lists of named ones.
///
/// @spec Binary.md `valtype`, `labelvaltype`, `case`, `resultlist`
final class ValueTypeDecoder {
    static final int OPCODE_ERROR_CONTEXT = 0x64;
    private static final int OPCODE_STRING = 0x73;
    private static final int OPCODE_BOOL = 0x7f;
    private static final Primitive[] PRIMITIVES = {
        Primitive.BOOL,
        Primitive.S8,
        Primitive.U8,
        Primitive.S16,
        Primitive.U16,
        Primitive.S32,
        Primitive.U32,
        Primitive.S64,
        Primitive.U64,
        Primitive.F32,
        Primitive.F64,
        Primitive.CHAR,
        Primitive.STRING
    };

    private final ByteReader reader;

    ValueTypeDecoder(ByteReader reader) {
        this.reader = reader;
    }

    /// The primitive type with this opcode; null when none has it.
    static @Nullable Primitive primitive(int opcode) {
        return opcode >= OPCODE_STRING && opcode <= OPCODE_BOOL ? PRIMITIVES[OPCODE_BOOL - opcode] : null;
    }

    ValueSyntax value() {
        int start = reader.position();
        long value = reader.readS33();
        if (value >= 0) {
            if (value > Integer.MAX_VALUE) {
                throw Failures.malformed(start, "index " + value + " is too large");
            }
            return new ValueSyntax.Index((int) value);
        }
        boolean oneByte = reader.position() - start == 1; // an opcode is a byte, and no number of more bytes
        int opcode = oneByte ? (int) (value & 0x7F) : 0;
        Primitive primitive = primitive(opcode);
        if (primitive != null) {
            return new ValueSyntax.Of(primitive);
        }
        if (opcode == OPCODE_ERROR_CONTEXT) {
            reader.use(Feature.ERROR_CONTEXT, start, "the type error-context");
            return new ValueSyntax.ErrorContext();
        }
        throw Failures.malformed(start, value + " is no value type");
    }

    Optional<ValueSyntax> optionalValue() {
        int start = reader.position();
        int present = reader.readByte();
        return switch (present) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(value());
            default -> throw Failures.malformed(start, "0x%02x is neither absent nor present".formatted(present));
        };
    }

    List<ValueSyntax> values() {
        int count = reader.readCount("types");
        List<ValueSyntax> values = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            values.add(value());
        }
        return values;
    }

    List<Labelled> fields(String elements) {
        int count = reader.readCount(elements);
        List<Labelled> fields = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int start = reader.position();
            String label = reader.readName();
            fields.add(new Labelled(start, label, Optional.of(value())));
        }
        return fields;
    }

    List<Labelled> cases() {
        int count = reader.readCount("cases");
        List<Labelled> cases = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int start = reader.position();
            String label = reader.readName();
            cases.add(new Labelled(start, label, optionalValue()));
            if (reader.readByte() != 0) {
                throw Failures.malformed(reader.position() - 1, "a case ends with the byte 0x00");
            }
        }
        return cases;
    }

    List<String> labels() {
        int count = reader.readCount("labels");
        List<String> labels = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            labels.add(reader.readName());
        }
        return labels;
    }

    Optional<ValueSyntax> resultList() {
        int start = reader.position();
        int form = reader.readByte();
        if (form == 0) {
            return Optional.of(value());
        }
        if (form == 1 && reader.readByte() == 0) {
            return Optional.empty();
        }
        throw Failures.malformed(start, "a function has one result or none");
    }
}

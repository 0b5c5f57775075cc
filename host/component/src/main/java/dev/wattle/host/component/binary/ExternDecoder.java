package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.Definition.Export;
import dev.wattle.host.component.binary.Definition.ExportDeclaration;
import dev.wattle.host.component.binary.Definition.Import;
import dev.wattle.host.component.binary.ExternSyntax.OfComponent;
import dev.wattle.host.component.binary.ExternSyntax.OfEqualType;
import dev.wattle.host.component.binary.ExternSyntax.OfFunction;
import dev.wattle.host.component.binary.ExternSyntax.OfInstance;
import dev.wattle.host.component.binary.ExternSyntax.OfModule;
import dev.wattle.host.component.binary.ExternSyntax.OfResource;
import java.util.Optional;

/// Imports, exports, and what they are declared to be.
///
/// @spec Binary.md "Import and Export Definitions"
final class ExternDecoder {
    private static final int CORE_MODULE = 0x11;

    private ExternDecoder() {}

    static Definition importDefinition(ByteReader reader) {
        int start = reader.position();
        NameDecoder name = new NameDecoder(reader);
        ExternSyntax type = externType(reader);
        return new Import(start, name.name(isInstance(type)), type);
    }

    static Definition exportDefinition(ByteReader reader) {
        int start = reader.position();
        NameDecoder name = new NameDecoder(reader);
        Sort sort = InstanceDecoder.sort(reader);
        int index = reader.readIndex();
        return new Export(start, name.name(sort == Sort.INSTANCE), sort, index, optionalType(reader));
    }

    static Definition exportDeclaration(ByteReader reader) {
        int start = reader.position();
        NameDecoder name = new NameDecoder(reader);
        ExternSyntax type = externType(reader);
        return new ExportDeclaration(start, name.name(isInstance(type)), type);
    }

    private static boolean isInstance(ExternSyntax type) {
        return type instanceof OfInstance;
    }

    private static Optional<ExternSyntax> optionalType(ByteReader reader) {
        int start = reader.position();
        int present = reader.readByte();
        return switch (present) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(externType(reader));
            default -> throw Failures.malformed(start, "0x%02x is neither absent nor present".formatted(present));
        };
    }

    static ExternSyntax externType(ByteReader reader) {
        int start = reader.position();
        int sort = reader.readByte();
        return switch (sort) {
            case 0 -> module(start, reader);
            case 1 -> new OfFunction(reader.readIndex());
            case 2 -> valueBound(start, reader);
            case 3 -> typeBound(reader);
            case 4 -> new OfComponent(reader.readIndex());
            case 5 -> new OfInstance(reader.readIndex());
            default -> throw Failures.malformed(start, "0x%02x is no sort of an import or export".formatted(sort));
        };
    }

    private static ExternSyntax module(int start, ByteReader reader) {
        int sort = reader.readByte();
        if (sort != CORE_MODULE) {
            throw Failures.malformed(start, "0x%02x is no core sort of an import or export".formatted(sort));
        }
        return new OfModule(reader.readIndex());
    }

    private static ExternSyntax valueBound(int start, ByteReader reader) {
        reader.use(Feature.VALUES, start, "a value as import or export");
        int offset = reader.position();
        int bound = reader.readByte();
        return switch (bound) {
            case 0 -> new ExternSyntax.OfEqualValue(reader.readIndex());
            case 1 -> new ExternSyntax.OfValue(new ValueTypeDecoder(reader).value());
            default -> throw Failures.malformed(offset, "0x%02x is no bound of a value".formatted(bound));
        };
    }

    private static ExternSyntax typeBound(ByteReader reader) {
        int start = reader.position();
        int bound = reader.readByte();
        return switch (bound) {
            case 0 -> new OfEqualType(reader.readIndex());
            case 1 -> new OfResource();
            default -> throw Failures.malformed(start, "0x%02x is no bound of a type".formatted(bound));
        };
    }
}

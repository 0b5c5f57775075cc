package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.TypeSyntax.ComponentSyntax;
import dev.wattle.host.component.binary.TypeSyntax.InstanceSyntax;
import java.util.ArrayList;
import java.util.List;

/// Component and instance types: the declarations that they are made of.
///
/// @spec Binary.md `componenttype`, `instancetype`
final class DeclaratorDecoder {
    private final ByteReader reader;
    private final int nesting;

    /// @param nesting of the scope that the type is defined in
    DeclaratorDecoder(ByteReader reader, int nesting) {
        this.reader = reader;
        this.nesting = nesting + 1;
    }

    TypeSyntax instanceType() {
        return new InstanceSyntax(declarations(false));
    }

    TypeSyntax componentType() {
        return new ComponentSyntax(declarations(true));
    }

    private List<Definition> declarations(boolean imports) {
        if (nesting > ComponentDecoder.MAX_NESTING) {
            throw Failures.limit(reader.position(), "types are nested deeper than " + ComponentDecoder.MAX_NESTING);
        }
        int count = reader.readCount("declarations");
        List<Definition> declarations = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            declarations.add(declaration(imports));
        }
        return declarations;
    }

    private Definition declaration(boolean imports) {
        int start = reader.position();
        int kind = reader.readByte();
        return switch (kind) {
            case 0 -> new CoreTypeDecoder(reader).definition();
            case 1 -> new TypeDecoder(reader, nesting).definition();
            case 2 -> InstanceDecoder.alias(reader);
            case 3 -> {
                if (!imports) {
                    throw Failures.malformed(start, "an instance type has no imports");
                }
                yield ExternDecoder.importDefinition(reader);
            }
            case 4 -> ExternDecoder.exportDeclaration(reader);
            default ->
                throw Failures.malformed(
                        start, "0x%02x is no declaration of a component or instance type".formatted(kind));
        };
    }
}

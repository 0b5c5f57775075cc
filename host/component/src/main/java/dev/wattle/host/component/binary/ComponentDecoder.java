package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.Definition.CoreModuleBytes;
import dev.wattle.host.component.binary.Definition.NestedComponent;
import java.util.ArrayList;
import java.util.List;

/// Bytes to definitions. Knows no index space: whether an index or a name makes sense is the validator's
/// question.
///
/// What is not supported is refused here, by name, as soon as it is seen.
///
/// @spec Binary.md
public final class ComponentDecoder {
    /// Architecture's limit for a component.
    public static final int MAX_SIZE_BYTES = 50 << 20;

    /// Components in components, and types in types: compilers emit 2, tools that compose add 1 for each round.
    /// Keeps recursion far from the stack's end.
    static final int MAX_NESTING = 100;

    private static final List<String> SECTIONS = List.of(
            "custom",
            "core module",
            "core instance",
            "core type",
            "component",
            "instance",
            "alias",
            "type",
            "canon",
            "start",
            "import",
            "export",
            "value");

    private final List<Definition> definitions = new ArrayList<>();
    private final int nesting;

    private ComponentDecoder(int nesting) {
        this.nesting = nesting;
    }

    /// Decodes a whole file.
    ///
    /// @throws dev.wattle.host.component.ComponentException when it is no component, damaged, too large, or
    ///     uses what `features` does not allow
    public static ComponentDefinition decode(byte[] file, FeatureGate features) {
        if (file.length > MAX_SIZE_BYTES) {
            throw Failures.limit(-1, "the file has " + file.length + " bytes; a component may have " + MAX_SIZE_BYTES);
        }
        Preamble.check(file);
        ByteReader reader = ByteReader.of(file, features);
        reader.slice(Preamble.LENGTH, "the preamble");
        ComponentDefinition component = new ComponentDecoder(0).decodeSections(0, reader);
        features.check();
        return component;
    }

    private ComponentDefinition decodeSections(long offset, ByteReader reader) {
        while (!reader.atEnd()) {
            int start = reader.position();
            int id = reader.readByte();
            if (id >= SECTIONS.size()) {
                throw Failures.malformed(start, "there is no section with the id " + id);
            }
            String name = "the " + SECTIONS.get(id) + " section that starts at byte " + start;
            ByteReader section = reader.slice(reader.readU32(), name);
            decodeSection(id, section);
            section.requireEnd();
        }
        return new ComponentDefinition(offset, definitions);
    }

    private void decodeSection(int id, ByteReader section) {
        switch (id) {
            case 0 -> {
                section.readName();
                section.skipToEnd();
            }
            case 1 -> decodeModule(section);
            case 2 -> each(section, "core instances", InstanceDecoder::coreInstance);
            case 3 -> each(section, "core types", part -> new CoreTypeDecoder(part).definition());
            case 4 -> decodeNested(section);
            case 5 -> each(section, "instances", InstanceDecoder::instance);
            case 6 -> each(section, "aliases", InstanceDecoder::alias);
            case 7 -> each(section, "types", part -> new TypeDecoder(part, nesting).definition());
            case 8 -> each(section, "canonical definitions", CanonDecoder::canon);
            case 9 -> definitions.add(ValueDecoder.start(section));
            case 10 -> each(section, "imports", ExternDecoder::importDefinition);
            case 11 -> each(section, "exports", ExternDecoder::exportDefinition);
            default -> {
                section.use(Feature.VALUES, section.position(), "a section of values");
                each(section, "values", ValueDecoder::value);
            }
        }
    }

    private interface One {
        Definition decode(ByteReader reader);
    }

    private void each(ByteReader section, String elements, One one) {
        int count = section.readCount(elements);
        for (int index = 0; index < count; index++) {
            definitions.add(one.decode(section));
        }
    }

    private void decodeModule(ByteReader section) {
        int start = section.position();
        int end = start + section.remaining();
        Preamble.checkModule(section);
        section.skipToEnd();
        definitions.add(new CoreModuleBytes(start, start, end));
    }

    private void decodeNested(ByteReader section) {
        int start = section.position();
        if (nesting + 1 > MAX_NESTING) {
            throw Failures.limit(start, "components are nested deeper than " + MAX_NESTING);
        }
        Preamble.checkNested(section);
        ComponentDefinition component = new ComponentDecoder(nesting + 1).decodeSections(start, section);
        definitions.add(new NestedComponent(start, component));
    }
}

package dev.wattle.host.component.binary;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.CoreTypeSyntax.CoreExternSyntax;
import dev.wattle.host.component.binary.ModuleShape.ImportName;
import dev.wattle.host.engine.CoreType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// What a core module imports and exports, read without an engine: for a module that the engine does not support,
/// so that a component which is wrong besides is called wrong, and not unsupported.
final class CoreModuleHeader {
    private static final int PREAMBLE = 8;
    private static final int TABLE_WITH_VALUE = 0x40;

    private final ByteReader file;
    private final Scope scope = Scope.component(null);
    private final CoreTypeRules rules;
    private final List<CoreType> functions = new ArrayList<>();
    private final List<CoreType> tables = new ArrayList<>();
    private final List<CoreType> memories = new ArrayList<>();
    private final List<CoreType> globals = new ArrayList<>();
    private final List<CoreType> tags = new ArrayList<>();
    private final SequencedMap<ImportName, CoreType> imports = new LinkedHashMap<>();
    private final SequencedMap<String, CoreType> exports = new LinkedHashMap<>();

    private CoreModuleHeader(byte[] module, Work work) {
        this.file = ByteReader.of(module, new FeatureGate(Feature.all()));
        this.rules = new CoreTypeRules(scope, work);
    }

    /// Nothing when the module is damaged, or uses what is not read here either.
    static Optional<ModuleShape> read(byte[] module, Work work) {
        try {
            return Optional.of(new CoreModuleHeader(module, work).read());
        } catch (ComponentException e) {
            return Optional.empty();
        }
    }

    private ModuleShape read() {
        ByteReader _ = file.slice(PREAMBLE, "the preamble");
        while (!file.atEnd()) {
            int id = file.readByte();
            section(id, file.slice(file.readU32(), "a section of the core module"));
        }
        return new ModuleShape(imports, exports);
    }

    private void section(int id, ByteReader reader) {
        CoreTypeDecoder decoder = new CoreTypeDecoder(reader);
        switch (id) {
            case 1 -> each(reader, () -> rules.define(decoder.group()));
            case 2 ->
                each(reader, () -> {
                    int start = reader.position();
                    ImportName name = new ImportName(reader.readName(), reader.readName());
                    ModuleShape.addImport(start, imports, name, add(start, decoder.externType()));
                });
            case 3 -> each(reader, () -> add(reader.position(), new CoreExternSyntax.OfFunction(reader.readIndex())));
            case 4 ->
                each(reader, () -> {
                    if (reader.peekByte() == TABLE_WITH_VALUE) {
                        throw Failures.unsupported(reader.position(), "a table with a value is");
                    }
                    add(reader.position(), decoder.table());
                });
            case 5 -> each(reader, () -> add(reader.position(), decoder.memory()));
            case 6 ->
                each(reader, () -> {
                    add(reader.position(), decoder.global());
                    skipConstant(reader);
                });
            case 7 ->
                each(reader, () -> {
                    String name = reader.readName();
                    exports.put(name, exported(reader));
                });
            case 13 -> each(reader, () -> add(reader.position(), decoder.tag()));
            default -> reader.skipToEnd();
        }
    }

    private static void each(ByteReader reader, Runnable one) {
        int count = reader.readCount("elements");
        for (int index = 0; index < count; index++) {
            one.run();
        }
    }

    private CoreType add(int offset, CoreExternSyntax syntax) {
        CoreType type = rules.external(offset, syntax);
        space(type).add(type);
        return type;
    }

    private List<CoreType> space(CoreType type) {
        return switch (type) {
            case CoreType.Function _ -> functions;
            case CoreType.Table _ -> tables;
            case CoreType.Memory _ -> memories;
            case CoreType.Global _ -> globals;
            case CoreType.Tag _ -> tags;
        };
    }

    private CoreType exported(ByteReader reader) {
        int start = reader.position();
        int sort = reader.readByte();
        List<CoreType> space = switch (sort) {
            case 0 -> functions;
            case 1 -> tables;
            case 2 -> memories;
            case 3 -> globals;
            case 4 -> tags;
            default -> throw Failures.malformed(start, "0x%02x is no sort of a core export".formatted(sort));
        };
        return Scope.at(space, reader.readIndex(), Sort.CORE_MODULE, start);
    }

    /// A constant expression of the first version.
    private static void skipConstant(ByteReader reader) {
        int start = reader.position();
        int opcode = reader.readByte();
        switch (opcode) {
            case 0x41, 0x42 -> {
                while (reader.readByte() >= 0x80) {
                    // the bytes of an integer
                }
            }
            case 0x43 -> reader.slice(Float.BYTES, "a float").skipToEnd();
            case 0x44 -> reader.slice(Double.BYTES, "a float").skipToEnd();
            case 0x23, 0xd2 -> {
                int _ = reader.readIndex();
            }
            case 0xd0 -> {
                long _ = reader.readS33();
            }
            default -> throw Failures.unsupported(start, "this constant is");
        }
        if (reader.readByte() != 0x0b) {
            throw Failures.unsupported(start, "this constant is");
        }
    }
}

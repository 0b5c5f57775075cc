package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.Definition.AliasCoreExport;
import dev.wattle.host.component.binary.Definition.AliasExport;
import dev.wattle.host.component.binary.Definition.AliasOuter;
import dev.wattle.host.component.binary.Definition.Argument;
import dev.wattle.host.component.binary.Definition.CoreInlineInstance;
import dev.wattle.host.component.binary.Definition.CoreInstantiate;
import dev.wattle.host.component.binary.Definition.InlineInstance;
import dev.wattle.host.component.binary.Definition.Instantiate;
import java.util.ArrayList;
import java.util.List;

/// Instances and aliases.
///
/// @spec Binary.md "Instance Definitions", "Alias Definitions"
final class InstanceDecoder {
    private InstanceDecoder() {}

    static Definition coreInstance(ByteReader reader) {
        int start = reader.position();
        int form = reader.readByte();
        return switch (form) {
            case 0 -> {
                int module = reader.readIndex();
                yield new CoreInstantiate(start, module, coreArguments(reader));
            }
            case 1 -> new CoreInlineInstance(start, coreExports(reader));
            default -> throw Failures.malformed(start, "0x%02x is no form of a core instance".formatted(form));
        };
    }

    private static List<Argument> coreArguments(ByteReader reader) {
        int count = reader.readCount("arguments");
        List<Argument> arguments = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int start = reader.position();
            String name = reader.readName();
            Sort sort = coreSort(reader);
            if (sort != Sort.CORE_INSTANCE) {
                throw Failures.malformed(
                        start, "a core module is instantiated with core instances, not a " + sort.words());
            }
            arguments.add(new Argument(start, name, sort, reader.readIndex()));
        }
        return arguments;
    }

    private static List<Argument> coreExports(ByteReader reader) {
        int count = reader.readCount("exports");
        List<Argument> exports = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int start = reader.position();
            String name = reader.readName();
            exports.add(new Argument(start, name, coreSort(reader), reader.readIndex()));
        }
        return exports;
    }

    static Definition instance(ByteReader reader) {
        int start = reader.position();
        int form = reader.readByte();
        return switch (form) {
            case 0 -> {
                int component = reader.readIndex();
                yield new Instantiate(start, component, arguments(reader));
            }
            case 1 -> new InlineInstance(start, inlineExports(reader));
            default -> throw Failures.malformed(start, "0x%02x is no form of an instance".formatted(form));
        };
    }

    private static List<Argument> arguments(ByteReader reader) {
        int count = reader.readCount("arguments");
        List<Argument> arguments = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int start = reader.position();
            String name = reader.readName();
            arguments.add(new Argument(start, name, sort(reader), reader.readIndex()));
        }
        return arguments;
    }

    private static List<Argument> inlineExports(ByteReader reader) {
        int count = reader.readCount("exports");
        List<Argument> exports = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            int start = reader.position();
            NameDecoder name = new NameDecoder(reader);
            Sort sort = sort(reader);
            exports.add(new Argument(start, name.name(sort == Sort.INSTANCE), sort, reader.readIndex()));
        }
        return exports;
    }

    static Definition alias(ByteReader reader) {
        int start = reader.position();
        Sort sort = sort(reader);
        int target = reader.readByte();
        return switch (target) {
            case 0 -> {
                int instance = reader.readIndex();
                yield new AliasExport(start, sort, instance, reader.readName());
            }
            case 1 -> {
                int instance = reader.readIndex();
                yield new AliasCoreExport(start, sort, instance, reader.readName());
            }
            case 2 -> {
                int count = reader.readIndex();
                yield new AliasOuter(start, sort, count, reader.readIndex());
            }
            default -> throw Failures.malformed(start, "0x%02x is no target of an alias".formatted(target));
        };
    }

    static Sort sort(ByteReader reader) {
        int start = reader.position();
        int sort = reader.readByte();
        return switch (sort) {
            case 0 -> coreSort(reader);
            case 1 -> Sort.FUNCTION;
            case 2 -> {
                reader.use(Feature.VALUES, start, "a value");
                yield Sort.VALUE;
            }
            case 3 -> Sort.TYPE;
            case 4 -> Sort.COMPONENT;
            case 5 -> Sort.INSTANCE;
            default -> throw Failures.malformed(start, "0x%02x is no sort".formatted(sort));
        };
    }

    private static Sort coreSort(ByteReader reader) {
        int start = reader.position();
        int sort = reader.readByte();
        return switch (sort) {
            case 0x00 -> Sort.CORE_FUNCTION;
            case 0x01 -> Sort.CORE_TABLE;
            case 0x02 -> Sort.CORE_MEMORY;
            case 0x03 -> Sort.CORE_GLOBAL;
            case 0x04 -> Sort.CORE_TAG;
            case 0x10 -> Sort.CORE_TYPE;
            case 0x11 -> Sort.CORE_MODULE;
            case 0x12 -> Sort.CORE_INSTANCE;
            default -> throw Failures.malformed(start, "0x%02x is no core sort".formatted(sort));
        };
    }
}

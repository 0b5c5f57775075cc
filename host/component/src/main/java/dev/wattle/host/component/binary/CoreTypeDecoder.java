package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.CoreTypeSyntax.Composite;
import dev.wattle.host.component.binary.CoreTypeSyntax.CoreExternSyntax;
import dev.wattle.host.component.binary.CoreTypeSyntax.Group;
import dev.wattle.host.component.binary.CoreTypeSyntax.ModuleDeclaration;
import dev.wattle.host.component.binary.CoreTypeSyntax.ModuleSyntax;
import dev.wattle.host.component.binary.CoreTypeSyntax.SubType;
import dev.wattle.host.component.binary.CoreTypeSyntax.ValueSyntax;
import dev.wattle.host.component.binary.Definition.CoreTypeDefinition;
import dev.wattle.host.engine.CoreType.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/// Core type definitions: functions and what garbage collection adds, and module types.
///
/// @spec Binary.md `core:type`; core "Types"
final class CoreTypeDecoder {
    private static final int MODULE = 0x50;
    private static final int SUB_OPEN = 0x50;
    private static final int SUB_FINAL = 0x4f;
    private static final int GROUP = 0x4e;
    private static final int SHARED_COMPOSITE = 0x65;
    private static final int TYPE_SORT = 0x10;
    private static final int OUTER = 0x01;
    private static final int HAS_MAXIMUM = 1;
    private static final int SHARED = 2;
    private static final int WIDE = 4;

    private final ByteReader reader;

    CoreTypeDecoder(ByteReader reader) {
        this.reader = reader;
    }

    Definition definition() {
        int start = reader.position();
        return new CoreTypeDefinition(start, type());
    }

    private CoreTypeSyntax type() {
        int first = reader.peekByte();
        if (first == MODULE) {
            int _ = reader.readByte();
            return moduleType();
        }
        if (first == 0) {
            int start = reader.position();
            int _ = reader.readByte();
            if (reader.peekByte() != SUB_OPEN) {
                throw Failures.malformed(start, "the byte 0x00 stands before an open subtype only");
            }
        }
        return group();
    }

    /// `core:rectype`.
    Group group() {
        if (reader.peekByte() != GROUP) {
            return new Group(List.of(subType()));
        }
        int _ = reader.readByte();
        int count = reader.readCount("types of a group");
        List<SubType> types = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            types.add(subType());
        }
        return new Group(types);
    }

    private SubType subType() {
        int start = reader.position();
        int first = reader.peekByte();
        List<Integer> supertypes = new ArrayList<>();
        if (first == SUB_OPEN || first == SUB_FINAL) {
            int _ = reader.readByte();
            int count = reader.readCount("supertypes");
            for (int index = 0; index < count; index++) {
                supertypes.add(reader.readIndex());
            }
        }
        return new SubType(start, first == SUB_OPEN, supertypes, composite());
    }

    private Composite composite() {
        int start = reader.position();
        int form = reader.readByte();
        if (form != SHARED_COMPOSITE) {
            return composite(start, form, false);
        }
        reader.use(Feature.SHARED_EVERYTHING_THREADS, start, "a shared core type");
        return composite(start, reader.readByte(), true);
    }

    private Composite composite(int start, int form, boolean shared) {
        return switch (form) {
            case 0x60 -> {
                List<ValueSyntax> parameters = values();
                yield new Composite.FunctionSyntax(parameters, values(), shared);
            }
            case 0x5f -> {
                int count = reader.readCount("fields");
                List<ValueSyntax> fields = new ArrayList<>(count);
                for (int index = 0; index < count; index++) {
                    fields.add(field());
                }
                yield new Composite.StructSyntax(fields);
            }
            case 0x5e -> new Composite.ArraySyntax(field());
            default -> throw Failures.malformed(start, "0x%02x is no form of a core type".formatted(form));
        };
    }

    private List<ValueSyntax> values() {
        int count = reader.readCount("core types");
        List<ValueSyntax> values = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            values.add(value());
        }
        return values;
    }

    private ValueSyntax field() {
        int first = reader.peekByte();
        ValueSyntax type;
        if (first == 0x78 || first == 0x77) { // i8, i16: a field may be packed
            int _ = reader.readByte();
            type = new ValueSyntax(Value.I32, ValueSyntax.NO_INDEX);
        } else {
            type = value();
        }
        boolean _ = mutable();
        return type;
    }

    private boolean mutable() {
        int start = reader.position();
        int mutable = reader.readByte();
        if (mutable > 1) {
            throw Failures.malformed(start, "malformed mutability");
        }
        return mutable == 1;
    }

    /// `core:valtype`.
    private ValueSyntax value() {
        int start = reader.position();
        int form = reader.readByte();
        return switch (form) {
            case 0x7f -> plain(Value.I32);
            case 0x7e -> plain(Value.I64);
            case 0x7d -> plain(Value.F32);
            case 0x7c -> plain(Value.F64);
            case 0x7b -> plain(Value.V128);
            case 0x63 -> reference(true);
            case 0x64 -> reference(false);
            default -> plain(abstractReference(start, form, true));
        };
    }

    private static ValueSyntax plain(Value value) {
        return new ValueSyntax(value, ValueSyntax.NO_INDEX);
    }

    private ValueSyntax reference(boolean nullable) {
        int start = reader.position();
        long heap = reader.readS33();
        if (heap >= 0) {
            if (heap > Integer.MAX_VALUE) {
                throw Failures.malformed(start, "index " + heap + " is too large");
            }
            return new ValueSyntax(Value.OTHERREF, (int) heap);
        }
        return plain(abstractReference(start, heap < -64 ? 0 : (int) (heap & 0x7F), nullable));
    }

    private static Value abstractReference(int start, int heap, boolean nullable) {
        return switch (heap) {
            case 0x70 -> nullable ? Value.FUNCREF : Value.OTHERREF;
            case 0x6f -> nullable ? Value.EXTERNREF : Value.OTHERREF;
            case 0x69 -> nullable ? Value.EXNREF : Value.OTHERREF;
            case 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73, 0x74 -> Value.OTHERREF;
            default -> throw Failures.malformed(start, "0x%02x is no core value type".formatted(heap));
        };
    }

    private CoreTypeSyntax moduleType() {
        int count = reader.readCount("declarations");
        List<ModuleDeclaration> declarations = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            declarations.add(declaration());
        }
        return new ModuleSyntax(declarations);
    }

    private ModuleDeclaration declaration() {
        int start = reader.position();
        int kind = reader.readByte();
        return switch (kind) {
            case 0 -> {
                String module = reader.readName();
                String name = reader.readName();
                yield new ModuleDeclaration.ImportDeclaration(start, module, name, externType());
            }
            case 1 -> new ModuleDeclaration.TypeDeclaration(start, declaredType());
            case 2 -> alias(start);
            case 3 -> {
                String name = reader.readName();
                yield new ModuleDeclaration.ExportDeclaration(start, name, externType());
            }
            default -> throw Failures.malformed(start, "0x%02x is no declaration of a module type".formatted(kind));
        };
    }

    /// A module type in a module type is well-formed, and invalid.
    private CoreTypeSyntax declaredType() {
        int start = reader.position();
        if (reader.peekByte() == MODULE) {
            throw Failures.invalid(start, "a module type cannot be defined in a module type");
        }
        return type();
    }

    private ModuleDeclaration alias(int start) {
        if (reader.readByte() != TYPE_SORT || reader.readByte() != OUTER) {
            throw Failures.malformed(start, "a module type has no aliases but outer ones of core types");
        }
        int count = reader.readIndex();
        return new ModuleDeclaration.OuterType(start, count, reader.readIndex());
    }

    /// `core:externtype`.
    CoreExternSyntax externType() {
        int start = reader.position();
        int sort = reader.readByte();
        return switch (sort) {
            case 0x00 -> new CoreExternSyntax.OfFunction(reader.readIndex());
            case 0x01 -> table();
            case 0x02 -> memory();
            case 0x03 -> global();
            case 0x04 -> tag();
            default -> throw Failures.malformed(start, "0x%02x is no sort of a core import".formatted(sort));
        };
    }

    CoreExternSyntax table() {
        ValueSyntax element = value();
        int start = reader.position();
        Limits limits = limits();
        if (limits.shared) {
            throw Failures.unsupported(start, "shared tables are");
        }
        return new CoreExternSyntax.OfTable(element, limits.minimum, limits.maximum);
    }

    CoreExternSyntax memory() {
        Limits limits = limits();
        return new CoreExternSyntax.OfMemory(limits.minimum, limits.maximum, limits.shared);
    }

    CoreExternSyntax global() {
        ValueSyntax value = value();
        return new CoreExternSyntax.OfGlobal(value, mutable());
    }

    CoreExternSyntax tag() {
        int start = reader.position();
        if (reader.readByte() != 0) {
            throw Failures.malformed(start, "malformed tag attribute");
        }
        return new CoreExternSyntax.OfTag(reader.readIndex());
    }

    private record Limits(long minimum, OptionalLong maximum, boolean shared) {}

    private Limits limits() {
        int start = reader.position();
        int flags = reader.readByte();
        if (flags > (HAS_MAXIMUM | SHARED | WIDE)) {
            throw Failures.malformed(start, "malformed limits flags");
        }
        if ((flags & WIDE) != 0) {
            throw Failures.unsupported(start, "memories and tables of 64 bits are");
        }
        boolean shared = (flags & SHARED) != 0;
        if (shared) {
            reader.use(Feature.SHARED_EVERYTHING_THREADS, start, "a shared memory");
        }
        long minimum = Integer.toUnsignedLong(reader.readU32());
        OptionalLong maximum = (flags & HAS_MAXIMUM) == 0
                ? OptionalLong.empty()
                : OptionalLong.of(Integer.toUnsignedLong(reader.readU32()));
        return new Limits(minimum, maximum, shared);
    }
}

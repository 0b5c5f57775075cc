package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.Definition.TypeDefinition;
import dev.wattle.host.component.binary.TypeSyntax.BorrowSyntax;
import dev.wattle.host.component.binary.TypeSyntax.EnumSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ErrorContextSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FixedListSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FlagsSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FunctionSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FutureSyntax;
import dev.wattle.host.component.binary.TypeSyntax.Labelled;
import dev.wattle.host.component.binary.TypeSyntax.ListSyntax;
import dev.wattle.host.component.binary.TypeSyntax.MapSyntax;
import dev.wattle.host.component.binary.TypeSyntax.OptionSyntax;
import dev.wattle.host.component.binary.TypeSyntax.OwnSyntax;
import dev.wattle.host.component.binary.TypeSyntax.PrimitiveSyntax;
import dev.wattle.host.component.binary.TypeSyntax.RecordSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ResourceSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ResultSyntax;
import dev.wattle.host.component.binary.TypeSyntax.StreamSyntax;
import dev.wattle.host.component.binary.TypeSyntax.TupleSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ValueSyntax;
import dev.wattle.host.component.binary.TypeSyntax.VariantSyntax;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.WitType.Primitive;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Type definitions.
///
/// @spec Binary.md "Type Definitions"
final class TypeDecoder {
    private static final int CORE_I32 = 0x7f;
    private static final int CORE_I64 = 0x7e;

    private final ByteReader reader;
    private final ValueTypeDecoder values;
    private final int nesting;

    TypeDecoder(ByteReader reader, int nesting) {
        this.reader = reader;
        this.values = new ValueTypeDecoder(reader);
        this.nesting = nesting;
    }

    Definition definition() {
        int start = reader.position();
        return new TypeDefinition(start, type(start, reader.readByte()));
    }

    private TypeSyntax type(int start, int opcode) {
        Primitive primitive = ValueTypeDecoder.primitive(opcode);
        if (primitive != null) {
            return new PrimitiveSyntax(primitive);
        }
        return switch (opcode) {
            case 0x72 -> new RecordSyntax(values.fields("fields"));
            case 0x71 -> new VariantSyntax(values.cases());
            case 0x70 -> new ListSyntax(values.value());
            case 0x6f -> new TupleSyntax(values.values());
            case 0x6e -> new FlagsSyntax(values.labels());
            case 0x6d -> new EnumSyntax(values.labels());
            case 0x6b -> new OptionSyntax(values.value());
            case 0x6a -> result();
            case 0x69 -> new OwnSyntax(reader.readIndex());
            case 0x68 -> new BorrowSyntax(reader.readIndex());
            case 0x40 -> function(false);
            case 0x41 -> new DeclaratorDecoder(reader, nesting).componentType();
            case 0x42 -> new DeclaratorDecoder(reader, nesting).instanceType();
            case 0x3f -> resource();
            default -> gatedType(start, opcode);
        };
    }

    private TypeSyntax gatedType(int start, int opcode) {
        return switch (opcode) {
            case 0x67 -> {
                reader.use(Feature.FIXED_LENGTH_LISTS, start, "a list of fixed length");
                ValueSyntax element = values.value();
                yield new FixedListSyntax(element, reader.readU32());
            }
            case 0x66 -> {
                reader.use(Feature.ASYNC, start, "the type stream");
                yield new StreamSyntax(values.optionalValue());
            }
            case 0x65 -> {
                reader.use(Feature.ASYNC, start, "the type future");
                yield new FutureSyntax(values.optionalValue());
            }
            case ValueTypeDecoder.OPCODE_ERROR_CONTEXT -> {
                reader.use(Feature.ERROR_CONTEXT, start, "the type error-context");
                yield new ErrorContextSyntax();
            }
            case 0x63 -> {
                reader.use(Feature.MAP, start, "the type map");
                ValueSyntax key = values.value();
                yield new MapSyntax(key, values.value());
            }
            case 0x43 -> {
                reader.use(Feature.ASYNC, start, "an async function type");
                yield function(true);
            }
            default -> throw Failures.malformed(start, "0x%02x is no type".formatted(opcode));
        };
    }

    private TypeSyntax result() {
        Optional<ValueSyntax> ok = values.optionalValue();
        return new ResultSyntax(ok, values.optionalValue());
    }

    private TypeSyntax function(boolean async) {
        List<Labelled> parameters = values.fields("parameters");
        return new FunctionSyntax(parameters, values.resultList(), async);
    }

    private TypeSyntax resource() {
        CoreType.Value representation = representation();
        int start = reader.position();
        int present = reader.readByte();
        return switch (present) {
            case 0 -> new ResourceSyntax(representation, OptionalInt.empty());
            case 1 -> new ResourceSyntax(representation, OptionalInt.of(reader.readIndex()));
            default -> throw Failures.malformed(start, "0x%02x is neither absent nor present".formatted(present));
        };
    }

    private CoreType.Value representation() {
        int start = reader.position();
        int type = reader.readByte();
        if (type == CORE_I64) {
            reader.use(Feature.MEMORY64, start, "a resource that is represented by an i64");
            return CoreType.Value.I64;
        }
        if (type != CORE_I32) {
            throw Failures.invalid(start, "a resource is represented by an i32 or an i64");
        }
        return CoreType.Value.I32;
    }
}

package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A type as generated code needs it: where its parts lie, and what it becomes when it is flat. Equal types of
/// a signature are one node.
final class TypeNode {
    static final int NO_RESOURCE = -1;

    /// In the names of methods.
    final int id;

    final WitType type;
    final int alignment;
    final int size;

    /// Cut off after more than a function has: such a type never is flat.
    final List<CoreType.Value> flat;

    /// Of a record or a tuple: the fields; of a list: the element; of a map: the list that it is in memory; of
    /// a variant of any kind: the payload of each case, null where there is none.
    final List<@Nullable TypeNode> parts;

    /// Of a handle: where the context has its resource type.
    final int resource;

    TypeNode(int id, WitType type, List<@Nullable TypeNode> parts, int resource) {
        this.id = id;
        this.type = type;
        this.alignment = CanonicalAbi.alignment(type);
        this.size = Math.toIntExact(CanonicalAbi.elemSize(type));
        this.flat = CanonicalAbi.flattenTypes(List.of(type));
        this.parts = parts;
        this.resource = resource;
    }

    /// A part that is there.
    TypeNode part(int index) {
        TypeNode part = parts.get(index);
        if (part == null) {
            throw new IllegalStateException("no payload");
        }
        return part;
    }

    /// How far the fields of a record or a tuple lie behind its begin.
    int[] offsets() {
        int[] offsets = new int[parts.size()];
        long at = 0;
        for (int index = 0; index < offsets.length; index++) {
            at = CanonicalAbi.alignTo(at, part(index).alignment);
            offsets[index] = (int) at;
            at += part(index).size;
        }
        return offsets;
    }

    /// How far a payload lies behind the begin of its variant.
    int payloadOffset() {
        List<Optional<WitType>> payloads = new ArrayList<>(parts.size());
        for (TypeNode part : parts) {
            payloads.add(part == null ? Optional.empty() : Optional.of(part.type));
        }
        return (int) CanonicalAbi.payloadOffset(payloads);
    }

    /// Does it have a handle in it that is borrowed?
    boolean borrows() {
        if (type instanceof WitType.BorrowType) {
            return true;
        }
        for (TypeNode part : parts) {
            if (part != null && part.borrows()) {
                return true;
            }
        }
        return false;
    }

    /// The bytes of a variant's discriminant, or of flags.
    int tagSize() {
        return type instanceof WitType.FlagsType ? size : CanonicalAbi.discriminantSize(parts.size());
    }

    /// Are all bit patterns of its bytes values, and none of its bytes padding? Then it is the same in any
    /// memory.
    boolean isPlain() {
        return switch (type) {
            case WitType.Primitive primitive ->
                switch (primitive) {
                    case U8, S8, U16, S16, U32, S32, U64, S64 -> true;
                    case BOOL, F32, F64, CHAR, STRING -> false;
                };
            case WitType.FlagsType(var labels) -> labels.size() == size * Byte.SIZE;
            case WitType.RecordType _, WitType.TupleType _ -> {
                int bytes = 0;
                for (TypeNode part : parts) {
                    if (part == null || !part.isPlain()) {
                        yield false;
                    }
                    bytes += part.size;
                }
                yield bytes == size;
            }
            default -> false;
        };
    }
}

package dev.wattle.wit;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// A WIT value type: the despecialized and specialized types of the Component Model.
///
/// Types are immutable and compared by structure; resource types alone are compared by identity, as the
/// Component Model generates a new one for each instance. Safe for any thread.
///
/// @spec Explainer.md `valtype`, `defvaltype`
public sealed interface WitType {
    /// The types without parameters.
    enum Primitive implements WitType {
        BOOL,
        S8,
        U8,
        S16,
        U16,
        S32,
        U32,
        S64,
        U64,
        F32,
        F64,
        CHAR,
        STRING;

        /// The keyword of WIT, `u32` for [#U32].
        public String keyword() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /// `list<element>`.
    record ListType(WitType element) implements WitType {
        public ListType {
            Objects.requireNonNull(element, "element");
        }
    }

    /// `list<element, length>`: a list that always has `length` elements, laid out as a tuple of as many.
    ///
    /// @param length at least 1. The specification counts to 2³²-1, but a type of 2²⁸ bytes and more is
    /// invalid, and no element has less than one
    record FixedListType(WitType element, int length) implements WitType {
        public FixedListType {
            Objects.requireNonNull(element, "element");
            if (length < 1) {
                throw new IllegalArgumentException("a list of fixed length needs at least one element, not " + length);
            }
        }
    }

    /// `map<key, value>`: a list of pairs of key and value, where the last pair of several with the same key
    /// counts.
    record MapType(Primitive key, WitType value) implements WitType {
        public MapType {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
            if (!isKey(key)) {
                throw new IllegalArgumentException(key.keyword() + " cannot be the key of a map");
            }
        }

        /// May this be a map's key? All primitives but the floating-point numbers may.
        ///
        /// @spec Explainer.md `keytype`
        public static boolean isKey(WitType type) {
            return type instanceof Primitive && type != Primitive.F32 && type != Primitive.F64;
        }
    }

    /// `record { name: type, … }` with at least one field.
    record RecordType(List<Field> fields) implements WitType {
        public RecordType {
            fields = List.copyOf(fields);
            requireLabels("record", fields.stream().map(Field::name).toList());
        }
    }

    /// One field of a record.
    record Field(String name, WitType type) {
        public Field {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
        }
    }

    /// `tuple<types…>` with at least one type.
    record TupleType(List<WitType> types) implements WitType {
        public TupleType {
            types = List.copyOf(types);
            if (types.isEmpty()) {
                throw new IllegalArgumentException("a tuple needs at least one type");
            }
        }
    }

    /// `variant { case(payload), … }` with at least one case.
    record VariantType(List<Case> cases) implements WitType {
        public VariantType {
            cases = List.copyOf(cases);
            requireLabels("variant", cases.stream().map(Case::name).toList());
        }
    }

    /// One case of a variant.
    record Case(String name, Optional<WitType> payload) {
        public Case {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(payload, "payload");
        }
    }

    /// `enum { case, … }` with at least one case.
    record EnumType(List<String> cases) implements WitType {
        public EnumType {
            cases = List.copyOf(cases);
            requireLabels("enum", cases);
        }
    }

    /// `option<some>`.
    record OptionType(WitType some) implements WitType {
        public OptionType {
            Objects.requireNonNull(some, "some");
        }
    }

    /// `result<ok, error>`; either side may be without a payload.
    record ResultType(Optional<WitType> ok, Optional<WitType> error) implements WitType {
        public ResultType {
            Objects.requireNonNull(ok, "ok");
            Objects.requireNonNull(error, "error");
        }
    }

    /// `flags { label, … }` with 1..32 labels in a component; wRPC and WAVE take more.
    record FlagsType(List<String> labels) implements WitType {
        public FlagsType {
            labels = List.copyOf(labels);
            requireLabels("flags", labels);
        }
    }

    /// `own<resource>`.
    record OwnType(ResourceType resource) implements WitType {
        public OwnType {
            Objects.requireNonNull(resource, "resource");
        }
    }

    /// `borrow<resource>`.
    record BorrowType(ResourceType resource) implements WitType {
        public BorrowType {
            Objects.requireNonNull(resource, "resource");
        }
    }

    /// `stream<element>`; the element may be absent.
    record StreamType(Optional<WitType> element) implements WitType {
        public StreamType {
            Objects.requireNonNull(element, "element");
        }
    }

    /// `future<element>`; the element may be absent.
    record FutureType(Optional<WitType> element) implements WitType {
        public FutureType {
            Objects.requireNonNull(element, "element");
        }
    }

    /// `error-context`: what may help to find out why something failed.
    record ErrorContextType() implements WitType {}

    private static void requireLabels(String kind, List<String> labels) {
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a " + kind + " needs at least one label");
        }
        Set<String> seen = new HashSet<>();
        for (String label : labels) {
            if (!seen.add(label)) {
                throw new IllegalArgumentException("the " + kind + " has the label '" + label + "' twice");
            }
        }
    }
}

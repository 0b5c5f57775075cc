package dev.wattle.wit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// A value of a [WitType]: what the canonical ABI lifts from guest memory, what wRPC puts on the wire, what
/// Java providers take and give. Immutable, compared by content; `f32` and `f64` compare by their bits, with
/// one NaN.
///
/// A value does not carry its type. Numbers keep their mathematical value: a `u32` of 4294967295 is held as the
/// `long`
/// 4294967295; a `u64` alone is held as the `long` with the same bits.
public sealed interface WitValue {
    /// `bool`.
    record Bool(boolean value) implements WitValue {}

    /// Every integer type. For `u64` the bits of the long are read as unsigned; all others hold their
    /// mathematical value.
    record Int(long value) implements WitValue {}

    /// `f32`.
    record F32(float value) implements WitValue {}

    /// `f64`.
    record F64(double value) implements WitValue {}

    /// `char`: a Unicode scalar value.
    record Char(int codePoint) implements WitValue {
        public Char {
            if (codePoint < 0 || codePoint > 0x10FFFF || (codePoint >= 0xD800 && codePoint <= 0xDFFF)) {
                throw new IllegalArgumentException("not a Unicode scalar value: " + codePoint);
            }
        }
    }

    /// `string`: without lone surrogates.
    record Text(String value) implements WitValue {
        public Text {
            Objects.requireNonNull(value, "value");
        }
    }

    /// `list<T>` and `list<T, n>` for every element type but `u8`.
    record ListValue(List<WitValue> elements) implements WitValue {
        public ListValue {
            elements = List.copyOf(elements);
        }
    }

    /// `list<u8>` and `list<u8, n>`, always in this form.
    record Bytes(ByteString bytes) implements WitValue {
        public Bytes {
            Objects.requireNonNull(bytes, "bytes");
        }
    }

    /// `map`: the pairs in the order in which they came. A key may be there several times, as the specification
    /// leaves it to who makes the map; the last pair counts then, and [#lastOf] finds it.
    record MapValue(List<Entry> entries) implements WitValue {
        public MapValue {
            entries = List.copyOf(entries);
        }

        /// The value of a key: the last, when there are several.
        public Optional<WitValue> lastOf(WitValue key) {
            for (Entry entry : entries.reversed()) {
                if (entry.key().equals(key)) {
                    return Optional.of(entry.value());
                }
            }
            return Optional.empty();
        }
    }

    /// One pair of a map.
    record Entry(WitValue key, WitValue value) {
        public Entry {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    /// `record`: the values in the order of the type's fields.
    record RecordValue(List<WitValue> fields) implements WitValue {
        public RecordValue {
            fields = List.copyOf(fields);
        }
    }

    /// `tuple`.
    record TupleValue(List<WitValue> elements) implements WitValue {
        public TupleValue {
            elements = List.copyOf(elements);
        }
    }

    /// `variant`: the case by its name.
    record VariantValue(String name, Optional<WitValue> payload) implements WitValue {
        public VariantValue {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(payload, "payload");
        }
    }

    /// `enum`: the case by its name.
    record EnumValue(String name) implements WitValue {
        public EnumValue {
            Objects.requireNonNull(name, "name");
        }
    }

    /// `option`.
    record OptionValue(Optional<WitValue> some) implements WitValue {
        public OptionValue {
            Objects.requireNonNull(some, "some");
        }
    }

    /// `result`: an ok or an error, each with or without payload.
    record ResultValue(boolean ok, Optional<WitValue> payload) implements WitValue {
        public ResultValue {
            Objects.requireNonNull(payload, "payload");
        }
    }

    /// `flags`: the labels that are set.
    record FlagsValue(SortedSet<String> labels) implements WitValue {
        public FlagsValue {
            labels = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(labels));
        }
    }

    /// `own<R>` or `borrow<R>` outside of a guest: what the resource's owner knows it by. For a resource of the
    /// host, its Java object; for a resource that a guest defines, an opaque object of `host/component`.
    record Resource(ResourceType type, Object representation) implements WitValue {
        public Resource {
            Objects.requireNonNull(type, "type");
            Objects.requireNonNull(representation, "representation");
        }
    }

    /// `stream<T>` outside of a guest: the end that is read, an opaque object of who made it.
    record StreamValue(Optional<WitType> element, Object representation) implements WitValue {
        public StreamValue {
            Objects.requireNonNull(element, "element");
            Objects.requireNonNull(representation, "representation");
        }
    }

    /// `future<T>` outside of a guest: the end that is read, an opaque object of who made it.
    record FutureValue(Optional<WitType> element, Object representation) implements WitValue {
        public FutureValue {
            Objects.requireNonNull(element, "element");
            Objects.requireNonNull(representation, "representation");
        }
    }

    /// `error-context` outside of a guest: all that it holds is a text for people.
    record ErrorContextValue(String debugMessage) implements WitValue {
        public ErrorContextValue {
            Objects.requireNonNull(debugMessage, "debugMessage");
        }
    }

    /// A bool.
    static WitValue of(boolean value) {
        return new Bool(value);
    }

    /// A number of any integer type.
    static WitValue of(long value) {
        return new Int(value);
    }

    /// A string.
    static WitValue of(String value) {
        return new Text(value);
    }

    /// A `list<u8>`; the array is copied.
    static WitValue ofBytes(byte[] value) {
        return new Bytes(ByteString.copyOf(value));
    }

    /// A list of anything but `u8`.
    static WitValue list(List<? extends WitValue> elements) {
        return new ListValue(List.copyOf(elements));
    }

    /// A map, by its pairs.
    static WitValue map(Entry... entries) {
        return new MapValue(List.of(entries));
    }

    /// A record, by the order of its fields.
    static WitValue record(WitValue... fields) {
        return new RecordValue(List.of(fields));
    }

    /// A tuple.
    static WitValue tuple(WitValue... elements) {
        return new TupleValue(List.of(elements));
    }

    /// A case without payload.
    static WitValue variant(String name) {
        return new VariantValue(name, Optional.empty());
    }

    /// A case with payload.
    static WitValue variant(String name, WitValue payload) {
        return new VariantValue(name, Optional.of(payload));
    }

    /// `some(value)`.
    static WitValue some(WitValue value) {
        return new OptionValue(Optional.of(value));
    }

    /// `none`.
    static WitValue none() {
        return new OptionValue(Optional.empty());
    }

    /// `ok` without payload.
    static WitValue ok() {
        return new ResultValue(true, Optional.empty());
    }

    /// `ok(value)`.
    static WitValue ok(WitValue value) {
        return new ResultValue(true, Optional.of(value));
    }

    /// `err` without payload.
    static WitValue error() {
        return new ResultValue(false, Optional.empty());
    }

    /// `err(value)`.
    static WitValue error(WitValue value) {
        return new ResultValue(false, Optional.of(value));
    }
}

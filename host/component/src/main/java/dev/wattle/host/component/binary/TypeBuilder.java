package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.TypeSyntax.BorrowSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ComponentSyntax;
import dev.wattle.host.component.binary.TypeSyntax.EnumSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ErrorContextSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FixedListSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FlagsSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FunctionSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FutureSyntax;
import dev.wattle.host.component.binary.TypeSyntax.InstanceSyntax;
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
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the types of one type definition, out of the types of its scope. For one definition only.
///
/// @spec Binary.md "Type Definitions"
final class TypeBuilder {
    /// `flags` wider than a core integer are not part of the canonical ABI.
    private static final int MAX_FLAGS = 32;

    private final Scope scope;
    private final long offset;
    private final List<ElementSize> parts = new ArrayList<>();
    private int size = 1;
    private int depth;
    private boolean borrows;

    TypeBuilder(Scope scope, long offset) {
        this.scope = scope;
        this.offset = offset;
    }

    /// A value type.
    SizedType value(TypeSyntax syntax) {
        WitType type = switch (syntax) {
            case PrimitiveSyntax(var primitive) -> primitive;
            case ErrorContextSyntax() -> new WitType.ErrorContextType();
            case RecordSyntax(var fields) -> record(fields);
            case VariantSyntax(var cases) -> variant(cases);
            case ListSyntax(var element) -> new WitType.ListType(value(element));
            case FixedListSyntax(var element, int length) -> fixedList(element, length);
            case MapSyntax(var key, var value) -> map(key, value);
            case TupleSyntax(var types) -> tuple(types);
            case FlagsSyntax(var labels) -> flags(labels);
            case EnumSyntax(var labels) -> new WitType.EnumType(checked("enum", labels));
            case OptionSyntax(var some) -> new WitType.OptionType(value(some));
            case ResultSyntax(var ok, var error) -> result(ok, error);
            case OwnSyntax(int resource) -> scope.handle(resource, offset, WitType.OwnType::new);
            case BorrowSyntax(int resource) -> borrow(resource);
            case StreamSyntax(var element) -> stream(element);
            case FutureSyntax(var element) -> new WitType.FutureType(element.map(this::carried));
            case FunctionSyntax _, InstanceSyntax _, ComponentSyntax _, ResourceSyntax _ ->
                throw new IllegalArgumentException("not a value type");
        };
        return checked(new SizedType(type, size, depth + 1, elementSize(type), borrows));
    }

    /// A function type.
    FunctionType function(FunctionSyntax syntax) {
        labels("function", syntax.parameters());
        List<FunctionType.Parameter> parameters = new ArrayList<>();
        for (Labelled parameter : syntax.parameters()) {
            parameters.add(new FunctionType.Parameter(
                    parameter.label(), value(parameter.type().orElseThrow())));
        }
        Optional<WitType> result = syntax.result().map(one -> unborrowed(one, "a function returns a borrow"));
        return new FunctionType(parameters, result, syntax.async());
    }

    /// A type that a canonical definition mentions.
    WitType value(ValueSyntax syntax) {
        return sized(syntax).type();
    }

    private SizedType sized(ValueSyntax syntax) {
        SizedType sized = switch (syntax) {
            case ValueSyntax.Of(var primitive) -> new SizedType(primitive, 1, 1, ElementSize.of(primitive), false);
            case ValueSyntax.ErrorContext() ->
                new SizedType(new WitType.ErrorContextType(), 1, 1, ElementSize.HANDLE, false);
            case ValueSyntax.Index(int index) -> scope.valueType(index, offset);
        };
        // Each is at most MAX_SIZE and is checked here again: the sum of 400,000 of them would overflow.
        size += sized.size();
        depth = Math.max(depth, sized.depth());
        borrows |= sized.borrows();
        parts.add(sized.element());
        requireBounded(depth);
        return sized;
    }

    private WitType unborrowed(ValueSyntax syntax, String refusal) {
        SizedType sized = sized(syntax);
        if (sized.borrows()) {
            throw Failures.invalid(offset, refusal);
        }
        return sized.type();
    }

    private SizedType checked(SizedType sized) {
        requireBounded(sized.depth());
        if (sized.element().bytes() > ElementSize.MAX_BYTES) {
            throw Failures.invalid(
                    offset,
                    "a type exceeds the maximum byte size: a value has "
                            + sized.element().bytes() + " bytes, at most " + ElementSize.MAX_BYTES + " are valid");
        }
        return sized;
    }

    private void requireBounded(int actualDepth) {
        if (size > SizedType.MAX_SIZE) {
            throw Failures.limit(offset, "a type of more than " + SizedType.MAX_SIZE + " parts");
        }
        if (actualDepth > SizedType.MAX_DEPTH) {
            throw Failures.limit(offset, "types are nested deeper than " + SizedType.MAX_DEPTH);
        }
    }

    /// The size of the finished type, from that of its parts.
    private ElementSize elementSize(WitType type) {
        return switch (type) {
            case Primitive primitive -> ElementSize.of(primitive);
            case WitType.ListType _, WitType.MapType _ -> ElementSize.POINTERS;
            case WitType.FixedListType(var _, int length) -> ElementSize.fixedList(parts.getFirst(), length);
            case WitType.RecordType _, WitType.TupleType _ -> ElementSize.record(parts);
            case WitType.VariantType(var cases) -> ElementSize.variant(cases.size(), parts);
            case WitType.EnumType(var cases) -> ElementSize.variant(cases.size(), parts);
            case WitType.OptionType _, WitType.ResultType _ -> ElementSize.variant(2, parts);
            case WitType.FlagsType(var labels) -> ElementSize.flags(labels.size());
            case WitType.OwnType _,
                    WitType.BorrowType _,
                    WitType.StreamType _,
                    WitType.FutureType _,
                    WitType.ErrorContextType _ -> ElementSize.HANDLE;
        };
    }

    private WitType fixedList(ValueSyntax element, int length) {
        WitType type = value(element);
        if (length == 0) {
            throw Failures.invalid(offset, "a list of fixed length has no elements");
        }
        if (length < 0) {
            throw Failures.invalid(
                    offset,
                    "a type exceeds the maximum byte size: a list of " + Integer.toUnsignedString(length)
                            + " elements");
        }
        return new WitType.FixedListType(type, length);
    }

    private WitType map(ValueSyntax key, ValueSyntax value) {
        if (value(key) instanceof Primitive primitive && WitType.MapType.isKey(primitive)) {
            return new WitType.MapType(primitive, value(value));
        }
        throw Failures.invalid(offset, "the key of a map is a bool, an integer, a char or a string");
    }

    private WitType stream(Optional<ValueSyntax> element) {
        Optional<WitType> type = element.map(this::carried);
        if (type.filter(Primitive.CHAR::equals).isPresent()) {
            throw Failures.invalid(offset, "stream<char> is not valid; use stream<u8> and say in which encoding");
        }
        return new WitType.StreamType(type);
    }

    private WitType carried(ValueSyntax element) {
        return unborrowed(element, "a stream or future carries a borrow");
    }

    private WitType borrow(int resource) {
        borrows = true;
        return scope.handle(resource, offset, WitType.BorrowType::new);
    }

    private WitType record(List<Labelled> fields) {
        requireSome("record", fields);
        labels("record", fields);
        List<WitType.Field> types = new ArrayList<>(fields.size());
        for (Labelled field : fields) {
            types.add(new WitType.Field(field.label(), value(field.type().orElseThrow())));
        }
        return new WitType.RecordType(types);
    }

    private WitType variant(List<Labelled> cases) {
        requireSome("variant", cases);
        labels("variant", cases);
        List<WitType.Case> types = new ArrayList<>(cases.size());
        for (Labelled one : cases) {
            types.add(new WitType.Case(one.label(), one.type().map(this::value)));
        }
        size += cases.size();
        return new WitType.VariantType(types);
    }

    private WitType tuple(List<ValueSyntax> types) {
        requireSome("tuple", types);
        return new WitType.TupleType(types.stream().map(this::value).toList());
    }

    private WitType flags(List<String> labels) {
        if (labels.size() > MAX_FLAGS) {
            throw Failures.invalid(offset, "flags with " + labels.size() + " labels; there may be " + MAX_FLAGS);
        }
        return new WitType.FlagsType(checked("flags", labels));
    }

    private WitType result(Optional<ValueSyntax> ok, Optional<ValueSyntax> error) {
        return new WitType.ResultType(ok.map(this::value), error.map(this::value));
    }

    private List<String> checked(String kind, List<String> labels) {
        requireSome(kind, labels);
        NameRules.labels(offset, kind, labels);
        size += labels.size();
        return labels;
    }

    private void labels(String kind, List<Labelled> labelled) {
        NameRules.labels(offset, kind, labelled.stream().map(Labelled::label).toList());
    }

    private void requireSome(String kind, List<?> elements) {
        if (elements.isEmpty()) {
            throw Failures.invalid(offset, kind + " without elements");
        }
    }
}

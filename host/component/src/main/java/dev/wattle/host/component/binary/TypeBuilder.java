package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.TypeSyntax.BorrowSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ComponentSyntax;
import dev.wattle.host.component.binary.TypeSyntax.EnumSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FlagsSyntax;
import dev.wattle.host.component.binary.TypeSyntax.FunctionSyntax;
import dev.wattle.host.component.binary.TypeSyntax.InstanceSyntax;
import dev.wattle.host.component.binary.TypeSyntax.Labelled;
import dev.wattle.host.component.binary.TypeSyntax.ListSyntax;
import dev.wattle.host.component.binary.TypeSyntax.OptionSyntax;
import dev.wattle.host.component.binary.TypeSyntax.OwnSyntax;
import dev.wattle.host.component.binary.TypeSyntax.PrimitiveSyntax;
import dev.wattle.host.component.binary.TypeSyntax.RecordSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ResourceSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ResultSyntax;
import dev.wattle.host.component.binary.TypeSyntax.TupleSyntax;
import dev.wattle.host.component.binary.TypeSyntax.ValueSyntax;
import dev.wattle.host.component.binary.TypeSyntax.VariantSyntax;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes the types of one type definition, out of the types of its scope.
///
/// @spec Binary.md "Type Definitions"
final class TypeBuilder {
    /// `flags` wider than a core integer are not part of the canonical ABI.
    private static final int MAX_FLAGS = 32;

    private final Scope scope;
    private final long offset;
    private int size = 1;
    private int depth;

    TypeBuilder(Scope scope, long offset) {
        this.scope = scope;
        this.offset = offset;
    }

    /// A value type.
    SizedType value(TypeSyntax syntax) {
        WitType type = switch (syntax) {
            case PrimitiveSyntax(var primitive) -> primitive;
            case RecordSyntax(var fields) -> record(fields);
            case VariantSyntax(var cases) -> variant(cases);
            case ListSyntax(var element) -> new WitType.ListType(value(element));
            case TupleSyntax(var types) -> tuple(types);
            case FlagsSyntax(var labels) -> flags(labels);
            case EnumSyntax(var labels) -> new WitType.EnumType(checked("enum", labels));
            case OptionSyntax(var some) -> new WitType.OptionType(value(some));
            case ResultSyntax(var ok, var error) -> result(ok, error);
            case OwnSyntax(int resource) -> new WitType.OwnType(scope.resource(resource, offset));
            case BorrowSyntax(int resource) -> new WitType.BorrowType(scope.resource(resource, offset));
            case FunctionSyntax _, InstanceSyntax _, ComponentSyntax _, ResourceSyntax _ ->
                throw new IllegalArgumentException("not a value type");
        };
        return checked(new SizedType(type, size, depth + 1));
    }

    /// A function type.
    FunctionType function(FunctionSyntax syntax) {
        labels("function", syntax.parameters());
        List<FunctionType.Parameter> parameters = new ArrayList<>();
        for (Labelled parameter : syntax.parameters()) {
            parameters.add(new FunctionType.Parameter(
                    parameter.label(), value(parameter.type().orElseThrow())));
        }
        Optional<WitType> result = syntax.result().map(this::value);
        checked(new SizedType(WitType.Primitive.BOOL, size, depth));
        if (result.filter(TypeQuestions::hasBorrow).isPresent()) {
            throw Failures.invalid(offset, "a function returns a borrow");
        }
        return new FunctionType(parameters, result);
    }

    private SizedType checked(SizedType sized) {
        if (sized.size() > SizedType.MAX_SIZE) {
            throw Failures.limit(offset, "a type of more than " + SizedType.MAX_SIZE + " parts");
        }
        if (sized.depth() > SizedType.MAX_DEPTH) {
            throw Failures.limit(offset, "types are nested deeper than " + SizedType.MAX_DEPTH);
        }
        return sized;
    }

    private WitType value(ValueSyntax syntax) {
        SizedType sized = switch (syntax) {
            case ValueSyntax.Of(var primitive) -> new SizedType(primitive, 1, 1);
            case ValueSyntax.Index(int index) -> scope.valueType(index, offset);
        };
        // Each is at most MAX_SIZE and is checked here again: the sum of 400,000 of them would overflow.
        size += sized.size();
        depth = Math.max(depth, sized.depth());
        checked(new SizedType(sized.type(), size, depth));
        return sized.type();
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

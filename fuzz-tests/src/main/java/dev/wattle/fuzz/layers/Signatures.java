package dev.wattle.fuzz.layers;

import dev.wattle.testkit.Gen;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.RandomWit;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Random function types, with handles among their parameters and in their results.
final class Signatures {
    private static final int MAX_PARAMETERS = 20;
    private static final int MAX_DEPTH = 3;

    /// One in so many primitives becomes a handle, in functions that have handles.
    private static final int HANDLES = 4;

    private Signatures() {}

    static FunctionType random(Gen gen, List<ResourceType> resources) {
        boolean handles = gen.bool();
        int count = gen.bool() ? gen.intBetween(0, 3) : gen.intBetween(0, MAX_PARAMETERS);
        List<FunctionType.Parameter> parameters = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            WitType type = type(gen);
            parameters.add(new FunctionType.Parameter("p" + index, handles ? mixed(gen, type, resources, true) : type));
        }
        Optional<WitType> result = gen.intBetween(0, 9) == 0
                ? Optional.empty()
                : Optional.of(type(gen)).map(type -> handles ? mixed(gen, type, resources, false) : type);
        return new FunctionType(parameters, result);
    }

    private static WitType type(Gen gen) {
        return RandomWit.anyType(gen, gen.intBetween(0, MAX_DEPTH));
    }

    /// With handles in the place of some primitives.
    private static WitType mixed(Gen gen, WitType type, List<ResourceType> resources, boolean borrows) {
        return map(type, leaf -> {
            if (!(leaf instanceof WitType.Primitive) || gen.intBetween(1, HANDLES) != 1) {
                return leaf;
            }
            ResourceType resource = gen.oneOf(resources);
            return borrows && gen.bool() ? new WitType.BorrowType(resource) : new WitType.OwnType(resource);
        });
    }

    /// What is borrowed, as owned.
    static WitType owned(WitType leaf) {
        return leaf instanceof WitType.BorrowType(var resource) ? new WitType.OwnType(resource) : leaf;
    }

    /// The type with others in the place of those that have no parts.
    static WitType map(WitType type, UnaryOperator<WitType> leaves) {
        return switch (type) {
            case WitType.ListType(var element) -> new WitType.ListType(map(element, leaves));
            case WitType.FixedListType(var element, int length) ->
                new WitType.FixedListType(map(element, leaves), length);
            case WitType.MapType(var key, var value) -> new WitType.MapType(key, map(value, leaves));
            case WitType.RecordType(var fields) ->
                new WitType.RecordType(fields.stream()
                        .map(field -> new WitType.Field(field.name(), map(field.type(), leaves)))
                        .toList());
            case WitType.TupleType(var types) ->
                new WitType.TupleType(
                        types.stream().map(each -> map(each, leaves)).toList());
            case WitType.VariantType(var cases) ->
                new WitType.VariantType(cases.stream()
                        .map(each -> new WitType.Case(each.name(), map(each.payload(), leaves)))
                        .toList());
            case WitType.OptionType(var some) -> new WitType.OptionType(map(some, leaves));
            case WitType.ResultType(var ok, var error) -> new WitType.ResultType(map(ok, leaves), map(error, leaves));
            case WitType.Primitive _, WitType.EnumType _, WitType.FlagsType _ -> leaves.apply(type);
            case WitType.OwnType _, WitType.BorrowType _ -> leaves.apply(type);
            case WitType.StreamType _, WitType.FutureType _, WitType.ErrorContextType _ -> leaves.apply(type);
        };
    }

    private static Optional<WitType> map(Optional<WitType> type, UnaryOperator<WitType> leaves) {
        return type.map(each -> map(each, leaves));
    }
}

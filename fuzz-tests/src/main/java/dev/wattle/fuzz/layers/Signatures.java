package dev.wattle.fuzz.layers;

import dev.wattle.testkit.Gen;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.RandomWit;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        return switch (type) {
            case WitType.Primitive _ when gen.intBetween(1, HANDLES) == 1 -> {
                ResourceType resource = gen.oneOf(resources);
                yield borrows && gen.bool() ? new WitType.BorrowType(resource) : new WitType.OwnType(resource);
            }
            case WitType.ListType(var element) -> new WitType.ListType(mixed(gen, element, resources, borrows));
            case WitType.FixedListType(var element, int length) ->
                new WitType.FixedListType(mixed(gen, element, resources, borrows), length);
            case WitType.MapType(var key, var value) ->
                new WitType.MapType(key, mixed(gen, value, resources, borrows));
            case WitType.RecordType(var fields) ->
                new WitType.RecordType(fields.stream()
                        .map(field -> new WitType.Field(field.name(), mixed(gen, field.type(), resources, borrows)))
                        .toList());
            case WitType.TupleType(var types) ->
                new WitType.TupleType(types.stream()
                        .map(each -> mixed(gen, each, resources, borrows))
                        .toList());
            case WitType.VariantType(var cases) ->
                new WitType.VariantType(cases.stream()
                        .map(each -> new WitType.Case(each.name(), mixed(gen, each.payload(), resources, borrows)))
                        .toList());
            case WitType.OptionType(var some) -> new WitType.OptionType(mixed(gen, some, resources, borrows));
            case WitType.ResultType(var ok, var error) ->
                new WitType.ResultType(
                        mixed(gen, ok, resources, borrows), mixed(gen, error, resources, borrows));
            default -> type;
        };
    }

    private static Optional<WitType> mixed(
            Gen gen, Optional<WitType> type, List<ResourceType> resources, boolean borrows) {
        return type.map(each -> mixed(gen, each, resources, borrows));
    }

    /// The same type where all that is borrowed is owned.
    static WitType owned(WitType type) {
        return switch (type) {
            case WitType.BorrowType(var resource) -> new WitType.OwnType(resource);
            case WitType.ListType(var element) -> new WitType.ListType(owned(element));
            case WitType.FixedListType(var element, int length) -> new WitType.FixedListType(owned(element), length);
            case WitType.MapType(var key, var value) -> new WitType.MapType(key, owned(value));
            case WitType.RecordType(var fields) ->
                new WitType.RecordType(fields.stream()
                        .map(field -> new WitType.Field(field.name(), owned(field.type())))
                        .toList());
            case WitType.TupleType(var types) ->
                new WitType.TupleType(types.stream().map(Signatures::owned).toList());
            case WitType.VariantType(var cases) ->
                new WitType.VariantType(cases.stream()
                        .map(each -> new WitType.Case(each.name(), each.payload().map(Signatures::owned)))
                        .toList());
            case WitType.OptionType(var some) -> new WitType.OptionType(owned(some));
            case WitType.ResultType(var ok, var error) ->
                new WitType.ResultType(ok.map(Signatures::owned), error.map(Signatures::owned));
            default -> type;
        };
    }
}

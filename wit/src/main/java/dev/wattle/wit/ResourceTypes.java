package dev.wattle.wit;

import java.util.Optional;
import java.util.function.UnaryOperator;

/// Puts other resource types into a type: an instance's fresh ones in place of the declared ones.
public final class ResourceTypes {
    /// The function's type with each resource type replaced. The same object when it mentions none that
    /// changes.
    public static FunctionType replace(FunctionType type, UnaryOperator<ResourceType> replacement) {
        var parameters = type.parameters().stream()
                .map(parameter -> new FunctionType.Parameter(parameter.name(), replace(parameter.type(), replacement)))
                .toList();
        FunctionType replaced = new FunctionType(parameters, replace(type.result(), replacement), type.async());
        return replaced.equals(type) ? type : replaced;
    }

    /// The type with each resource type replaced.
    public static WitType replace(WitType type, UnaryOperator<ResourceType> replacement) {
        return switch (type) {
            case WitType.Primitive primitive -> primitive;
            case WitType.ListType(var element) -> new WitType.ListType(replace(element, replacement));
            case WitType.FixedListType(var element, int length) ->
                new WitType.FixedListType(replace(element, replacement), length);
            case WitType.MapType(var key, var value) -> new WitType.MapType(key, replace(value, replacement));
            case WitType.RecordType(var fields) ->
                new WitType.RecordType(fields.stream()
                        .map(field -> new WitType.Field(field.name(), replace(field.type(), replacement)))
                        .toList());
            case WitType.TupleType(var types) ->
                new WitType.TupleType(
                        types.stream().map(each -> replace(each, replacement)).toList());
            case WitType.VariantType(var cases) ->
                new WitType.VariantType(cases.stream()
                        .map(each -> new WitType.Case(each.name(), replace(each.payload(), replacement)))
                        .toList());
            case WitType.EnumType enumType -> enumType;
            case WitType.ErrorContextType errorContext -> errorContext;
            case WitType.FlagsType flags -> flags;
            case WitType.OptionType(var some) -> new WitType.OptionType(replace(some, replacement));
            case WitType.ResultType(var ok, var error) ->
                new WitType.ResultType(replace(ok, replacement), replace(error, replacement));
            case WitType.OwnType(var resource) -> new WitType.OwnType(replacement.apply(resource));
            case WitType.BorrowType(var resource) -> new WitType.BorrowType(replacement.apply(resource));
            case WitType.StreamType(var element) -> new WitType.StreamType(replace(element, replacement));
            case WitType.FutureType(var element) -> new WitType.FutureType(replace(element, replacement));
        };
    }

    private static Optional<WitType> replace(Optional<WitType> type, UnaryOperator<ResourceType> replacement) {
        return type.map(each -> replace(each, replacement));
    }

    private ResourceTypes() {}
}

package dev.wattle.host.component.binary;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.function.BiConsumer;

/// What a type mentions.
public final class TypeQuestions {
    private TypeQuestions() {}

    /// Tells `found` of each resource type, and whether it is borrowed.
    public static void resources(WitType type, BiConsumer<ResourceType, Boolean> found) {
        switch (type) {
            case WitType.Primitive _, WitType.EnumType _, WitType.FlagsType _, WitType.ErrorContextType _ -> {}
            case WitType.OwnType(var resource) -> found.accept(resource, false);
            case WitType.BorrowType(var resource) -> found.accept(resource, true);
            case WitType.ListType(var element) -> resources(element, found);
            case WitType.FixedListType(var element, int _) -> resources(element, found);
            case WitType.MapType(var _, var value) -> resources(value, found);
            case WitType.OptionType(var some) -> resources(some, found);
            case WitType.TupleType(var types) -> types.forEach(one -> resources(one, found));
            case WitType.RecordType(var fields) -> fields.forEach(field -> resources(field.type(), found));
            case WitType.VariantType(var cases) ->
                cases.forEach(one -> one.payload().ifPresent(payload -> resources(payload, found)));
            case WitType.ResultType(var ok, var error) -> {
                ok.ifPresent(one -> resources(one, found));
                error.ifPresent(one -> resources(one, found));
            }
            case WitType.StreamType(var element) -> element.ifPresent(one -> resources(one, found));
            case WitType.FutureType(var element) -> element.ifPresent(one -> resources(one, found));
        }
    }

    /// The same for all that a function takes and returns.
    public static void resources(FunctionType type, BiConsumer<ResourceType, Boolean> found) {
        type.parameters().forEach(parameter -> resources(parameter.type(), found));
        type.result().ifPresent(result -> resources(result, found));
    }

    /// Counts the parts of a function's type before somebody walks through them.
    public static void spend(FunctionType type, Work work) {
        type.parameters().forEach(parameter -> spend(parameter.type(), work));
        type.result().ifPresent(result -> spend(result, work));
    }

    /// Counts the parts of a type.
    static void spend(WitType type, Work work) {
        work.spend(1);
        switch (type) {
            case WitType.Primitive _, WitType.OwnType _, WitType.BorrowType _, WitType.ErrorContextType _ -> {}
            case WitType.EnumType(var cases) -> work.spend(cases.size());
            case WitType.FlagsType(var labels) -> work.spend(labels.size());
            case WitType.ListType(var element) -> spend(element, work);
            case WitType.FixedListType(var element, int _) -> spend(element, work);
            case WitType.MapType(var _, var value) -> spend(value, work);
            case WitType.OptionType(var some) -> spend(some, work);
            case WitType.TupleType(var types) -> types.forEach(one -> spend(one, work));
            case WitType.RecordType(var fields) -> fields.forEach(field -> spend(field.type(), work));
            case WitType.VariantType(var cases) ->
                cases.forEach(one -> one.payload().ifPresent(payload -> spend(payload, work)));
            case WitType.ResultType(var ok, var error) -> {
                ok.ifPresent(one -> spend(one, work));
                error.ifPresent(one -> spend(one, work));
            }
            case WitType.StreamType(var element) -> element.ifPresent(one -> spend(one, work));
            case WitType.FutureType(var element) -> element.ifPresent(one -> spend(one, work));
        }
    }

    static boolean hasBorrow(WitType type) {
        boolean[] borrowed = {false};
        resources(type, (_, borrow) -> borrowed[0] |= borrow);
        return borrowed[0];
    }
}

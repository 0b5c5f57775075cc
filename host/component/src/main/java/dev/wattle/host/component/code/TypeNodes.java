package dev.wattle.host.component.code;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.ResourceTypes;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// The types of the functions whose code is in one class, as nodes. Equal types are one, so that their code is
/// there once. Resource types are told apart by where the [Context] has them.
final class TypeNodes {
    /// Functions with more nodes are left to the interpreter: their code would be large, and is never hot.
    static final int MAX_NODES = 1_000;

    /// So are types that are nested deeper: it keeps recursion far from the stack's end.
    static final int MAX_DEPTH = 100;

    private final ToIntFunction<ResourceType> resources;
    private final Map<WitType, TypeNode> nodes = new HashMap<>();

    /// @param resources where the context has what a resource type stands for
    TypeNodes(ToIntFunction<ResourceType> resources) {
        this.resources = resources;
    }

    /// Is code made for functions of that type? The others are left to the interpreter.
    static boolean accepts(FunctionType type) {
        return !type.async() && new Counter().accepts(type);
    }

    /// How many nodes an accepted type has, each as often as it is there.
    static int count(FunctionType type) {
        Counter counter = new Counter();
        boolean _ = counter.accepts(type);
        return MAX_NODES - counter.left;
    }

    /// Where the context has what the resource types of a function stand for.
    Map<ResourceType, Integer> slots(FunctionType type) {
        Map<ResourceType, Integer> slots = new HashMap<>();
        FunctionType _ = ResourceTypes.replace(type, resource -> {
            slots.put(resource, resources.applyAsInt(resource));
            return resource;
        });
        return slots;
    }

    private int resource(WitType type) {
        return switch (type) {
            case WitType.OwnType(var resource) -> resources.applyAsInt(resource);
            case WitType.BorrowType(var resource) -> resources.applyAsInt(resource);
            default -> TypeNode.NO_RESOURCE;
        };
    }

    /// The node of a type; the same for equal types.
    TypeNode node(WitType type) {
        TypeNode known = nodes.get(type);
        if (known == null) {
            List<@Nullable TypeNode> parts = parts(type); // they are nodes before this one is
            known = new TypeNode(nodes.size(), type, parts, resource(type));
            nodes.put(type, known);
        }
        return known;
    }

    private List<@Nullable TypeNode> parts(WitType type) {
        return switch (type) {
            case WitType.Primitive _, WitType.FlagsType _, WitType.OwnType _, WitType.BorrowType _ -> List.of();
            case WitType.ListType(var element) -> List.of(node(element));
            case WitType.FixedListType(var element, int _) -> List.of(node(element));
            case WitType.MapType(var key, var value) ->
                List.of(node(new WitType.ListType(new WitType.TupleType(List.of(key, value)))));
            case WitType.RecordType(var fields) ->
                fields.stream().map(each -> node(each.type())).toList();
            case WitType.TupleType(var types) -> types.stream().map(this::node).toList();
            case WitType.VariantType(var cases) -> {
                List<@Nullable TypeNode> payloads = new ArrayList<>(cases.size());
                cases.forEach(each -> payloads.add(payload(each.payload())));
                yield payloads;
            }
            case WitType.EnumType(var cases) -> Collections.nCopies(cases.size(), null);
            case WitType.OptionType(var some) -> {
                List<@Nullable TypeNode> payloads = new ArrayList<>(2);
                payloads.add(null);
                payloads.add(node(some));
                yield payloads;
            }
            case WitType.ResultType(var ok, var error) -> {
                List<@Nullable TypeNode> payloads = new ArrayList<>(2);
                payloads.add(payload(ok));
                payloads.add(payload(error));
                yield payloads;
            }
            case WitType.StreamType _, WitType.FutureType _, WitType.ErrorContextType _ ->
                throw new IllegalStateException("left to the interpreter: " + type);
        };
    }

    private @Nullable TypeNode payload(Optional<WitType> type) {
        return type.map(this::node).orElse(null);
    }

    /// Looks through a type for what no code is made for, and gives up when it is too large.
    private static final class Counter {
        private int left = MAX_NODES;
        private int depth;

        boolean accepts(FunctionType type) {
            return type.parameters().stream().allMatch(each -> accepts(each.type()))
                    && type.result().stream().allMatch(this::accepts);
        }

        private boolean accepts(WitType type) {
            if (--left < 0 || depth >= MAX_DEPTH) {
                return false;
            }
            depth++;
            boolean accepted = acceptsParts(type);
            depth--;
            return accepted;
        }

        private boolean acceptsParts(WitType type) {
            return switch (type) {
                case WitType.Primitive _, WitType.OwnType _, WitType.BorrowType _ -> true;
                case WitType.EnumType(var cases) -> fits(cases.size());
                case WitType.FlagsType(var labels) -> fits(labels.size());
                case WitType.ListType(var element) -> accepts(element);
                case WitType.RecordType(var fields) -> fields.stream().allMatch(each -> accepts(each.type()));
                case WitType.TupleType(var types) -> types.stream().allMatch(this::accepts);
                case WitType.VariantType(var cases) ->
                    fits(cases.size())
                            && cases.stream()
                                    .allMatch(each -> each.payload().stream().allMatch(this::accepts));
                case WitType.OptionType(var some) -> accepts(some);
                case WitType.ResultType(var ok, var error) ->
                    ok.stream().allMatch(this::accepts) && error.stream().allMatch(this::accepts);
                case WitType.FixedListType(var element, int _) -> accepts(element);
                case WitType.MapType(var _, var value) -> accepts(value);
                case WitType.StreamType _, WitType.FutureType _, WitType.ErrorContextType _ -> false;
            };
        }

        /// Labels count as nodes do.
        private boolean fits(int labels) {
            left -= labels;
            return left >= 0;
        }
    }
}

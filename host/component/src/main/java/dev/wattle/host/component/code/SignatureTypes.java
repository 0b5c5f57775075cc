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
import org.jspecify.annotations.Nullable;

/// The types of one function as nodes. Resource types are told apart by their order alone, so that functions of
/// different instances and components have equal signatures, and share code.
final class SignatureTypes {
    /// Types with more nodes are left to the interpreter: their code would be large, and is never hot.
    static final int MAX_NODES = 1_000;

    /// So are types that are nested deeper: it keeps recursion far from the stack's end.
    static final int MAX_DEPTH = 100;

    /// The most resource types of one function that code is made for.
    static final int MAX_RESOURCES = 32;

    private static final List<ResourceType> STAND_INS = standIns();

    final FunctionType type;
    final List<TypeNode> parameters;
    final @Nullable TypeNode result;
    private final Map<WitType, TypeNode> nodes = new HashMap<>();

    private SignatureTypes(FunctionType type) {
        this.type = type;
        this.parameters =
                type.parameters().stream().map(each -> node(each.type())).toList();
        this.result = type.result().map(this::node).orElse(null);
    }

    private static List<ResourceType> standIns() {
        List<ResourceType> made = new ArrayList<>();
        for (int index = 0; index < MAX_RESOURCES; index++) {
            made.add(new ResourceType("resource" + index));
        }
        return made;
    }

    static SignatureTypes of(Shared shared) {
        return new SignatureTypes(shared.type);
    }

    /// A type with stand-ins for its resource types: equal for all functions that share code.
    ///
    /// @param resources what the stand-ins stand for, by their order
    record Shared(FunctionType type, List<ResourceType> resources) {}

    /// The shared form of a type; empty when no code is made for it.
    static Optional<Shared> share(FunctionType type) {
        if (type.async() || !new Counter().accepts(type)) {
            return Optional.empty();
        }
        List<ResourceType> found = new ArrayList<>();
        FunctionType shared = ResourceTypes.replace(unnamed(type), resource -> {
            int index = found.indexOf(resource);
            if (index < 0) {
                index = found.size();
                found.add(resource);
            }
            return STAND_INS.get(Math.min(index, MAX_RESOURCES - 1));
        });
        return found.size() > MAX_RESOURCES ? Optional.empty() : Optional.of(new Shared(shared, List.copyOf(found)));
    }

    /// Parameters have no names in code.
    private static FunctionType unnamed(FunctionType type) {
        return new FunctionType(
                type.parameters().stream()
                        .map(each -> new FunctionType.Parameter("", each.type()))
                        .toList(),
                type.result());
    }

    static int resource(ResourceType standIn) {
        return STAND_INS.indexOf(standIn);
    }

    private TypeNode node(WitType type) {
        TypeNode known = nodes.get(type);
        if (known == null) {
            known = new TypeNode(nodes.size(), type, parts(type));
            nodes.put(type, known);
        }
        return known;
    }

    private List<@Nullable TypeNode> parts(WitType type) {
        return switch (type) {
            case WitType.Primitive _, WitType.FlagsType _, WitType.OwnType _, WitType.BorrowType _ -> List.of();
            case WitType.ListType(var element) -> List.of(node(element));
            case WitType.FixedListType(var element, int _) -> List.of(node(element));
            case WitType.MapType(var key, var value) -> List.of(node(key), node(value));
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
                case WitType.RecordType(var fields) ->
                    fields.stream().allMatch(each -> accepts(each.type()));
                case WitType.TupleType(var types) -> types.stream().allMatch(this::accepts);
                case WitType.VariantType(var cases) ->
                    fits(cases.size())
                            && cases.stream().allMatch(each -> each.payload().stream().allMatch(this::accepts));
                case WitType.OptionType(var some) -> accepts(some);
                case WitType.ResultType(var ok, var error) ->
                    ok.stream().allMatch(this::accepts) && error.stream().allMatch(this::accepts);
                case WitType.FixedListType _, WitType.MapType _ -> false;
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

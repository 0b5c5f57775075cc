package dev.wattle.host.component.binary;

import dev.wattle.wit.WitType;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/// Tells types with the same structure apart by how they came about: a named type is an object of its own, and
/// knows the type that it is another name for. Only WIT text asks; for everything else types are their
/// structure.
@SuppressWarnings("ReferenceEquality") // identity is what it knows
public final class TypeNames {
    private final IdentityHashMap<WitType, WitType> aliases = new IdentityHashMap<>();

    /// A type of the same structure with an identity of its own. Primitives have none.
    WitType named(WitType type) {
        WitType copy = switch (type) {
            case WitType.Primitive primitive -> primitive;
            case WitType.EnumType(var cases) -> new WitType.EnumType(cases);
            case WitType.FlagsType(var labels) -> new WitType.FlagsType(labels);
            case WitType.OwnType(var resource) -> new WitType.OwnType(resource);
            case WitType.BorrowType(var resource) -> new WitType.BorrowType(resource);
            case WitType.ListType(var element) -> new WitType.ListType(element);
            case WitType.FixedListType(var element, int length) -> new WitType.FixedListType(element, length);
            case WitType.MapType(var key, var value) -> new WitType.MapType(key, value);
            case WitType.ErrorContextType _ -> new WitType.ErrorContextType();
            case WitType.OptionType(var some) -> new WitType.OptionType(some);
            case WitType.RecordType(var fields) -> new WitType.RecordType(fields);
            case WitType.TupleType(var types) -> new WitType.TupleType(types);
            case WitType.VariantType(var cases) -> new WitType.VariantType(cases);
            case WitType.ResultType(var ok, var error) -> new WitType.ResultType(ok, error);
            case WitType.StreamType(var element) -> new WitType.StreamType(element);
            case WitType.FutureType(var element) -> new WitType.FutureType(element);
        };
        if (copy != type) {
            aliases.put(copy, type);
        }
        return copy;
    }

    /// `wanted`, a type that a nested component imports, stands for `supplied` of the outer one.
    void supplied(WitType wanted, WitType supplied) {
        aliases.put(wanted, supplied);
    }

    /// The type that this one is another name for; null when it is none.
    public @Nullable WitType aliased(WitType type) {
        return aliases.get(type);
    }

    /// `to` takes the place of `from`.
    void follow(WitType from, WitType to, Substitution substitution) {
        WitType aliased = aliases.get(from);
        if (aliased != null) {
            aliases.put(to, substitution.apply(aliased));
        }
    }
}

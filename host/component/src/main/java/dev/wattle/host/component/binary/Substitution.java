package dev.wattle.host.component.binary;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.FunctionType.Parameter;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Replaces resource types in types. A type that mentions none of them comes back as the same object, so that
/// whoever knows types by identity (the names in WIT text) still does. One thread.
@SuppressWarnings("ReferenceEquality") // identity is what it keeps
public final class Substitution {
    private final Map<ResourceType, ResourceType> resources = new HashMap<>();
    private final IdentityHashMap<WitType, WitType> types = new IdentityHashMap<>();
    private final IdentityHashMap<WitType, WitType> done = new IdentityHashMap<>();
    private final @Nullable TypeNames names;
    private final @Nullable Work work;

    /// @param names follows the copies that are made; null when nobody asks for names
    /// @param work counts the types that are looked at; null when somebody else does
    Substitution(@Nullable TypeNames names, @Nullable Work work) {
        this.names = names;
        this.work = work;
    }

    /// One that replaces nothing yet.
    public static Substitution empty() {
        return new Substitution(null, null);
    }

    /// Replaces `from` by `to` from now on.
    public void bind(ResourceType from, ResourceType to) {
        resources.put(from, to);
        done.clear();
    }

    /// Replaces a named type, by its identity, with one of the same structure.
    void bind(WitType from, WitType to) {
        if (from != to && !(from instanceof WitType.Primitive)) {
            types.put(from, to);
            done.clear();
            if (names != null) {
                names.supplied(from, to);
            }
        }
    }

    /// Does it replace nothing?
    public boolean isEmpty() {
        return resources.isEmpty() && types.isEmpty();
    }

    /// Is there something for it?
    public boolean binds(ResourceType type) {
        return resources.containsKey(type);
    }

    /// The resource in its place.
    public ResourceType apply(ResourceType type) {
        return resources.getOrDefault(type, type);
    }

    /// The function type with all resource types replaced.
    public FunctionType apply(FunctionType type) {
        if (resources.isEmpty() && types.isEmpty()) {
            return type;
        }
        List<Parameter> parameters = map(type.parameters(), this::apply);
        Optional<WitType> result = map(type.result(), this::apply);
        return same(parameters, type.parameters()) && same(result, type.result())
                ? type
                : new FunctionType(parameters, result, type.async());
    }

    private Parameter apply(Parameter parameter) {
        WitType type = apply(parameter.type());
        return type == parameter.type() ? parameter : new Parameter(parameter.name(), type);
    }

    /// The type with all resource types replaced.
    public WitType apply(WitType type) {
        if (resources.isEmpty() && types.isEmpty()) {
            return type;
        }
        WitType known = done.get(type);
        if (known != null) {
            return known;
        }
        if (work != null) {
            work.spend(1);
        }
        WitType bound = types.get(type);
        WitType replaced = bound != null ? bound : replace(type);
        done.put(type, replaced);
        if (replaced != type && bound == null && names != null) {
            names.follow(type, replaced, this);
        }
        return replaced;
    }

    private WitType replace(WitType type) {
        return switch (type) {
            case WitType.Primitive primitive -> primitive;
            case WitType.EnumType enumType -> enumType;
            case WitType.FlagsType flags -> flags;
            case WitType.ErrorContextType errorContext -> errorContext;
            case WitType.OwnType(ResourceType resource) ->
                binds(resource) ? new WitType.OwnType(apply(resource)) : type;
            case WitType.BorrowType(ResourceType resource) ->
                binds(resource) ? new WitType.BorrowType(apply(resource)) : type;
            case WitType.ListType(WitType element) -> rebuild(type, element, WitType.ListType::new);
            case WitType.FixedListType(WitType element, int length) ->
                rebuild(type, element, replaced -> new WitType.FixedListType(replaced, length));
            case WitType.MapType(var key, WitType value) ->
                rebuild(type, value, replaced -> new WitType.MapType(key, replaced));
            case WitType.OptionType(WitType some) -> rebuild(type, some, WitType.OptionType::new);
            case WitType.RecordType(var fields) -> rebuild(type, fields, this::apply, WitType.RecordType::new);
            case WitType.TupleType(var types) -> rebuild(type, types, this::apply, WitType.TupleType::new);
            case WitType.VariantType(var cases) -> rebuild(type, cases, this::apply, WitType.VariantType::new);
            case WitType.ResultType(var ok, var error) -> {
                Optional<WitType> newOk = map(ok, this::apply);
                Optional<WitType> newError = map(error, this::apply);
                yield same(newOk, ok) && same(newError, error) ? type : new WitType.ResultType(newOk, newError);
            }
            case WitType.StreamType(var element) -> {
                Optional<WitType> replaced = map(element, this::apply);
                yield same(replaced, element) ? type : new WitType.StreamType(replaced);
            }
            case WitType.FutureType(var element) -> {
                Optional<WitType> replaced = map(element, this::apply);
                yield same(replaced, element) ? type : new WitType.FutureType(replaced);
            }
        };
    }

    private WitType.Field apply(WitType.Field field) {
        WitType type = apply(field.type());
        return type == field.type() ? field : new WitType.Field(field.name(), type);
    }

    private WitType.Case apply(WitType.Case one) {
        Optional<WitType> payload = map(one.payload(), this::apply);
        return same(payload, one.payload()) ? one : new WitType.Case(one.name(), payload);
    }

    private WitType rebuild(WitType type, WitType inner, Function<WitType, WitType> make) {
        WitType replaced = apply(inner);
        return replaced == inner ? type : make.apply(replaced);
    }

    private static <T> WitType rebuild(
            WitType type, List<T> parts, Function<T, T> part, Function<List<T>, WitType> make) {
        List<T> replaced = map(parts, part);
        return same(replaced, parts) ? type : make.apply(replaced);
    }

    private static <T> List<T> map(List<T> parts, Function<T, T> part) {
        List<T> replaced = new ArrayList<>(parts.size());
        for (T one : parts) {
            replaced.add(part.apply(one));
        }
        return replaced;
    }

    private static Optional<WitType> map(Optional<WitType> type, Function<WitType, WitType> part) {
        return type.map(part);
    }

    private static <T> boolean same(List<T> one, List<T> other) {
        for (int index = 0; index < one.size(); index++) {
            if (one.get(index) != other.get(index)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Optional<WitType> one, Optional<WitType> other) {
        return one.orElse(null) == other.orElse(null);
    }

    /// The import or export with all resource types replaced.
    Entity apply(Entity entity) {
        return switch (entity) {
            case Entity.OfFunction(FunctionType type) -> new Entity.OfFunction(apply(type));
            case Entity.OfValueType(SizedType sized) -> new Entity.OfValueType(sized.with(apply(sized.type())));
            case Entity.OfResource(ResourceType type) -> new Entity.OfResource(apply(type));
            case Entity.OfInstance(InstanceShape shape) -> new Entity.OfInstance(apply(shape));
            case Entity.OfComponent(ComponentShape shape) -> new Entity.OfComponent(apply(shape));
            case Entity.OfFunctionType(FunctionType type) -> new Entity.OfFunctionType(apply(type));
            case Entity.OfInstanceType(InstanceShape shape, var declared) ->
                new Entity.OfInstanceType(apply(shape), declared);
            case Entity.OfComponentType(ComponentShape shape) -> new Entity.OfComponentType(apply(shape));
            case Entity.OfModule _ -> entity;
            case Entity.OfValue(WitType type) -> new Entity.OfValue(apply(type));
        };
    }

    /// The instance with all resource types replaced.
    InstanceShape apply(InstanceShape shape) {
        return new InstanceShape(apply(shape.exports()), shape.depth());
    }

    /// The component likewise; the resources that stand for others in it are its own and stay.
    ComponentShape apply(ComponentShape shape) {
        return new ComponentShape(
                apply(shape.imports()),
                apply(shape.exports()),
                shape.importedResources(),
                shape.definedResources(),
                shape.depth());
    }

    private SequencedMap<String, Entity> apply(SequencedMap<String, Entity> items) {
        if (work != null) {
            work.copy(items.size());
        }
        SequencedMap<String, Entity> replaced = new LinkedHashMap<>();
        items.forEach((name, entity) -> replaced.put(name, apply(entity)));
        return replaced;
    }
}

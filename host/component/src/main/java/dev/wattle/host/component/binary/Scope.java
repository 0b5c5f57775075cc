package dev.wattle.host.component.binary;

import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The index spaces of one component, or of a component, instance or module type, while it is validated.
final class Scope {
    final @Nullable Scope parent;
    final boolean component;
    final List<CoreType.Function> coreFunctions = new ArrayList<>();
    final List<CoreType.Table> coreTables = new ArrayList<>();
    final List<CoreType.Memory> coreMemories = new ArrayList<>();
    final List<CoreType.Global> coreGlobals = new ArrayList<>();
    final List<CoreType.Tag> coreTags = new ArrayList<>();
    final List<CoreTypeEntry> coreTypes = new ArrayList<>();
    final List<ModuleShape> coreModules = new ArrayList<>();
    final List<Map<String, CoreType>> coreInstances = new ArrayList<>();
    final List<FunctionType> functions = new ArrayList<>();
    final List<TypeEntry> types = new ArrayList<>();
    final List<WitType> values = new ArrayList<>();
    private final BitSet consumed = new BitSet();
    final List<ComponentShape> components = new ArrayList<>();
    final List<InstanceShape> instances = new ArrayList<>();

    /// The resources that this component defines itself, and what represents them.
    final Map<ResourceType, CoreType.Value> definedResources = new HashMap<>();

    /// The resources that whoever instantiates this scope supplies (components), or that each instance brings
    /// (types).
    final Set<ResourceType> boundResources = new HashSet<>();

    /// The import or export of a resource that a handle type was made with; for all scopes of a file.
    final IdentityHashMap<WitType, Object> handleNames;

    private Scope(@Nullable Scope parent, boolean component) {
        this.handleNames = parent == null ? new IdentityHashMap<>() : parent.handleNames;
        this.parent = parent;
        this.component = component;
    }

    static Scope component(@Nullable Scope parent) {
        return new Scope(parent, true);
    }

    /// Of a component or instance type.
    static Scope type(Scope parent) {
        return new Scope(parent, false);
    }

    /// Of a module type, which has core types only.
    static Scope moduleType(Scope parent) {
        return new Scope(parent, false);
    }

    /// The scope that an outer alias counts to.
    Scope outer(int count, long offset) {
        Scope target = this;
        for (int left = count; left > 0; left--) {
            Scope next = target.parent;
            if (next == null) {
                throw Failures.invalid(
                        offset, "invalid outer alias count: there are fewer than " + count + " enclosing scopes");
            }
            target = next;
        }
        return target;
    }

    CoreTypeEntry coreType(int index, long offset) {
        return at(coreTypes, index, Sort.CORE_TYPE, offset);
    }

    CoreType.Function coreFunctionType(int index, long offset) {
        CoreTypeEntry entry = coreType(index, offset);
        if (entry instanceof CoreTypeEntry.OfFunction(CoreType.Function type, boolean _, boolean _)) {
            return type;
        }
        throw Failures.invalid(offset, "core type " + index + " is a " + entry.words() + ", not a function type");
    }

    ModuleShape moduleType(int index, long offset) {
        CoreTypeEntry entry = coreType(index, offset);
        if (entry instanceof CoreTypeEntry.OfModule(ModuleShape shape)) {
            return shape;
        }
        throw Failures.invalid(offset, "core type " + index + " is a " + entry.words() + ", not a module type");
    }

    static <T> T at(List<T> space, int index, Sort sort, long offset) {
        if (index >= space.size()) {
            throw Failures.invalid(
                    offset, "there is no " + sort.words() + " " + index + "; there are " + space.size() + " so far");
        }
        return space.get(index);
    }

    TypeEntry type(int index, long offset) {
        return at(types, index, Sort.TYPE, offset);
    }

    SizedType valueType(int index, long offset) {
        if (type(index, offset) instanceof TypeEntry.OfValue(SizedType sized)) {
            return sized;
        }
        throw wrongType(index, "value type", offset);
    }

    FunctionType functionType(int index, long offset) {
        if (type(index, offset) instanceof TypeEntry.OfFunction(FunctionType type)) {
            return type;
        }
        throw wrongType(index, "function type", offset);
    }

    ResourceType resource(int index, long offset) {
        if (type(index, offset) instanceof TypeEntry.OfResource(ResourceType type, Object _)) {
            return type;
        }
        throw wrongType(index, "resource type", offset);
    }

    /// A handle type for the resource at `index`.
    WitType handle(int index, long offset, Function<ResourceType, WitType> make) {
        WitType handle = make.apply(resource(index, offset));
        if (type(index, offset) instanceof TypeEntry.OfResource(ResourceType type, Object name) && name != type) {
            handleNames.put(handle, name);
        }
        return handle;
    }

    TypeEntry.OfInstance instanceType(int index, long offset) {
        if (type(index, offset) instanceof TypeEntry.OfInstance entry) {
            return entry;
        }
        throw wrongType(index, "instance type", offset);
    }

    ComponentShape componentType(int index, long offset) {
        if (type(index, offset) instanceof TypeEntry.OfComponent(ComponentShape shape)) {
            return shape;
        }
        throw wrongType(index, "component type", offset);
    }

    private RuntimeException wrongType(int index, String wanted, long offset) {
        return Failures.invalid(
                offset, "type " + index + " is a " + type(index, offset).words() + ", not a " + wanted);
    }

    /// What a sort and an index stand for, when it can be exported or passed to a component.
    Entity entity(Sort sort, int index, long offset) {
        return switch (sort) {
            case FUNCTION -> new Entity.OfFunction(at(functions, index, sort, offset));
            case INSTANCE -> new Entity.OfInstance(at(instances, index, sort, offset));
            case COMPONENT -> new Entity.OfComponent(at(components, index, sort, offset));
            case CORE_MODULE -> new Entity.OfModule(at(coreModules, index, sort, offset));
            case TYPE ->
                switch (type(index, offset)) {
                    case TypeEntry.OfValue(SizedType sized) -> new Entity.OfValueType(sized);
                    case TypeEntry.OfResource(ResourceType type, Object _) -> new Entity.OfResource(type);
                    case TypeEntry.OfFunction(FunctionType type) -> new Entity.OfFunctionType(type);
                    case TypeEntry.OfInstance(InstanceShape shape, var declared) ->
                        new Entity.OfInstanceType(shape, declared);
                    case TypeEntry.OfComponent(ComponentShape shape) -> new Entity.OfComponentType(shape);
                };
            case VALUE -> new Entity.OfValue(consume(index, offset));
            case CORE_FUNCTION, CORE_TABLE, CORE_MEMORY, CORE_GLOBAL, CORE_TAG, CORE_TYPE, CORE_INSTANCE ->
                throw Failures.invalid(offset, "a " + sort.words() + " cannot be exported or passed to a component");
        };
    }

    /// Appends something to the index space that it belongs to.
    void add(Entity entity) {
        switch (entity) {
            case Entity.OfFunction(FunctionType type) -> functions.add(type);
            case Entity.OfValueType(SizedType sized) -> types.add(new TypeEntry.OfValue(sized));
            case Entity.OfResource(ResourceType type) -> types.add(new TypeEntry.OfResource(type));
            case Entity.OfInstance(InstanceShape shape) -> instances.add(shape);
            case Entity.OfComponent(ComponentShape shape) -> components.add(shape);
            case Entity.OfModule(ModuleShape shape) -> coreModules.add(shape);
            case Entity.OfFunctionType(FunctionType type) -> types.add(new TypeEntry.OfFunction(type));
            case Entity.OfInstanceType(InstanceShape shape, var declared) ->
                types.add(new TypeEntry.OfInstance(shape, declared));
            case Entity.OfComponentType(ComponentShape shape) -> types.add(new TypeEntry.OfComponent(shape));
            case Entity.OfValue(WitType type) -> values.add(type);
        }
    }

    /// A value, which can be used once only.
    WitType consume(int index, long offset) {
        WitType type = at(values, index, Sort.VALUE, offset);
        if (consumed.get(index)) {
            throw Failures.invalid(offset, "value " + index + " is used more than once");
        }
        consumed.set(index);
        return type;
    }

    /// The export that was added last needs no other use, if it is a value.
    void addExported(Entity entity) {
        if (entity instanceof Entity.OfValue) {
            consumed.set(values.size() - 1);
        }
    }

    /// Refuses a component that leaves a value unused.
    void requireAllConsumed(long offset) {
        int unused = consumed.nextClearBit(0);
        if (unused < values.size()) {
            throw Failures.invalid(offset, "value " + unused + " is never used");
        }
    }

    static boolean fits(Sort sort, Entity entity) {
        return switch (entity) {
            case Entity.OfFunction _ -> sort == Sort.FUNCTION;
            case Entity.OfValueType _,
                    Entity.OfFunctionType _,
                    Entity.OfInstanceType _,
                    Entity.OfComponentType _,
                    Entity.OfResource _ -> sort == Sort.TYPE;
            case Entity.OfInstance _ -> sort == Sort.INSTANCE;
            case Entity.OfComponent _ -> sort == Sort.COMPONENT;
            case Entity.OfModule _ -> sort == Sort.CORE_MODULE;
            case Entity.OfValue _ -> sort == Sort.VALUE;
        };
    }
}

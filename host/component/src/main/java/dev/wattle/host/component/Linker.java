package dev.wattle.host.component;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.abi.CanonicalFunction;
import dev.wattle.host.component.binary.ComponentShape;
import dev.wattle.host.component.binary.Entity;
import dev.wattle.host.component.binary.InstanceShape;
import dev.wattle.host.component.binary.ModuleShape;
import dev.wattle.host.component.binary.Substitution;
import dev.wattle.host.component.binary.Subtyping;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds what a component imports. First all resources, since the types of functions mention them; then the rest.
/// Goes on when something is missing, so that one message names it all. One use, one thread.
final class Linker {
    private static final Supply NOTHING = new Supply(null, Map.of());

    private final ComponentShape shape;
    private final ImportSource source;
    private final Substitution types = Substitution.empty();
    private final Map<ResourceType, Plan.Resource> resources = new HashMap<>();
    private final Set<ResourceType> seen = new HashSet<>();
    private final List<String> missing = new ArrayList<>();

    Linker(ComponentShape shape, ImportSource source) {
        this.shape = shape;
        this.source = source;
    }

    /// @throws ComponentException naming all that is missing, or what is supplied and does not fit
    Plan plan(PlanItem.OfComponent component) {
        Supply root = supply("", new Root(source), shape.imports());
        Map<String, PlanItem> items = items("", root, shape.imports());
        if (!missing.isEmpty()) {
            throw new ComponentException(
                    Code.UNRESOLVED_IMPORT, -1, "nobody supplies " + String.join(", ", missing), null);
        }
        return new Planner(resources).plan(component, items);
    }

    /// The world as an instance.
    private record Root(ImportSource source) implements HostInterface {
        @Override
        public Optional<HostFunction> function(String name, FunctionType type) {
            return source.rootFunction(name, type);
        }

        @Override
        public Optional<HostResource> resource(String name) {
            return source.rootResource(name);
        }

        @Override
        public Optional<HostInterface> instance(String name) {
            return source.find(name);
        }

        @Override
        public Optional<CoreModule> module(String name) {
            return source.rootModule(name);
        }

        @Override
        public Optional<Component> component(String name) {
            return source.rootComponent(name);
        }
    }

    /// What serves an instance, and the instances in it. Nothing does when only types are wanted of it, or when it
    /// is missing.
    private record Supply(@Nullable HostInterface host, Map<String, Supply> instances) {}

    /// The first pass: finds instances, and binds resources.
    private Supply supply(String path, HostInterface host, Map<String, Entity> wanted) {
        Map<String, Supply> instances = new LinkedHashMap<>();
        wanted.forEach((name, entity) -> {
            if (entity instanceof Entity.OfResource(ResourceType type)) {
                if (seen.add(type)) {
                    bind(path + name, host.resource(name), type);
                } else {
                    requireSame(path + name, host.resource(name), type);
                }
            } else if (entity instanceof Entity.OfInstance(InstanceShape inner)) {
                instances.put(name, instance(path + name, host, name, inner));
            }
        });
        return new Supply(host, instances);
    }

    private Supply instance(String path, HostInterface host, String name, InstanceShape wanted) {
        boolean wantsMore = wantsMore(wanted);
        if (!wantsMore && !mentionsResource(wanted)) {
            return NOTHING;
        }
        Optional<HostInterface> found = host.instance(name);
        if (found.isEmpty()) {
            if (wantsMore) {
                missing.add("the interface " + path);
            }
            return NOTHING;
        }
        return supply(path + "#", found.get(), wanted.exports());
    }

    /// Is there anything but types, and resources that are known already?
    private boolean wantsMore(InstanceShape wanted) {
        return wanted.exports().values().stream().anyMatch(entity -> switch (entity) {
            case Entity.OfFunction _, Entity.OfModule _, Entity.OfComponent _, Entity.OfValue _ -> true;
            case Entity.OfResource(ResourceType type) -> !seen.contains(type);
            case Entity.OfInstance(InstanceShape inner) -> wantsMore(inner);
            case Entity.OfValueType _, Entity.OfFunctionType _, Entity.OfInstanceType _, Entity.OfComponentType _ ->
                false;
        });
    }

    /// A resource that is known need not be supplied again. When it is, it must be the same.
    private void requireSame(String path, Optional<HostResource> found, ResourceType type) {
        if (found.isPresent() && types.binds(type) && !found.get().type().equals(types.apply(type))) {
            missing.add("the resource " + path + " as the one that stands before it");
        }
    }

    private static boolean mentionsResource(InstanceShape wanted) {
        return wanted.exports().values().stream()
                .anyMatch(entity -> entity instanceof Entity.OfResource
                        || (entity instanceof Entity.OfInstance(InstanceShape inner) && mentionsResource(inner)));
    }

    private void bind(String path, Optional<HostResource> found, ResourceType type) {
        if (found.isEmpty()) {
            missing.add("the resource " + path);
            return;
        }
        types.bind(type, found.get().type());
        resources.put(found.get().type(), new Plan.Resource.Host(found.get()));
    }

    /// The second pass.
    private Map<String, PlanItem> items(String path, Supply supply, Map<String, Entity> wanted) {
        Map<String, PlanItem> items = new LinkedHashMap<>();
        wanted.forEach((name, entity) -> items.put(name, item(path + name, name, supply, entity)));
        return items;
    }

    private PlanItem item(String path, String name, Supply supply, Entity wanted) {
        return switch (wanted) {
            case Entity.OfResource(ResourceType type) -> new PlanItem.OfResource(types.apply(type));
            case Entity.OfInstance(InstanceShape instance) ->
                new PlanItem.OfInstance(
                        items(path + "#", supply.instances().getOrDefault(name, NOTHING), instance.exports()));
            case Entity.OfFunction(FunctionType declared) ->
                supply.host() == null ? new PlanItem.OfType() : function(path, name, supply.host(), declared);
            case Entity.OfModule(ModuleShape module) ->
                supply.host() == null
                        ? new PlanItem.OfType()
                        : module(path, supply.host().module(name), module);
            case Entity.OfComponent(ComponentShape component) ->
                supply.host() == null
                        ? new PlanItem.OfType()
                        : component(path, supply.host().component(name), component);
            case Entity.OfValueType _, Entity.OfFunctionType _, Entity.OfInstanceType _, Entity.OfComponentType _ ->
                new PlanItem.OfType();
            case Entity.OfValue _ -> throw PlanScope.noValues();
        };
    }

    private PlanItem function(String path, String name, HostInterface host, FunctionType declared) {
        FunctionType type = types.apply(declared);
        Optional<HostFunction> found = host.function(name, type);
        if (found.isEmpty()) {
            return missing("the function " + path);
        }
        CanonicalFunction callee = found.get() instanceof CanonicalFunction guest
                ? guest
                : CanonicalFunction.ofHost(path, type, found.get());
        return new PlanItem.OfFunction(new Plan.Function.Imported(path, type, found.get(), callee));
    }

    private PlanItem module(String path, Optional<CoreModule> found, ModuleShape wanted) {
        if (found.isEmpty()) {
            return missing("the core module " + path);
        }
        Subtyping.requireModule(path, wanted, found.get());
        return new PlanItem.OfModule(found.get());
    }

    private PlanItem component(String path, Optional<Component> found, ComponentShape wanted) {
        if (found.isEmpty()) {
            return missing("the component " + path);
        }
        PlanItem.OfComponent component = found.get().item();
        Subtyping.requireComponent(path, wanted, component.component().shape(), types);
        return component;
    }

    private PlanItem missing(String what) {
        missing.add(what);
        return new PlanItem.OfType();
    }
}

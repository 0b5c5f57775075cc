package dev.wattle.host.component;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.abi.CanonicalFunction;
import dev.wattle.host.component.binary.ComponentShape;
import dev.wattle.host.component.binary.Entity;
import dev.wattle.host.component.binary.InstanceShape;
import dev.wattle.host.component.binary.Substitution;
import dev.wattle.host.component.binary.ValidComponent;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Finds what a component imports. First all resources, since the types of functions mention them; then the
/// functions.
/// Goes on when something is missing, so that one message names it all. One use, one thread.
final class Linker {
    private final ComponentShape shape;
    private final ImportSource source;
    private final Substitution types = Substitution.empty();
    private final Map<ResourceType, Plan.Resource> resources = new HashMap<>();
    private final Map<String, HostInterface> interfaces = new HashMap<>();
    private final Set<ResourceType> seen = new HashSet<>();
    private final List<String> missing = new ArrayList<>();

    Linker(ComponentShape shape, ImportSource source) {
        this.shape = shape;
        this.source = source;
    }

    /// @throws ComponentException naming all that is missing
    Plan plan(ValidComponent component) {
        shape.imports().forEach(this::findResources);
        Map<String, PlanItem> items = new LinkedHashMap<>();
        shape.imports().forEach((name, entity) -> items.put(name, item(name, entity)));
        if (!missing.isEmpty()) {
            throw new ComponentException(
                    Code.UNRESOLVED_IMPORT, -1, "nobody supplies " + String.join(", ", missing), null);
        }
        return new Planner(resources).plan(component, items);
    }

    private void findResources(String name, Entity entity) {
        switch (entity) {
            case Entity.OfInstance(InstanceShape instance) -> findResources(name, instance);
            case Entity.OfResource(ResourceType type) -> {
                if (seen.add(type)) {
                    missing.add("the resource " + name);
                }
            }
            case Entity.OfFunction _, Entity.OfValueType _, Entity.OfComponent _, Entity.OfModule _ -> {}
        }
    }

    private void findResources(String name, InstanceShape instance) {
        Map<String, ResourceType> wanted = new LinkedHashMap<>();
        boolean functions = false;
        for (Map.Entry<String, Entity> export : instance.exports().entrySet()) {
            functions |= export.getValue() instanceof Entity.OfFunction;
            if (export.getValue() instanceof Entity.OfResource(ResourceType type) && seen.add(type)) {
                wanted.put(export.getKey(), type);
            }
        }
        if (!functions && wanted.isEmpty()) {
            return; // types only: nothing to supply
        }
        Optional<HostInterface> found = InterfaceName.tryParse(name).flatMap(source::interfaceFor);
        if (found.isEmpty()) {
            missing.add("the interface " + name);
            return;
        }
        interfaces.put(name, found.get());
        wanted.forEach((resource, type) -> bind(name, found.get(), resource, type));
    }

    private void bind(String name, HostInterface host, String resource, ResourceType type) {
        Optional<HostResource> found = host.resource(resource);
        if (found.isEmpty()) {
            missing.add("the resource " + name + "#" + resource);
            return;
        }
        types.bind(type, found.get().type());
        resources.put(found.get().type(), new Plan.Resource.Host(found.get()));
    }

    private PlanItem item(String name, Entity entity) {
        return switch (entity) {
            case Entity.OfFunction(FunctionType declared) -> {
                FunctionType type = types.apply(declared);
                yield function(name, "the function " + name, type, source.rootFunction(name, type));
            }
            case Entity.OfResource(ResourceType type) -> new PlanItem.OfResource(types.apply(type));
            case Entity.OfInstance(InstanceShape instance) -> new PlanItem.OfInstance(exports(name, instance));
            case Entity.OfValueType _, Entity.OfComponent _, Entity.OfModule _ -> new PlanItem.OfValueType();
        };
    }

    private Map<String, PlanItem> exports(String name, InstanceShape instance) {
        HostInterface host = interfaces.get(name);
        Map<String, PlanItem> items = new LinkedHashMap<>();
        instance.exports().forEach((export, entity) -> {
            if (entity instanceof Entity.OfFunction(FunctionType declared)) {
                if (host != null) {
                    FunctionType type = types.apply(declared);
                    String full = name + "#" + export;
                    items.put(export, function(full, "the function " + full, type, host.function(export, type)));
                }
            } else {
                items.put(export, item(export, entity));
            }
        });
        return items;
    }

    private PlanItem function(String name, String words, FunctionType type, Optional<HostFunction> found) {
        if (found.isEmpty()) {
            missing.add(words);
            return new PlanItem.OfValueType();
        }
        CanonicalFunction callee = CanonicalFunction.ofHost(name, type, found.get());
        return new PlanItem.OfFunction(new Plan.Function.Imported(type, found.get(), callee));
    }
}

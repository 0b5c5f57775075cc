package dev.wattle.host.component;

import dev.wattle.host.component.Plan.Export;
import dev.wattle.host.component.Plan.Function;
import dev.wattle.host.component.abi.CanonLift;
import dev.wattle.host.component.abi.GuestResource;
import dev.wattle.host.component.abi.ResourceDefinition;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The exports of an instance, by name. One sandbox, one thread at a time.
///
/// @param exports of the instance itself, or of one that it exports
@SuppressWarnings("ArrayRecordComponent") // nobody compares them, and nobody writes the arrays
record LinkedInstance(
        Map<String, Export> exports, Sandbox sandbox, CanonLift[] lifted, ResourceDefinition.Guest[] resources)
        implements ComponentInstance {
    @Override
    public Optional<ComponentFunction> function(String name) {
        return exports.get(name) instanceof Export.OfFunction(Function function)
                ? Optional.of(function(function))
                : Optional.empty();
    }

    @Override
    public Optional<ComponentFunction> function(String interfaceName, String name) {
        Export.OfInstance found = find(interfaceName);
        return found != null && found.exports().get(name) instanceof Export.OfFunction(Function function)
                ? Optional.of(function(function))
                : Optional.empty();
    }

    @Override
    public Optional<ComponentInstance> instance(String name) {
        return Optional.ofNullable(find(name))
                .map(found -> new LinkedInstance(found.exports(), sandbox, lifted, resources));
    }

    @Override
    public Optional<HostResource> resource(String name) {
        if (!(exports.get(name) instanceof Export.OfResource(Plan.Resource resource))) {
            return Optional.empty();
        }
        return Optional.of(
                switch (resource) {
                    case Plan.Resource.Host(HostResource host) -> host;
                    case Plan.Resource.Guest(int slot) ->
                        new HostResource(resources[slot].type(), (_, dropped) -> ((GuestResource) dropped).drop());
                });
    }

    @Override
    public Optional<CoreModule> module(String name) {
        return exports.get(name) instanceof Export.OfModule(CoreModule module)
                ? Optional.of(module)
                : Optional.empty();
    }

    @Override
    public Optional<Component> component(String name) {
        return exports.get(name) instanceof Export.OfComponent(var component)
                ? Optional.of(Component.exported(component))
                : Optional.empty();
    }

    private Export.@Nullable OfInstance find(String name) {
        return exports.get(name) instanceof Export.OfInstance exact ? exact : onlyVersion(name);
    }

    private Export.@Nullable OfInstance onlyVersion(String interfaceName) {
        Export.OfInstance found = null;
        String prefix = interfaceName + "@";
        for (Map.Entry<String, Export> one : exports.entrySet()) {
            if (one.getKey().startsWith(prefix) && one.getValue() instanceof Export.OfInstance instance) {
                if (found != null) {
                    return null;
                }
                found = instance;
            }
        }
        return found;
    }

    private ComponentFunction function(Function function) {
        return switch (function) {
            case Function.Lifted(int slot) -> lifted[slot];
            case Function.Imported(FunctionType type, HostFunction host, var _) -> new PassedOn(sandbox, type, host);
        };
    }

    /// An import that is exported as it is.
    private record PassedOn(Sandbox sandbox, FunctionType type, HostFunction function) implements ComponentFunction {
        @Override
        public Optional<WitValue> call(List<WitValue> arguments) {
            if (sandbox.locked()) {
                throw new Trap(Trap.Kind.INSTANCE_LOCKED);
            }
            return function.call(sandbox, arguments);
        }
    }
}

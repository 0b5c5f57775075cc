package dev.wattle.host.component;

import dev.wattle.host.component.Plan.Export;
import dev.wattle.host.component.Plan.Function;
import dev.wattle.host.component.abi.GuestResource;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The exports of an instance, by name. One sandbox, one thread at a time.
///
/// @param exports of the instance itself, or of one that it exports
record LinkedInstance(Map<String, Export> exports, Sandbox sandbox, Parts parts) implements ComponentInstance {
    /// What the plan's slots hold in this instance.
    interface Parts {
        ComponentFunction lifted(int slot);

        /// The type of a resource that a guest defines.
        ResourceType resource(int slot);
    }

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
        return Optional.ofNullable(find(name)).map(found -> new LinkedInstance(found.exports(), sandbox, parts));
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
                        new HostResource(parts.resource(slot), (_, dropped) -> ((GuestResource) dropped).drop());
                });
    }

    @Override
    public Optional<CoreModule> module(String name) {
        return exports.get(name) instanceof Export.OfModule(CoreModule module) ? Optional.of(module) : Optional.empty();
    }

    @Override
    public Optional<Component> component(String name) {
        return exports.get(name) instanceof Export.OfComponent(var component)
                ? Optional.of(Component.exported(component))
                : Optional.empty();
    }

    private Export.@Nullable OfInstance find(String name) {
        if (exports.get(name) instanceof Export.OfInstance exact) {
            return exact;
        }
        Optional<String> best = InterfaceName.best(name, exports.keySet());
        return best.isPresent() && exports.get(best.get()) instanceof Export.OfInstance found ? found : null;
    }

    private ComponentFunction function(Function function) {
        return switch (function) {
            case Function.Lifted(int slot) -> parts.lifted(slot);
            case Function.Imported(var _, FunctionType type, HostFunction host, var _) ->
                new PassedOn(sandbox, type, host);
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

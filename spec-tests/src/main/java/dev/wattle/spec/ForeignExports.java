package dev.wattle.spec;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import java.util.Optional;

/// What an instance of another sandbox has to offer: what is no part of that sandbox, such as modules. Its resources
/// lend
/// their types; they have no destructor here.
record ForeignExports(ComponentInstance exports) implements HostInterface {
    @Override
    public Optional<HostFunction> function(String name, FunctionType type) {
        return Optional.empty();
    }

    @Override
    public Optional<HostResource> resource(String name) {
        return exports.resource(name).map(resource -> new HostResource(resource.type(), (_, _) -> {}));
    }

    @Override
    public Optional<HostInterface> instance(String name) {
        return exports.instance(name).map(ForeignExports::new);
    }

    @Override
    public Optional<CoreModule> module(String name) {
        return exports.module(name);
    }

    @Override
    public Optional<Component> component(String name) {
        return exports.component(name);
    }
}

package dev.wattle.host.component;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import java.util.Optional;

/// The exports of one instance as imports of another component in the same sandbox.
record InstanceExports(ComponentInstance instance) implements HostInterface {
    /// A function fits when it has the very type that is wanted, with the resources of this instance.
    @Override
    public Optional<HostFunction> function(String name, FunctionType type) {
        return instance.function(name)
                .filter(function -> function.type().equals(type))
                .map(function -> function instanceof HostFunction direct ? direct : called(name, function));
    }

    private HostFunction called(String name, ComponentFunction function) {
        return (sandbox, arguments) -> {
            if (instance instanceof LinkedInstance here && here.sandbox() != sandbox) {
                throw new IllegalStateException("the instance that exports " + name + " lives in another sandbox");
            }
            return function.call(arguments);
        };
    }

    @Override
    public Optional<HostResource> resource(String name) {
        return instance.resource(name);
    }

    @Override
    public Optional<HostInterface> instance(String name) {
        return instance.instance(name).map(InstanceExports::new);
    }

    @Override
    public Optional<CoreModule> module(String name) {
        return instance.module(name);
    }

    @Override
    public Optional<Component> component(String name) {
        return instance.component(name);
    }
}

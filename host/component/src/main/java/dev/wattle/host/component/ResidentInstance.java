package dev.wattle.host.component;

import dev.wattle.host.engine.CoreModule;
import java.util.Optional;

/// An instance of a composition, or one that it exports. One sandbox, one thread at a time.
record ResidentInstance(Residents residents, Residents.Resident resident, ComponentInstance instance)
        implements ComponentInstance {
    ResidentInstance(Residents residents, Residents.Resident resident) {
        this(residents, resident, resident.instance());
    }

    private ComponentFunction wrap(ComponentFunction function) {
        return new ResidentFunction(residents, resident, function);
    }

    @Override
    public Optional<ComponentFunction> function(String name) {
        return instance.function(name).map(this::wrap);
    }

    @Override
    public Optional<ComponentFunction> function(String interfaceName, String name) {
        return instance.function(interfaceName, name).map(this::wrap);
    }

    @Override
    public Optional<ComponentInstance> instance(String name) {
        return instance.instance(name).map(inner -> new ResidentInstance(residents, resident, inner));
    }

    @Override
    public Optional<HostResource> resource(String name) {
        return instance.resource(name);
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

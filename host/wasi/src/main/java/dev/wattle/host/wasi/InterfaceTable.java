package dev.wattle.host.wasi;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One interface: its functions and resources by name. Immutable once built.
final class InterfaceTable implements HostInterface {
    private final Map<String, Entry> functions;
    private final Map<String, HostResource> resources;

    private InterfaceTable(Map<String, Entry> functions, Map<String, HostResource> resources) {
        this.functions = Map.copyOf(functions);
        this.resources = Map.copyOf(resources);
    }

    /// A function with a result.
    @FunctionalInterface
    interface Giving {
        WitValue call(Sandbox sandbox, Arguments arguments);
    }

    /// A function without one.
    @FunctionalInterface
    interface Doing {
        void call(Sandbox sandbox, Arguments arguments);
    }

    private record Entry(int parameters, boolean result, HostFunction function) {
        boolean fits(FunctionType type) {
            return type.parameters().size() == parameters && type.result().isPresent() == result;
        }
    }

    static Builder builder() {
        return new Builder();
    }

    @Override
    public Optional<HostFunction> function(String name, FunctionType type) {
        return Optional.ofNullable(functions.get(name))
                .filter(entry -> entry.fits(type))
                .map(Entry::function);
    }

    @Override
    public Optional<HostResource> resource(String name) {
        return Optional.ofNullable(resources.get(name));
    }

    /// Collects an interface. Names are WIT's: `[method]fields.get`.
    static final class Builder {
        private final Map<String, Entry> functions = new HashMap<>();
        private final Map<String, HostResource> resources = new HashMap<>();

        private Builder() {}

        Builder resource(String name, HostResource resource) {
            resources.put(name, resource);
            return this;
        }

        Builder gives(String name, int parameters, Giving function) {
            return put(
                    name,
                    new Entry(
                            parameters,
                            true,
                            (sandbox, arguments) -> Optional.of(function.call(sandbox, new Arguments(arguments)))));
        }

        Builder does(String name, int parameters, Doing function) {
            return put(name, new Entry(parameters, false, (sandbox, arguments) -> {
                function.call(sandbox, new Arguments(arguments));
                return Optional.empty();
            }));
        }

        /// Functions that all answer the same, as those do that nothing was granted for. Each as
        /// `name/parameters`.
        Builder answer(WitValue result, List<String> names) {
            for (String name : names) {
                int slash = name.lastIndexOf('/');
                gives(name.substring(0, slash), Integer.parseInt(name.substring(slash + 1)), (_, _) -> result);
            }
            return this;
        }

        private Builder put(String name, Entry entry) {
            if (functions.put(name, entry) != null) {
                throw new IllegalArgumentException("twice: " + name);
            }
            return this;
        }

        InterfaceTable build() {
            return new InterfaceTable(functions, resources);
        }
    }
}

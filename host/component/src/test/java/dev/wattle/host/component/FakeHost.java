package dev.wattle.host.component;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Imports from maps, whatever their version.
final class FakeHost implements ImportSource {
    private final Map<String, HostFunction> functions = new HashMap<>();
    private final Map<String, HostResource> resources = new HashMap<>();
    private final Map<String, HostFunction> rootFunctions = new HashMap<>();

    /// @param name such as `wasi:config/store`
    FakeHost function(String name, String function, HostFunction answer) {
        functions.put(name + "#" + function, answer);
        return this;
    }

    FakeHost resource(String name, String resource, HostResource type) {
        resources.put(name + "#" + resource, type);
        return this;
    }

    FakeHost root(String function, HostFunction answer) {
        rootFunctions.put(function, answer);
        return this;
    }

    @Override
    public Optional<HostInterface> interfaceFor(InterfaceName name) {
        String prefix = name.withoutVersion() + "#";
        boolean known = functions.keySet().stream().anyMatch(key -> key.startsWith(prefix))
                || resources.keySet().stream().anyMatch(key -> key.startsWith(prefix));
        return known ? Optional.of(new Interface(prefix)) : Optional.empty();
    }

    @Override
    public Optional<HostFunction> rootFunction(String name, FunctionType type) {
        return Optional.ofNullable(rootFunctions.get(name));
    }

    private final class Interface implements HostInterface {
        private final String prefix;

        Interface(String prefix) {
            this.prefix = prefix;
        }

        @Override
        public Optional<HostFunction> function(String name, FunctionType type) {
            return Optional.ofNullable(functions.get(prefix + name));
        }

        @Override
        public Optional<HostResource> resource(String name) {
            return Optional.ofNullable(resources.get(prefix + name));
        }
    }
}

package dev.wattle.host.runtime;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.ImportSource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The imports of one component on a host: what the host supplies, and for all the rest, links. A link may also
/// stand in front of what the host supplies, for every interface but the few that a guest's own runtime is made
/// of.
final class LinkedImports implements ImportSource {
    /// Never linked: a guest cannot live without them, and their resources cannot cross.
    private static final Set<String> ALWAYS_LOCAL = Set.of("io", "clocks", "random", "cli");

    private final String source;
    private final ImportSource supplied;

    LinkedImports(String source, ImportSource supplied) {
        this.source = source;
        this.supplied = supplied;
    }

    @Override
    public Optional<HostInterface> interfaceFor(InterfaceName name) {
        Optional<HostInterface> here = supplied.interfaceFor(name);
        if (name.namespace().equals("wasi") && ALWAYS_LOCAL.contains(name.packageName())) {
            return here;
        }
        return Optional.of(new Routed(source, name, here));
    }

    /// An interface whose calls follow the link that the sandbox was born with.
    private record Routed(String source, InterfaceName name, Optional<HostInterface> here) implements HostInterface {
        @Override
        public Optional<HostFunction> function(String function, FunctionType type) {
            RouteKey key = new RouteKey(source, name.withoutVersion().toString());
            Optional<HostFunction> supplied = here.flatMap(found -> found.function(function, type));
            if (here.isPresent() && supplied.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new RoutedFunction(key, name, function, type, supplied));
        }

        @Override
        public Optional<HostResource> resource(String resource) {
            return here.flatMap(found -> found.resource(resource));
        }
    }

    private record RoutedFunction(
            RouteKey key, InterfaceName name, String function, FunctionType type, Optional<HostFunction> supplied)
            implements HostFunction {
        @Override
        public Optional<WitValue> call(Sandbox sandbox, List<WitValue> arguments) {
            RootCall rootCall = RootCall.of(sandbox);
            Optional<RoutingTable.Route> route = rootCall.route(key);
            if (route.isEmpty() && supplied.isPresent()) {
                return supplied.get().call(sandbox, arguments);
            }
            return rootCall.callLink(key, route, name, function, type, arguments);
        }
    }
}

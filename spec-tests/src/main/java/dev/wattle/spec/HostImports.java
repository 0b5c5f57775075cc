package dev.wattle.spec;

import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.ImportSource;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// What the components of one script may import: two functions and an instance of the host, and the modules and types
/// of
/// the instances that the script made before.
final class HostImports implements ImportSource {
    private static final WitType U32 = WitType.Primitive.U32;

    private final HostInterface host;
    private final Function<String, Optional<ComponentInstance>> instances;

    /// @param host what is imported as `host`
    /// @param instances of the script, by name
    HostImports(HostInterface host, Function<String, Optional<ComponentInstance>> instances) {
        this.host = host;
        this.instances = instances;
    }

    @Override
    public Optional<HostInterface> interfaceFor(InterfaceName name) {
        return Optional.empty();
    }

    @Override
    public Optional<HostFunction> rootFunction(String name, FunctionType type) {
        return switch (name) {
            case "host-echo-u32" ->
                typed(type, List.of(U32), Optional.of(U32), (_, arguments) -> Optional.of(arguments.getFirst()));
            case "host-return-two" -> typed(type, List.of(), Optional.of(U32), (_, _) -> Optional.of(WitValue.of(2)));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<HostInterface> rootInstance(String name) {
        return name.equals("host") ? Optional.of(host) : instances.apply(name).map(ForeignExports::new);
    }

    /// The function, when it is imported with its type.
    static Optional<HostFunction> typed(
            FunctionType wanted, List<WitType> parameters, Optional<WitType> result, HostFunction function) {
        boolean fits = wanted.result().equals(result)
                && wanted.parameters().stream()
                        .map(FunctionType.Parameter::type)
                        .toList()
                        .equals(parameters);
        return fits ? Optional.of(function) : Optional.empty();
    }
}

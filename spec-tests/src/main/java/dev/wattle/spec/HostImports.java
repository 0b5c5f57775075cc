package dev.wattle.spec;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.ImportSource;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;

/// What scripts import from their host.
final class HostImports implements ImportSource {
    private static final WitType U32 = WitType.Primitive.U32;

    static final HostImports SOURCE = new HostImports();

    private HostImports() {}

    @Override
    public Optional<HostInterface> interfaceFor(InterfaceName name) {
        return Optional.empty();
    }

    @Override
    public Optional<HostFunction> rootFunction(String name, FunctionType type) {
        return switch (name) {
            case "host-echo-u32" -> typed(type, List.of(U32), (_, arguments) -> Optional.of(arguments.getFirst()));
            case "host-return-two" -> typed(type, List.of(), (_, _) -> Optional.of(WitValue.of(2)));
            default -> Optional.empty();
        };
    }

    private static Optional<HostFunction> typed(FunctionType wanted, List<WitType> parameters, HostFunction function) {
        boolean fits = wanted.result().equals(Optional.of(U32))
                && wanted.parameters().stream()
                        .map(FunctionType.Parameter::type)
                        .toList()
                        .equals(parameters);
        return fits ? Optional.of(function) : Optional.empty();
    }
}

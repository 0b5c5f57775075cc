package dev.wattle.host.wasi;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Stands where a guest stands: calls host functions by name and drops handles, one sandbox at a time.
final class Guest implements AutoCloseable {
    private final WasiImports imports;
    private final Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);

    Guest(WasiContext context) {
        this.imports = new WasiImports(context);
        sandbox.control().enter();
        sandbox.control().host();
    }

    Guest() {
        this(WasiContext.of("test"));
    }

    Sandbox sandbox() {
        return sandbox;
    }

    /// Calls a function that has a result.
    WitValue call(String interfaceName, String function, WitValue... arguments) {
        return invoke(interfaceName, function, true, arguments).orElseThrow();
    }

    /// Calls a function that has none.
    void run(String interfaceName, String function, WitValue... arguments) {
        assert invoke(interfaceName, function, false, arguments).isEmpty();
    }

    /// A resource that a function gave, or that is the payload of what it gave.
    static WitValue payload(WitValue value) {
        return switch (value) {
            case WitValue.ResultValue(boolean ok, Optional<WitValue> inner) when ok -> inner.orElseThrow();
            case WitValue.OptionValue(Optional<WitValue> inner) -> inner.orElseThrow();
            default -> throw new AssertionError("no payload: " + value);
        };
    }

    void drop(String interfaceName, String resource, WitValue handle) {
        HostResource found = table(interfaceName).resource(resource).orElseThrow();
        assert found.type() == ((WitValue.Resource) handle).type();
        found.drop().accept(sandbox, ((WitValue.Resource) handle).representation());
    }

    private Optional<WitValue> invoke(String interfaceName, String function, boolean result, WitValue... arguments) {
        var type = new FunctionType(
                Collections.nCopies(arguments.length, new FunctionType.Parameter("p", WitType.Primitive.BOOL)),
                result ? Optional.of(WitType.Primitive.BOOL) : Optional.empty());
        HostFunction found = table(interfaceName).function(function, type).orElseThrow();
        return found.call(sandbox, List.of(arguments));
    }

    private HostInterface table(String interfaceName) {
        return imports.interfaceFor(InterfaceName.parse(interfaceName)).orElseThrow();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}

package dev.wattle.host.component;

import dev.wattle.host.component.Plan.Function;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// The exports of an instance, by name. One sandbox, one thread at a time.
final class LinkedInstance implements ComponentInstance {
    private final Plan plan;
    private final Sandbox sandbox;
    private final IntFunction<ComponentFunction> lifted;

    /// @param lifted the lifted function in a slot
    LinkedInstance(Plan plan, Sandbox sandbox, IntFunction<ComponentFunction> lifted) {
        this.plan = plan;
        this.sandbox = sandbox;
        this.lifted = lifted;
    }

    @Override
    public Optional<ComponentFunction> function(String name) {
        return Optional.ofNullable(plan.functions().get(name)).map(this::function);
    }

    @Override
    public Optional<ComponentFunction> function(String interfaceName, String name) {
        Map<String, Function> exact = plan.interfaces().get(interfaceName);
        Map<String, Function> functions = exact != null ? exact : onlyVersion(interfaceName);
        return Optional.ofNullable(functions.get(name)).map(this::function);
    }

    private Map<String, Function> onlyVersion(String interfaceName) {
        Map<String, Function> found = Map.of();
        String prefix = interfaceName + "@";
        for (Map.Entry<String, ? extends Map<String, Function>> one :
                plan.interfaces().entrySet()) {
            if (one.getKey().startsWith(prefix)) {
                if (!found.isEmpty()) {
                    return Map.of();
                }
                found = one.getValue();
            }
        }
        return found;
    }

    private ComponentFunction function(Function function) {
        return switch (function) {
            case Function.Lifted(int slot) -> lifted.apply(slot);
            case Function.Imported(FunctionType type, HostFunction host, var _) -> new PassedOn(sandbox, type, host);
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

package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreType;
import java.util.List;

/// Makes the core functions of built-ins.
final class CoreFunctions {
    static final CoreType.Value I32 = CoreType.Value.I32;
    static final CoreType.Value I64 = CoreType.Value.I64;

    static final CoreType.Function NOTHING_TO_NOTHING = type(List.of(), List.of());
    static final CoreType.Function NOTHING_TO_I32 = type(List.of(), List.of(I32));
    static final CoreType.Function NOTHING_TO_I64 = type(List.of(), List.of(I64));
    static final CoreType.Function I32_TO_NOTHING = type(List.of(I32), List.of());
    static final CoreType.Function I32_TO_I32 = type(List.of(I32), List.of(I32));
    static final CoreType.Function TWO_I32_TO_NOTHING = type(List.of(I32, I32), List.of());
    static final CoreType.Function TWO_I32_TO_I32 = type(List.of(I32, I32), List.of(I32));
    static final CoreType.Function THREE_I32_TO_I32 = type(List.of(I32, I32, I32), List.of(I32));

    static CoreType.Function type(List<CoreType.Value> parameters, List<CoreType.Value> results) {
        return new CoreType.Function(parameters, results);
    }

    static CoreExtern.Function of(CoreType.Function type, CoreAdapter.FlatFunction function) {
        return CoreExtern.hostFunction(type, CoreAdapter.of(type).bind(function));
    }

    /// One that needs to know who calls it.
    static CoreExtern.Function of(InstanceState instance, CoreType.Function type, CoreAdapter.FlatFunction function) {
        instance.seeTasks();
        return of(type, function);
    }

    private CoreFunctions() {}
}

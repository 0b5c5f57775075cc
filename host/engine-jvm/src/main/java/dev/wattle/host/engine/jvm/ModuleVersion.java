package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.code.ModuleCode;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// The code of a module that marks cards, or the code that does not, with handles to its functions. Safe for any
/// thread.
final class ModuleVersion {
    private final WasmModule module;
    private final ModuleCode code;
    private final boolean marking;
    private final ConcurrentMap<Integer, MethodHandle> handles = new ConcurrentHashMap<>();

    ModuleVersion(WasmModule module, ModuleCode code, boolean marking) {
        this.module = module;
        this.code = code;
        this.marking = marking;
    }

    ModuleCode code() {
        return code;
    }

    boolean marking() {
        return marking;
    }

    /// A function that is not imported: `(Instance, parameters…) → R`, of the contract.
    MethodHandle handle(int function) {
        MethodHandle known = handles.get(function);
        return known == null ? handles.computeIfAbsent(function, this::make) : known;
    }

    private MethodHandle make(int function) {
        var body = module.bodies().get(function - module.importedFunctions());
        return EntryHandles.of(
                code.entry(function), module.function(function), body.traits().tailCalls());
    }
}

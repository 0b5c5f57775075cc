package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import run.endive.runtime.Instance;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;

/// An instance, and the memory and tables that it owns.
final class EndiveInstance implements CoreInstance {
    private final EndiveModule module;
    private final Instance instance;
    private final List<CoreExtern> imports;
    private final EndiveModule.Owned owned;
    private final GuestControl guest;
    private final Map<String, CoreExtern> exports = new HashMap<>();

    EndiveInstance(
            EndiveModule module,
            Instance instance,
            List<CoreExtern> imports,
            EndiveModule.Owned owned,
            GuestControl guest) {
        this.module = module;
        this.instance = instance;
        this.imports = List.copyOf(imports);
        this.owned = owned;
        this.guest = guest;
    }

    @Override
    public CoreExtern export(String name) {
        CoreExtern known = exports.get(name);
        if (known != null) {
            return known;
        }
        Export export = module.exportsByName().get(name);
        if (export == null) {
            throw new IllegalArgumentException("no export '" + name + "'");
        }
        CoreExtern made = make(export);
        exports.put(name, made);
        return made;
    }

    private CoreExtern make(Export export) {
        int index = export.index();
        if (index < module.module().importSection().count(export.exportType())) {
            return imported(export.exportType(), index);
        }
        return switch (CoreTypes.of(module.module(), export)) {
            case CoreType.Function type -> {
                var call = new GuestCall(instance, index, guest);
                yield new EndiveExterns.Function(
                        type, call, module.signatures().outgoing(type).bindTo(call));
            }
            case CoreType.Memory type -> new EndiveExterns.Memory(type, (FlatMemory) instance.memory(index));
            case CoreType.Table type -> new EndiveExterns.Table(type, (LimitedTable) instance.table(index));
            case CoreType.Global type -> new EndiveExterns.Global(type, instance.global(index));
            case CoreType.Tag _ -> throw new IllegalStateException("tags are refused when a module is compiled");
        };
    }

    /// An import that is exported again is the same thing still.
    private CoreExtern imported(ExternalType kind, int index) {
        int seen = 0;
        for (int i = 0; i < imports.size(); i++) {
            if (module.module().importSection().getImport(i).importType() == kind && seen++ == index) {
                return imports.get(i);
            }
        }
        throw new IllegalStateException("no import " + index + " of kind " + kind);
    }

    @Override
    public void close() {
        owned.close();
    }
}

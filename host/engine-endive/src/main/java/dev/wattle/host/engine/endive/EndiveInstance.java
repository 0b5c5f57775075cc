package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.endive.EndiveModule.PreparedExport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import run.endive.runtime.Instance;

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
        PreparedExport export = module.exportsByName().get(name);
        if (export == null) {
            throw new IllegalArgumentException("no export '" + name + "'");
        }
        // An import that is exported again is the same thing still.
        CoreExtern made = export.importPosition() >= 0 ? imports.get(export.importPosition()) : make(export);
        exports.put(name, made);
        return made;
    }

    private CoreExtern make(PreparedExport export) {
        int index = export.index();
        return switch (export.type()) {
            case CoreType.Function type -> {
                var call = new GuestCall(instance, index, guest);
                yield new EndiveExterns.Function(
                        type, call, Objects.requireNonNull(export.outgoing()).bindTo(call));
            }
            case CoreType.Memory type -> new EndiveExterns.Memory(type, (FlatMemory) instance.memory(index));
            case CoreType.Table type -> new EndiveExterns.Table(type, (LimitedTable) instance.table(index));
            case CoreType.Global type -> new EndiveExterns.Global(type, instance.global(index));
            case CoreType.Tag _ -> throw new IllegalStateException("tags are refused when a module is compiled");
        };
    }

    @Override
    public void close() {
        owned.close();
    }
}

package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.StackRoom;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ImportValues;
import run.endive.runtime.Instance;
import run.endive.runtime.Machine;
import run.endive.wasm.UnlinkableException;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;

/// A compiled module: the parsed form that instances need, and what makes their machines.
final class EndiveModule implements CoreModule {
    private final WasmModule module;
    private final Function<Instance, Machine> machine;
    private final List<CoreImport> imports;
    private final List<CoreExport> exports;
    private final Map<String, PreparedExport> exportsByName = new LinkedHashMap<>();
    private final List<String> notes;
    private final boolean closedTables;
    private final Imports linker;
    private final MemoryPool pool;

    EndiveModule(
            WasmModule named,
            WasmModule numbered,
            Function<Instance, Machine> machine,
            Set<Integer> interpreted,
            List<String> notes,
            Signatures signatures,
            MemoryPool pool) {
        this.module = numbered;
        this.machine = machine;
        this.imports = named.importSection().stream()
                .map(wanted -> new CoreImport(wanted.module(), wanted.name(), CoreTypes.of(named, wanted)))
                .toList();
        var list = new ArrayList<CoreExport>();
        for (int i = 0; i < named.exportSection().exportCount(); i++) {
            Export export = named.exportSection().getExport(i);
            list.add(new CoreExport(export.name(), CoreTypes.of(named, export)));
            if (exportsByName.put(export.name(), prepared(export, signatures)) != null) {
                throw new IllegalArgumentException("duplicate export name '" + export.name() + "'");
            }
        }
        this.exports = List.copyOf(list);
        this.notes = notes;
        this.closedTables = ModuleChecks.callsIndirectly(numbered, interpreted);
        this.linker = new Imports(imports, numbered, signatures);
        this.pool = pool;
    }

    @Override
    public List<CoreImport> imports() {
        return imports;
    }

    @Override
    public List<CoreExport> exports() {
        return exports;
    }

    @Override
    public List<String> notes() {
        return notes;
    }

    Map<String, PreparedExport> exportsByName() {
        return exportsByName;
    }

    /// An export with what does not depend on the instance.
    ///
    /// @param importPosition of the import that is exported again; -1 when the module defines it itself
    /// @param outgoing only for functions, `(GuestCall, parameters…) → result`
    record PreparedExport(
            CoreType type,
            int index,
            int importPosition,
            @Nullable MethodHandle outgoing) {}

    private PreparedExport prepared(Export export, Signatures signatures) {
        CoreType type = CoreTypes.of(module, export);
        return new PreparedExport(
                type,
                export.index(),
                importPosition(export),
                type instanceof CoreType.Function function ? signatures.outgoing(function) : null);
    }

    private int importPosition(Export export) {
        int seen = 0;
        for (int i = 0; i < module.importSection().importCount(); i++) {
            if (module.importSection().getImport(i).importType() == export.exportType() && seen++ == export.index()) {
                return i;
            }
        }
        return -1;
    }

    @Override
    public CoreInstance instantiate(List<CoreExtern> externs, CoreLimits limits, GuestControl guest) {
        StackRoom.require();
        guest.needsInterrupt();
        ImportValues values = linker.link(externs);
        var owned = new Owned(limits, guest);
        boolean done = false;
        try {
            Instance instance = Instance.builder(module)
                    .withStart(false)
                    .withImportValues(values)
                    .withMachineFactory(machine)
                    .withMemoryFactory(owned::memory)
                    .withTableFactory(owned::table)
                    .build();
            if (closedTables) {
                owned.tables.forEach(table -> table.onlyFor(instance));
            }
            done = true;
            return new EndiveInstance(this, instance, externs, owned, guest);
        } catch (UnlinkableException e) {
            throw new LinkException(String.valueOf(e.getMessage()));
        } catch (Throwable failure) {
            throw Failures.leaving(failure, guest);
        } finally {
            if (!done) {
                owned.close();
            }
        }
    }

    /// The memory and the tables that an instance defines itself.
    final class Owned {
        private final CoreLimits limits;
        private final GuestControl guest;
        private final List<LimitedTable> tables = new ArrayList<>(1);
        private @Nullable Backing backing;

        Owned(CoreLimits limits, GuestControl guest) {
            this.limits = limits;
            this.guest = guest;
        }

        private FlatMemory memory(run.endive.wasm.types.MemoryLimits declared) {
            backing = new Backing(pool, CoreTypes.memory(declared), limits.memoryBytes(), guest);
            return new FlatMemory(backing);
        }

        private LimitedTable table(run.endive.wasm.types.Table declared, int initial) {
            var table = LimitedTable.of(declared, initial, limits.tableElements(), pool.budget());
            tables.add(table);
            return table;
        }

        /// Idempotent.
        void close() {
            tables.forEach(LimitedTable::close);
            tables.clear();
            if (backing != null) {
                backing.close();
                backing = null;
            }
        }
    }
}

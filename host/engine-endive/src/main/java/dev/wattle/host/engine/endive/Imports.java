package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreModule.CoreImport;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.LinkException;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.ImportFunction;
import run.endive.runtime.ImportGlobal;
import run.endive.runtime.ImportMemory;
import run.endive.runtime.ImportTable;
import run.endive.runtime.ImportValue;
import run.endive.runtime.ImportValues;
import run.endive.runtime.WasmFunctionHandle;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;

/// Checks what a module's imports are given, by position, and hands it to Endive. What does not depend on the
/// instance is found once.
final class Imports {
    private final List<Slot> slots = new ArrayList<>();

    /// One import.
    ///
    /// @param functionType only for functions
    /// @param adapter only for functions
    private record Slot(
            CoreImport wanted,
            String number,
            @Nullable FunctionType functionType,
            @Nullable MethodHandle adapter) {
        LinkException mismatch(String found) {
            return new LinkException("import '" + wanted.module() + "' '" + wanted.name() + "' wants " + wanted.type()
                    + ", but is given " + found);
        }
    }

    Imports(List<CoreImport> imports, WasmModule module, Signatures signatures) {
        for (int i = 0; i < imports.size(); i++) {
            CoreImport wanted = imports.get(i);
            FunctionType functionType = module.importSection().getImport(i) instanceof FunctionImport function
                    ? module.typeSection().getType(function.typeIndex())
                    : null;
            MethodHandle adapter =
                    wanted.type() instanceof CoreType.Function function ? signatures.incoming(function) : null;
            slots.add(new Slot(wanted, Integer.toString(i), functionType, adapter));
        }
    }

    ImportValues link(List<CoreExtern> externs) {
        if (externs.size() != slots.size()) {
            throw new LinkException(slots.size() + " imports are wanted, " + externs.size() + " are given");
        }
        var functions = new ArrayList<ImportFunction>(slots.size());
        var values = ImportValues.builder();
        for (int i = 0; i < slots.size(); i++) {
            ImportValue value = value(slots.get(i), externs.get(i));
            switch (value) {
                case ImportFunction function -> functions.add(function);
                case ImportMemory memory -> values.addMemory(memory);
                case ImportTable table -> values.addTable(table);
                case ImportGlobal global -> values.addGlobal(global);
                default -> throw new IllegalStateException("import of kind " + value.type());
            }
        }
        return values.withFunctions(functions).build();
    }

    private static ImportValue value(Slot slot, CoreExtern given) {
        CoreType found = given.type();
        if (!matches(slot.wanted().type(), found)) {
            throw slot.mismatch(found.toString());
        }
        String number = slot.number();
        return switch (given) {
            case CoreExtern.Function function -> function(slot, function);
            case EndiveExterns.Memory memory ->
                new ImportMemory(
                        NumberedImports.MODULE,
                        number,
                        new FlatMemory(memory.memory().backing()));
            case EndiveExterns.Table table -> new ImportTable(NumberedImports.MODULE, number, table.table());
            case EndiveExterns.Global global -> new ImportGlobal(NumberedImports.MODULE, number, global.global());
            default -> throw slot.mismatch("something of another engine");
        };
    }

    private static ImportFunction function(Slot slot, CoreExtern.Function given) {
        FunctionType type = slot.functionType();
        MethodHandle adapter = slot.adapter();
        if (type == null || adapter == null) {
            throw slot.mismatch("a function");
        }
        return new ImportFunction(NumberedImports.MODULE, slot.number(), type, target(slot, given, adapter));
    }

    private static WasmFunctionHandle target(Slot slot, CoreExtern.Function given, MethodHandle adapter) {
        if (given instanceof EndiveExterns.Function guest) {
            return guest.call();
        }
        if (!given.handle().type().equals(CoreTypes.methodType(given.type()))) {
            throw slot.mismatch("a handle of type " + given.handle().type());
        }
        return new HostCall(adapter, given.handle());
    }

    private static boolean matches(CoreType wanted, CoreType found) {
        return switch (wanted) {
            case CoreType.Function function -> function.equals(found);
            case CoreType.Global global -> global.equals(found);
            case CoreType.Tag tag -> tag.equals(found);
            case CoreType.Table table ->
                found instanceof CoreType.Table other
                        && table.element() == other.element()
                        && within(table.minimum(), table.maximum(), other.minimum(), other.maximum());
            case CoreType.Memory memory ->
                found instanceof CoreType.Memory other
                        && within(
                                memory.minimumPages(),
                                memory.maximumPages(),
                                other.minimumPages(),
                                other.maximumPages());
        };
    }

    private static boolean within(long minimum, OptionalLong maximum, long actual, OptionalLong actualMaximum) {
        boolean bounded =
                maximum.isEmpty() || (actualMaximum.isPresent() && actualMaximum.getAsLong() <= maximum.getAsLong());
        return actual >= minimum && bounded;
    }
}

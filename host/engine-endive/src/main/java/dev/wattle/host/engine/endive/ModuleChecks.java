package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.ModuleException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.GlobalImport;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.Instruction;
import run.endive.wasm.types.MemoryImport;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.OpCode;
import run.endive.wasm.types.TableImport;
import run.endive.wasm.types.ValType;

/// Refuses, by name, what Endive lacks or gets wrong, before a guest can meet it.
final class ModuleChecks {
    private static final int VECTOR_PREFIX = 0xFD;
    private static final int ATOMIC_PREFIX = 0xFE;
    private static final int MAX_MEMORIES = 1;

    private final WasmModule module;

    private ModuleChecks(WasmModule module) {
        this.module = module;
    }

    static void check(WasmModule module) {
        var checks = new ModuleChecks(module);
        checks.types();
        checks.memories();
        checks.imports();
        checks.exports();
        checks.tables();
        checks.code();
    }

    static ModuleException unsupported(String what) {
        return new ModuleException(ModuleException.Code.UNSUPPORTED, what, null);
    }

    private void types() {
        for (FunctionType type : module.typeSection().types()) {
            if (type == null) {
                throw unsupported("garbage collection (gc: struct and array types) is not supported");
            }
            if (type.params().contains(ValType.V128) || type.returns().contains(ValType.V128)) {
                throw unsupported("SIMD is not supported: a function type has a v128");
            }
        }
    }

    private void memories() {
        module.memorySection().ifPresent(section -> {
            for (int i = 0; i < section.memoryCount(); i++) {
                memory(section.getMemory(i).limits(), "the memory");
            }
        });
        int own = module.memorySection().map(section -> section.memoryCount()).orElse(0);
        if (own + module.importSection().count(ExternalType.MEMORY) > MAX_MEMORIES) {
            throw unsupported("multiple memories are not supported");
        }
    }

    private static void memory(MemoryLimits limits, String where) {
        if (limits.shared()) {
            throw unsupported("threads are not supported: " + where + " is shared");
        }
    }

    private void imports() {
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import wanted = module.importSection().getImport(i);
            String where = "import '" + wanted.module() + "' '" + wanted.name() + "'";
            switch (wanted) {
                case FunctionImport function -> crossing(module.typeSection().getType(function.typeIndex()), where);
                case GlobalImport global -> {
                    if (global.type().isReference()) {
                        throw unsupported("references across instances are not supported: " + where
                                + " is a global of a reference");
                    }
                    number(global.type(), where);
                }
                case MemoryImport memory -> memory(memory.limits(), where);
                case TableImport table -> {
                    if (table.limits().shared()) {
                        throw unsupported("threads are not supported: " + where + " is shared");
                    }
                }
                default -> throw unsupported("exception tags across instances are not supported: " + where);
            }
        }
    }

    private void exports() {
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            String where = "export '" + export.name() + "'";
            if (export.exportType() == ExternalType.FUNCTION) {
                crossing(functionType(export.index()), where);
            }
            if (export.exportType() == ExternalType.TAG) {
                throw unsupported("exception tags across instances are not supported: " + where);
            }
        }
    }

    private FunctionType functionType(int index) {
        int imported = module.importSection().count(ExternalType.FUNCTION);
        if (index >= imported) {
            return module.typeSection().getType(module.functionSection().getFunctionType(index - imported));
        }
        return module.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .skip(index)
                .findFirst()
                .map(found -> module.typeSection().getType(((FunctionImport) found).typeIndex()))
                .orElseThrow();
    }

    /// A function reference is an index into its own instance: passed to another one, it would name a wrong
    /// function.
    private static void crossing(FunctionType type, String where) {
        type.params().forEach(parameter -> value(parameter, where));
        type.returns().forEach(result -> value(result, where));
    }

    private static void value(ValType type, String where) {
        if (type.isReference()) {
            throw unsupported("references across instances are not supported: " + where + " takes or returns one");
        }
        number(type, where);
    }

    private static void number(ValType type, String where) {
        if (type.equals(ValType.V128)) {
            throw unsupported("SIMD is not supported: " + where + " has a v128");
        }
    }

    private void tables() {
        for (int i = 0; i < module.tableSection().tableCount(); i++) {
            for (Instruction instruction : module.tableSection().getTable(i).initialize()) {
                if (instruction.opcode() != OpCode.REF_NULL && instruction.opcode() != OpCode.END) {
                    throw unsupported("a table with an initial element is not supported: table " + i);
                }
            }
        }
    }

    private void code() {
        IntPredicate shared = new SharedTables(module);
        for (int i = 0; i < module.codeSection().functionBodyCount(); i++) {
            int function = i + module.importSection().count(ExternalType.FUNCTION);
            for (Instruction instruction :
                    module.codeSection().getFunctionBody(i).instructions()) {
                instruction(instruction, function, shared);
            }
        }
    }

    private static void instruction(Instruction instruction, int function, IntPredicate shared) {
        OpCode code = instruction.opcode();
        String where = code.name().toLowerCase(Locale.ROOT) + " in function " + function;
        switch (code.opcode() >> 8) {
            case VECTOR_PREFIX -> throw unsupported("SIMD is not supported: " + where);
            case ATOMIC_PREFIX -> throw unsupported("threads are not supported: " + where);
            default -> {}
        }
        switch (code) {
            // An exception reference is kept by its tag alone: a second exception of that tag would replace the
            // first.
            case THROW_REF -> throw unsupported("exception references are not supported: " + where);
            // A function of another instance would be taken for one of this instance.
            case TABLE_GET -> {
                if (shared.test((int) instruction.operand(0))) {
                    throw unsupported("references across instances are not supported: " + where
                            + " reads a table that is imported or exported");
                }
            }
            // Endive fails when such a call leaves the instance.
            case RETURN_CALL_INDIRECT -> {
                if (shared.test((int) instruction.operand(1))) {
                    throw unsupported("tail calls across instances are not supported: " + where
                            + " uses a table that is imported or exported");
                }
            }
            default -> {}
        }
    }

    /// Interpreted code compares the type indices of two modules when it calls through a table into another
    /// instance.
    static void checkInterpreted(WasmModule module, Set<Integer> interpreted) {
        int importedTables = module.importSection().count(ExternalType.TABLE);
        bodies(module, interpreted)
                .filter(instruction ->
                        instruction.opcode() == OpCode.CALL_INDIRECT && instruction.operand(1) < importedTables)
                .findFirst()
                .ifPresent(_ -> {
                    throw unsupported("a function that is too large for the JVM calls through an imported table");
                });
    }

    /// Does one of these functions call through a table?
    static boolean callsIndirectly(WasmModule module, Set<Integer> functions) {
        return bodies(module, functions).anyMatch(instruction -> instruction.opcode() == OpCode.CALL_INDIRECT);
    }

    private static Stream<? extends Instruction> bodies(WasmModule module, Set<Integer> functions) {
        int imported = module.importSection().count(ExternalType.FUNCTION);
        return functions.stream()
                .flatMap(function -> module.codeSection().getFunctionBody(function - imported).instructions().stream());
    }

    /// Tables that another instance sees, or may fill.
    private record SharedTables(int imported, List<Integer> exported) implements IntPredicate {
        SharedTables(WasmModule module) {
            this(
                    module.importSection().count(ExternalType.TABLE),
                    IntStream.range(0, module.exportSection().exportCount())
                            .mapToObj(module.exportSection()::getExport)
                            .filter(export -> export.exportType() == ExternalType.TABLE)
                            .map(Export::index)
                            .toList());
        }

        @Override
        public boolean test(int table) {
            return table < imported || exported.contains(table);
        }
    }
}

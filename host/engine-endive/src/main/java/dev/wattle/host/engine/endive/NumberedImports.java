package dev.wattle.host.engine.endive;

import run.endive.wasm.WasmModule;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.GlobalImport;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.ImportSection;
import run.endive.wasm.types.MemoryImport;
import run.endive.wasm.types.TableImport;

/// Renames a module's imports to their positions: Endive resolves imports by name, but two may have the same
/// name, and ours are given by position.
final class NumberedImports {
    /// The module name of all of them.
    static final String MODULE = "";

    private NumberedImports() {}

    static WasmModule of(WasmModule module) {
        var imports = ImportSection.builder();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            imports.addImport(renamed(module.importSection().getImport(i), Integer.toString(i)));
        }
        var builder = WasmModule.builder()
                .setTypeSection(module.typeSection())
                .setImportSection(imports.build())
                .setFunctionSection(module.functionSection())
                .setTableSection(module.tableSection())
                .setMemorySection(module.memorySection().orElse(null))
                .setGlobalSection(module.globalSection())
                .setExportSection(module.exportSection())
                .setStartSection(module.startSection().orElse(null))
                .setElementSection(module.elementSection())
                .setCodeSection(module.codeSection())
                .setDataSection(module.dataSection())
                .setDataCountSection(module.dataCountSection().orElse(null))
                .setTagSection(module.tagSection().orElse(null))
                .withValidation(false);
        return builder.build();
    }

    private static Import renamed(Import original, String name) {
        return switch (original) {
            case FunctionImport function -> new FunctionImport(MODULE, name, function.typeIndex());
            case TableImport table -> new TableImport(MODULE, name, table.entryType(), table.limits());
            case MemoryImport memory -> new MemoryImport(MODULE, name, memory.limits());
            case GlobalImport global -> new GlobalImport(MODULE, name, global.mutabilityType(), global.type());
            default -> throw new IllegalStateException("import of kind " + original.importType());
        };
    }
}

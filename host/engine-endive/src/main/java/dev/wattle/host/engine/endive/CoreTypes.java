package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.CoreType.Value;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.OptionalLong;
import run.endive.wasm.WasmModule;
import run.endive.wasm.types.Export;
import run.endive.wasm.types.ExternalType;
import run.endive.wasm.types.FunctionImport;
import run.endive.wasm.types.FunctionType;
import run.endive.wasm.types.GlobalImport;
import run.endive.wasm.types.Import;
import run.endive.wasm.types.MemoryImport;
import run.endive.wasm.types.MemoryLimits;
import run.endive.wasm.types.MutabilityType;
import run.endive.wasm.types.TableImport;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.TagImport;
import run.endive.wasm.types.ValType;

/// Endive's types as ours. Only for modules that [ModuleChecks] let through.
final class CoreTypes {
    /// 4 GiB: the most that a memory of 32-bit addresses can have.
    static final int MAXIMUM_PAGES = MemoryLimits.MAX_PAGES;

    private CoreTypes() {}

    static CoreType of(WasmModule module, Import wanted) {
        return switch (wanted) {
            case FunctionImport function -> function(module.typeSection().getType(function.typeIndex()));
            case TableImport table -> table(table.entryType(), table.limits());
            case MemoryImport memory -> memory(memory.limits());
            case GlobalImport global -> global(global.type(), global.mutabilityType());
            case TagImport tag ->
                new CoreType.Tag(
                        function(module.typeSection().getType(tag.tagType().typeIdx())));
            default -> throw new IllegalStateException("import of kind " + wanted.importType());
        };
    }

    static CoreType of(WasmModule module, Export export) {
        int imported = module.importSection().count(export.exportType());
        int index = export.index();
        if (index < imported) {
            return of(module, imported(module, export.exportType(), index));
        }
        int own = index - imported;
        return switch (export.exportType()) {
            case FUNCTION ->
                function(module.typeSection().getType(module.functionSection().getFunctionType(own)));
            case TABLE -> {
                var table = module.tableSection().getTable(own);
                yield table(table.elementType(), table.limits());
            }
            case MEMORY ->
                memory(module.memorySection().orElseThrow().getMemory(own).limits());
            case GLOBAL -> {
                var global = module.globalSection().globals()[own];
                yield global(global.valueType(), global.mutabilityType());
            }
            case TAG -> {
                var tag = module.tagSection().orElseThrow().types()[own];
                yield new CoreType.Tag(function(module.typeSection().getType(tag.typeIdx())));
            }
        };
    }

    private static Import imported(WasmModule module, ExternalType kind, int index) {
        return module.importSection().stream()
                .filter(candidate -> candidate.importType() == kind)
                .skip(index)
                .findFirst()
                .orElseThrow();
    }

    static CoreType.Function function(FunctionType type) {
        return new CoreType.Function(values(type.params()), values(type.returns()));
    }

    private static List<Value> values(List<ValType> types) {
        return types.stream().map(CoreTypes::value).toList();
    }

    private static CoreType.Table table(ValType element, TableLimits limits) {
        OptionalLong maximum =
                limits.max() == TableLimits.LIMIT_MAX ? OptionalLong.empty() : OptionalLong.of(limits.max());
        return new CoreType.Table(value(element), limits.min(), maximum);
    }

    static CoreType.Memory memory(MemoryLimits limits) {
        OptionalLong maximum =
                limits.maximumPages() == MAXIMUM_PAGES ? OptionalLong.empty() : OptionalLong.of(limits.maximumPages());
        return new CoreType.Memory(limits.initialPages(), maximum);
    }

    private static CoreType.Global global(ValType type, MutabilityType mutability) {
        return new CoreType.Global(value(type), mutability == MutabilityType.Var);
    }

    static Value value(ValType type) {
        return switch (type.opcode()) {
            case ValType.ID.I32 -> Value.I32;
            case ValType.ID.I64 -> Value.I64;
            case ValType.ID.F32 -> Value.F32;
            case ValType.ID.F64 -> Value.F64;
            case ValType.ID.V128 -> Value.V128;
            default -> type.equals(ValType.ExternRef) ? Value.EXTERNREF : Value.FUNCREF;
        };
    }

    /// The exact Java type of a function's handle.
    static MethodType methodType(CoreType.Function type) {
        Class<?> result = switch (type.results().size()) {
            case 0 -> void.class;
            case 1 -> javaType(type.results().getFirst());
            default -> Object[].class;
        };
        return MethodType.methodType(
                result, type.parameters().stream().map(CoreTypes::javaType).toArray(Class<?>[]::new));
    }

    static Class<?> javaType(Value value) {
        return switch (value) {
            case I32 -> int.class;
            case I64 -> long.class;
            case F32 -> float.class;
            case F64 -> double.class;
            case V128, FUNCREF, EXTERNREF, EXNREF, OTHERREF -> Object.class;
        };
    }
}

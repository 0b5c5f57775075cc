package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.jvm.binary.FunctionType;
import dev.wattle.host.engine.jvm.binary.HeapType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import java.util.List;

/// The types of a module in the words of the contract.
final class CoreTypes {
    private CoreTypes() {}

    static CoreType of(WasmModule module, WasmModule.ExternKind kind, int index) {
        return switch (kind) {
            case FUNCTION -> of(module.function(index));
            case TABLE -> of(module.tables().get(index));
            case MEMORY -> of(module.memories().get(index));
            case GLOBAL -> of(module.globals().get(index));
            case TAG -> new CoreType.Tag(of(module.tags().get(index).function()));
        };
    }

    static CoreType.Function of(FunctionType type) {
        return new CoreType.Function(all(type.parameters()), all(type.results()));
    }

    static CoreType.Table of(WasmModule.Table table) {
        return new CoreType.Table(of(table.element()), table.minimum(), table.maximum());
    }

    static CoreType.Memory of(WasmModule.Memory memory) {
        return new CoreType.Memory(memory.minimumPages(), memory.maximumPages());
    }

    static CoreType.Global of(WasmModule.Global global) {
        return new CoreType.Global(of(global.type()), global.mutable());
    }

    private static List<CoreType.Value> all(List<ValueType> types) {
        return types.stream().map(CoreTypes::of).toList();
    }

    private static CoreType.Value of(ValueType type) {
        return switch (type) {
            case ValueType.Number number ->
                switch (number) {
                    case I32 -> CoreType.Value.I32;
                    case I64 -> CoreType.Value.I64;
                    case F32 -> CoreType.Value.F32;
                    case F64 -> CoreType.Value.F64;
                    case V128 -> CoreType.Value.V128;
                };
            case ValueType.Reference reference -> of(reference);
        };
    }

    private static CoreType.Value of(ValueType.Reference reference) {
        if (!reference.nullable() || !(reference.heap() instanceof HeapType.Abstract heap)) {
            return CoreType.Value.OTHERREF;
        }
        return switch (heap) {
            case FUNC -> CoreType.Value.FUNCREF;
            case EXTERN -> CoreType.Value.EXTERNREF;
            case EXN -> CoreType.Value.EXNREF;
            case NOFUNC, NOEXTERN, NOEXN -> CoreType.Value.OTHERREF;
        };
    }
}

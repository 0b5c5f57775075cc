package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Bytecode that calls a function of the host in the place of a guest's: arguments and results change their
/// form, and what it throws is wrapped.
final class HostCall {
    static final ClassDesc HANDLE = ConstantDescs.CD_MethodHandle;

    private static final ClassDesc ROOM = ClassDesc.of("dev.wattle.host.engine.StackRoom");
    private static final ClassDesc FAILURE = ClassDesc.of("dev.wattle.host.engine.jvm.runtime.HostFailure");

    private final Signature signature;
    private final int firstSlot;
    private final Consumer<CodeBuilder> scratch;

    /// @param firstSlot of the arguments
    /// @param scratch pushes the scratch area
    HostCall(Signature signature, int firstSlot, Consumer<CodeBuilder> scratch) {
        this.signature = signature;
        this.firstSlot = firstSlot;
        this.scratch = scratch;
    }

    /// The whole of a method. Asks for room first, so that it is the guest's stack that ends, and not the host's
    /// within its function.
    ///
    /// @param handle pushes the handle, and what comes before the function's own arguments
    /// @param before the types of that
    void body(CodeBuilder out, Consumer<CodeBuilder> handle, ClassDesc... before) {
        out.invokestatic(ROOM, "require", MethodTypeDesc.of(ConstantDescs.CD_void));
        out.trying(
                block -> plain(block, handle, before),
                catches -> catches.catchingAll(block -> block.invokestatic(
                                FAILURE,
                                "of",
                                MethodTypeDesc.of(
                                        ClassDesc.of("java.lang.RuntimeException"), ConstantDescs.CD_Throwable))
                        .athrow()));
    }

    /// The same of code that is treated as if it were a guest's.
    void plain(CodeBuilder out, Consumer<CodeBuilder> handle, ClassDesc... before) {
        handle.accept(out);
        pushArguments(out);
        out.invokevirtual(HANDLE, "invokeExact", contractType(before));
        takeResults(out);
        out.return_(signature.result == null ? TypeKind.VOID : signature.result.type);
    }

    private void pushArguments(CodeBuilder out) {
        int slot = firstSlot;
        for (int i = 0; i < signature.parameters.size(); i++) {
            ValueType parameter = signature.parameters.get(i);
            boolean vector = Kind.isVector(parameter);
            if (vector) {
                out.new_(Runtime.VECTOR).dup();
            }
            for (int half = 0; half < (vector ? 2 : 1); half++) {
                Kind kind = Kind.of(parameter);
                if (signature.scratched) {
                    scratch.accept(out);
                    ScratchCode.load(out, 2 * i + half, kind);
                } else {
                    out.loadLocal(kind.type, slot);
                    slot += kind.slots();
                }
            }
            if (vector) {
                out.invokespecial(
                        Runtime.VECTOR,
                        ConstantDescs.INIT_NAME,
                        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long, ConstantDescs.CD_long));
            }
        }
    }

    /// The handle's type, as the engine's contract has it.
    private MethodTypeDesc contractType(ClassDesc... before) {
        List<ClassDesc> parameters = new ArrayList<>(List.of(before));
        signature.parameters.forEach(parameter -> parameters.add(contract(parameter)));
        ClassDesc result = switch (signature.results.size()) {
            case 0 -> ConstantDescs.CD_void;
            case 1 -> contract(signature.results.getFirst());
            default -> Runtime.OBJECTS;
        };
        return MethodTypeDesc.of(result, parameters);
    }

    private static ClassDesc contract(ValueType type) {
        return Kind.isVector(type) ? Runtime.VECTOR : Kind.of(type).descriptor;
    }

    /// What the handle returned, as the guest takes it.
    private void takeResults(CodeBuilder out) {
        if (signature.isSimple()) {
            return;
        }
        scratch.accept(out);
        if (signature.results.size() == 1) {
            invokeSupport(out, "vector", ConstantDescs.CD_long, Runtime.VECTOR, Runtime.SCRATCH);
            return;
        }
        var letters = new StringBuilder();
        for (ValueType result : signature.results) {
            letters.append(Kind.isVector(result) ? 'v' : Kind.of(result).letter);
        }
        out.loadConstant(letters.toString());
        invokeSupport(out, "spread", ConstantDescs.CD_void, Runtime.OBJECTS, Runtime.SCRATCH, ConstantDescs.CD_String);
        scratch.accept(out);
        ScratchCode.load(out, 0, Kind.of(signature.results.getFirst()));
    }

    private static void invokeSupport(CodeBuilder out, String name, ClassDesc result, ClassDesc... parameters) {
        out.invokestatic(
                ClassDesc.of("dev.wattle.host.engine.jvm.runtime.HostResults"),
                name,
                MethodTypeDesc.of(result, parameters));
    }
}

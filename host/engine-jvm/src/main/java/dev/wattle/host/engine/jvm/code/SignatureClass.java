package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Makes the class of a function type, and the class of the host's functions of that type.
final class SignatureClass {
    static final MethodTypeDesc INIT = MethodTypeDesc.of(ConstantDescs.CD_void, Runtime.INSTANCE);
    static final MethodTypeDesc BIND = MethodTypeDesc.of(Runtime.FUNCTION, Runtime.INSTANCE);
    static final MethodTypeDesc RESUME = MethodTypeDesc.of(ConstantDescs.CD_void, Runtime.SCRATCH);

    private static final ClassDesc HANDLE = ConstantDescs.CD_MethodHandle;
    private static final ClassDesc FAILURE = ClassDesc.of("dev.wattle.host.engine.jvm.runtime.HostFailure");
    private static final ClassDesc ROOM = ClassDesc.of("dev.wattle.host.engine.StackRoom");
    private static final MethodTypeDesc HOST_INIT = MethodTypeDesc.of(ConstantDescs.CD_void, HANDLE, Runtime.SCRATCH);

    private final Signature signature;
    private final ClassDesc host;

    SignatureClass(Signature signature) {
        this.signature = signature;
        this.host = ClassDesc.of(Signature.PACKAGE, hostName(signature));
    }

    static String hostName(Signature signature) {
        return "H_" + signature.type.id();
    }

    byte[] make() {
        ClassDesc owner = signature.signatureClass;
        return Classes.build(owner, type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT | ClassFile.ACC_SUPER);
            type.withSuperclass(Runtime.FUNCTION);
            type.withMethodBody(
                    ConstantDescs.INIT_NAME,
                    INIT,
                    ClassFile.ACC_PUBLIC,
                    out -> out.aload(0)
                            .aload(1)
                            .invokespecial(Runtime.FUNCTION, ConstantDescs.INIT_NAME, INIT)
                            .return_());
            type.withMethod("call", signature.call, ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT, _ -> {});
            type.withMethodBody("resume", RESUME, ClassFile.ACC_PUBLIC, this::resume);
        });
    }

    private void resume(CodeBuilder out) {
        out.aload(0);
        if (!signature.scratched) {
            for (int i = 0; i < signature.parameters.size(); i++) {
                ValueType parameter = signature.parameters.get(i);
                out.aload(1);
                ScratchCode.load(out, 2 * i, Kind.of(parameter));
                if (Kind.isVector(parameter)) {
                    out.aload(1);
                    ScratchCode.load(out, 2 * i + 1, Kind.LONG);
                }
            }
        }
        out.invokevirtual(signature.signatureClass, "call", signature.call);
        ScratchCode.storeFirst(out, signature.result, 1);
        out.return_();
    }

    byte[] makeHost() {
        return Classes.build(host, type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            type.withSuperclass(signature.signatureClass);
            type.withField("handle", HANDLE, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            type.withField("scratch", Runtime.SCRATCH, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            type.withMethodBody(ConstantDescs.INIT_NAME, HOST_INIT, ClassFile.ACC_PUBLIC, out -> {
                out.aload(0).aconst_null();
                out.invokespecial(signature.signatureClass, ConstantDescs.INIT_NAME, INIT);
                out.aload(0).aload(1).putfield(host, "handle", HANDLE);
                out.aload(0).aload(2).putfield(host, "scratch", Runtime.SCRATCH).return_();
            });
            type.withMethodBody(
                    "bind", BIND, ClassFile.ACC_PUBLIC, out -> out.aload(0).areturn());
            type.withMethodBody("call", signature.call, ClassFile.ACC_PUBLIC, this::callHost);
        });
    }

    /// Asks for room first, so that it is the guest's stack that ends, and not the host's within its function.
    private void callHost(CodeBuilder out) {
        out.invokestatic(ROOM, "require", MethodTypeDesc.of(ConstantDescs.CD_void));
        out.trying(
                block -> {
                    block.aload(0).getfield(host, "handle", HANDLE);
                    pushArguments(block);
                    block.invokevirtual(HANDLE, "invokeExact", contractType());
                    takeResults(block);
                    block.return_(signature.result == null ? TypeKind.VOID : signature.result.type);
                },
                catches -> catches.catchingAll(block -> block.invokestatic(
                                FAILURE,
                                "of",
                                MethodTypeDesc.of(
                                        ClassDesc.of("java.lang.RuntimeException"), ConstantDescs.CD_Throwable))
                        .athrow()));
    }

    private void pushArguments(CodeBuilder out) {
        int slot = 1;
        for (int i = 0; i < signature.parameters.size(); i++) {
            ValueType parameter = signature.parameters.get(i);
            boolean vector = Kind.isVector(parameter);
            if (vector) {
                out.new_(Runtime.VECTOR).dup();
            }
            for (int half = 0; half < (vector ? 2 : 1); half++) {
                Kind kind = Kind.of(parameter);
                if (signature.scratched) {
                    out.aload(0).getfield(host, "scratch", Runtime.SCRATCH);
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
    private MethodTypeDesc contractType() {
        List<ClassDesc> parameters =
                signature.parameters.stream().map(SignatureClass::contract).toList();
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
        out.aload(0).getfield(host, "scratch", Runtime.SCRATCH);
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
        out.aload(0).getfield(host, "scratch", Runtime.SCRATCH);
        ScratchCode.load(out, 0, Kind.of(signature.results.getFirst()));
    }

    private static void invokeSupport(CodeBuilder out, String name, ClassDesc result, ClassDesc... parameters) {
        out.invokestatic(
                ClassDesc.of("dev.wattle.host.engine.jvm.runtime.HostResults"),
                name,
                MethodTypeDesc.of(result, parameters));
    }
}

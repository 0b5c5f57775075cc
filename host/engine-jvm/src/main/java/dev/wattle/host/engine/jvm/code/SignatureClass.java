package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// Makes the class of a function type, and the class of the host's functions of that type.
final class SignatureClass {
    static final MethodTypeDesc INIT = MethodTypeDesc.of(ConstantDescs.CD_void, Runtime.INSTANCE);
    static final MethodTypeDesc BIND = MethodTypeDesc.of(Runtime.FUNCTION, Runtime.INSTANCE);
    static final MethodTypeDesc RESUME = MethodTypeDesc.of(ConstantDescs.CD_void, Runtime.SCRATCH);

    private static final ClassDesc HANDLE = HostCall.HANDLE;
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

    private void callHost(CodeBuilder out) {
        new HostCall(signature, 1, each -> each.aload(0).getfield(host, "scratch", Runtime.SCRATCH))
                .body(out, each -> each.aload(0).getfield(host, "handle", HANDLE));
    }
}

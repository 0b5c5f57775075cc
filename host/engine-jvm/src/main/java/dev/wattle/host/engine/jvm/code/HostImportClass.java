package dev.wattle.host.engine.jvm.code;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/// Makes the class of an import that is wired to code of the host: a static method that calls it as a constant,
/// and references to it as objects.
final class HostImportClass {
    private static final String SELF = "self";
    private static final String CODE = "code";
    private static final int PUBLIC_STATIC = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;
    private static final ClassDesc HOST_CODE = ClassDesc.of("dev.wattle.host.engine.jvm.runtime.HostCode");

    private final ModuleShape shape;
    private final int function;
    private final Signature signature;
    private final CallTarget target;
    private final ClassDesc owner;

    HostImportClass(ModuleShape shape, int function) {
        this.shape = shape;
        this.function = function;
        this.signature = shape.signatureOf(function);
        this.target = shape.target(function);
        this.owner = target.owner();
    }

    /// Of the constructor.
    static MethodTypeDesc constructor(ModuleShape shape) {
        return MethodTypeDesc.of(ConstantDescs.CD_void, shape.instance);
    }

    byte[] make() {
        return Classes.build(owner, type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            type.withSuperclass(signature.signatureClass);
            type.withField(CODE, HostCall.HANDLE, ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
            type.withField(SELF, shape.instance, ClassFile.ACC_PRIVATE | ClassFile.ACC_FINAL);
            type.withMethodBody(
                    ConstantDescs.CLASS_INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_STATIC, this::initialize);
            type.withMethodBody(target.method(), target.type(), PUBLIC_STATIC, this::body);
            reference(type);
        });
    }

    private void initialize(CodeBuilder out) {
        out.loadConstant(owner).loadConstant(function);
        out.invokestatic(
                HOST_CODE,
                "of",
                MethodTypeDesc.of(HostCall.HANDLE, ConstantDescs.CD_Class, ConstantDescs.CD_int),
                true);
        out.putstatic(owner, CODE, HostCall.HANDLE).return_();
    }

    private void body(CodeBuilder out) {
        int self = out.parameterSlot(target.type().parameterCount() - 1);
        Member context = shape.wired(function);
        var call = new HostCall(
                signature, 0, each -> each.aload(self).getfield(Runtime.INSTANCE, "scratch", Runtime.SCRATCH));
        Consumer<CodeBuilder> handle = each -> each.getstatic(owner, CODE, HostCall.HANDLE)
                .aload(self)
                .getfield(shape.instance, context.name(), ConstantDescs.CD_Object);
        if (shape.importCode(function) instanceof ImportCode.OfHost(var _, var adapter) && adapter) {
            call.plain(out, handle, ConstantDescs.CD_Object);
        } else {
            call.body(out, handle, ConstantDescs.CD_Object);
        }
    }

    private void reference(ClassBuilder type) {
        type.withMethodBody(ConstantDescs.INIT_NAME, constructor(shape), ClassFile.ACC_PUBLIC, out -> {
            out.aload(0).aconst_null();
            out.invokespecial(signature.signatureClass, ConstantDescs.INIT_NAME, SignatureClass.INIT);
            out.aload(0).aload(1).putfield(owner, SELF, shape.instance).return_();
        });
        type.withMethodBody(
                "bind",
                SignatureClass.BIND,
                ClassFile.ACC_PUBLIC,
                out -> out.aload(0).areturn());
        type.withMethodBody("call", signature.call, ClassFile.ACC_PUBLIC, out -> {
            for (int i = 0; i < signature.call.parameterCount(); i++) {
                out.loadLocal(TypeKind.from(signature.call.parameterType(i)), out.parameterSlot(i));
            }
            out.aload(0).getfield(owner, SELF, shape.instance);
            out.invokestatic(owner, target.method(), target.type());
            out.return_(signature.result == null ? TypeKind.VOID : signature.result.type);
        });
    }
}

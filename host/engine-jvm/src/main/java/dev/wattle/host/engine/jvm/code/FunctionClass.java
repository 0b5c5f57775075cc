package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/// The class of a function: its code as a static method, and references to it as objects.
final class FunctionClass {
    /// The static method that calls the code and makes the tail calls that it leaves pending.
    static final String DRIVE = "drive";

    private static final String SELF = "self";
    private static final int PUBLIC_STATIC = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC;

    private final ModuleShape shape;
    private final int function;
    private final Signature signature;
    private final ClassDesc owner;
    private final MethodTypeDesc body;
    private final boolean leavesCallsPending;

    FunctionClass(ModuleShape shape, int function) {
        this.shape = shape;
        this.function = function;
        this.signature = shape.signatureOf(function);
        this.owner = shape.functionClass(function);
        this.body = signature.body(shape.instance);
        this.leavesCallsPending = shape.leavesCallsPending(function);
    }

    /// The class, and those with chunks of a function that is cut.
    GeneratedClasses make() {
        Translation translation = Translator.translate(shape, function);
        var classes = new GeneratedClasses();
        byte[] bytes = Classes.build(owner, type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            type.withSuperclass(signature.signatureClass);
            type.withField(SELF, shape.instance, ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL);
            reference(type);
            code(type, translation, classes);
            if (leavesCallsPending) {
                type.withMethodBody(DRIVE, body, PUBLIC_STATIC, this::drive);
                type.withMethodBody("resume", SignatureClass.RESUME, ClassFile.ACC_PUBLIC, this::resume);
            }
        });
        classes.add(owner, bytes);
        return classes;
    }

    private void code(ClassBuilder type, Translation translation, GeneratedClasses classes) {
        if (translation.code.size() > shape.options.maxMethodBytes()) {
            new SplitFunction(translation, classes).add(type);
            return;
        }
        type.withMethodBody(shape.functionName(function), body, PUBLIC_STATIC, out -> {
            var emitter = new Emitter(out, translation);
            emitter.parameters();
            emitter.emit(translation.code.first(), null);
            emitter.handlers();
        });
    }

    private void reference(ClassBuilder type) {
        MethodTypeDesc constructor = MethodTypeDesc.of(ConstantDescs.CD_void, shape.instance);
        type.withMethodBody(ConstantDescs.INIT_NAME, constructor, ClassFile.ACC_PUBLIC, out -> {
            out.aload(0).aload(1).invokespecial(signature.signatureClass, ConstantDescs.INIT_NAME, SignatureClass.INIT);
            out.aload(0).aload(1).putfield(owner, SELF, shape.instance).return_();
        });
        type.withMethodBody("bind", SignatureClass.BIND, ClassFile.ACC_PUBLIC, out -> {
            out.new_(owner).dup().aload(1).checkcast(shape.instance);
            out.invokespecial(owner, ConstantDescs.INIT_NAME, constructor).areturn();
        });
        type.withMethodBody("call", signature.call, ClassFile.ACC_PUBLIC, out -> {
            pushParameters(out, 1);
            out.aload(0).getfield(owner, SELF, shape.instance);
            String name = leavesCallsPending ? DRIVE : shape.functionName(function);
            out.invokestatic(owner, name, body);
            returns(out);
        });
    }

    /// @return the slot after them
    private int pushParameters(CodeBuilder out, int first) {
        int slot = first;
        for (ClassDesc parameter : signature.call.parameterList()) {
            TypeKind kind = TypeKind.from(parameter);
            out.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
        return slot;
    }

    private void returns(CodeBuilder out) {
        out.return_(signature.result == null ? TypeKind.VOID : signature.result.type);
    }

    private void drive(CodeBuilder out) {
        int self = pushParameters(out, 0);
        out.aload(self).invokestatic(owner, shape.functionName(function), body);
        Label done = out.newLabel();
        out.aload(self).getfield(Runtime.INSTANCE, "scratch", Runtime.SCRATCH);
        out.getfield(Runtime.SCRATCH, "pending", Runtime.FUNCTION).ifnull(done);
        if (signature.result != null) {
            out.with(SimpleInstructions.of(
                    signature.result.slots() == 2 ? java.lang.classfile.Opcode.POP2 : java.lang.classfile.Opcode.POP));
        }
        out.aload(self);
        out.invokestatic(Runtime.SUPPORT, DRIVE, MethodTypeDesc.of(ConstantDescs.CD_void, Runtime.INSTANCE));
        if (signature.result != null) {
            out.aload(self).getfield(Runtime.INSTANCE, "scratch", Runtime.SCRATCH);
            ScratchCode.load(out, 0, signature.result);
        }
        out.labelBinding(done);
        returns(out);
    }

    /// Takes the arguments from the scratch area, and puts the result there; leaves pending what the code does.
    private void resume(CodeBuilder out) {
        if (!signature.scratched) {
            int index = 0;
            for (ValueType parameter : signature.parameters) {
                out.aload(1);
                ScratchCode.load(out, 2 * index, Kind.of(parameter));
                if (Kind.isVector(parameter)) {
                    out.aload(1);
                    ScratchCode.load(out, 2 * index + 1, Kind.LONG);
                }
                index++;
            }
        }
        out.aload(0).getfield(owner, SELF, shape.instance);
        out.invokestatic(owner, shape.functionName(function), body);
        if (signature.result != null) {
            storeUnlessPending(out, signature.result);
        }
        out.return_();
    }

    /// While a call is pending, its arguments are where the result would be.
    private static void storeUnlessPending(CodeBuilder out, Kind result) {
        Label pending = out.newLabel();
        Label done = out.newLabel();
        out.aload(1).getfield(Runtime.SCRATCH, "pending", Runtime.FUNCTION).ifnonnull(pending);
        ScratchCode.storeFirst(out, result, 1);
        out.goto_(done).labelBinding(pending);
        out.with(SimpleInstructions.of(
                result.slots() == 2 ? java.lang.classfile.Opcode.POP2 : java.lang.classfile.Opcode.POP));
        out.labelBinding(done);
    }
}

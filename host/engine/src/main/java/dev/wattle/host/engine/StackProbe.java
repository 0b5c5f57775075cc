package dev.wattle.host.engine;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/// A method with a large frame, which calls itself: `long descend(int frames, long[] values)`. A few such calls
/// touch as much stack as very many ordinary ones.
///
/// The frame is large because, when there are values, all of them are loaded before a call and used after
/// it, so that they are kept on the stack meanwhile. Generated, because nobody wants to read that many locals.
final class StackProbe {
    /// 4 KiB of frame. The bytecode stays well below the 8,000 bytes that compilers accept.
    static final int VALUES = 512;

    private static final ClassDesc SELF = ClassDesc.of("dev.wattle.host.engine.StackProbe$Descent");
    private static final MethodTypeDesc TYPE =
            MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_int, ConstantDescs.CD_long.arrayType());

    /// The first local after the two parameters.
    private static final int FIRST = 2;

    private StackProbe() {}

    /// Of type `(int, long[]) → long`.
    static MethodHandle handle() {
        byte[] bytes = ClassFile.of()
                .build(
                        SELF,
                        type -> type.withFlags(ClassFile.ACC_FINAL)
                                .withMethodBody("descend", TYPE, ClassFile.ACC_STATIC, StackProbe::descend));
        try {
            MethodHandles.Lookup hidden = MethodHandles.lookup().defineHiddenClass(bytes, true);
            return hidden.findStatic(
                    hidden.lookupClass(), "descend", MethodType.methodType(long.class, int.class, long[].class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static void descend(CodeBuilder code) {
        Label narrow = code.newLabel();
        Label last = code.newLabel();
        code.aload(1).ifnull(narrow);
        for (int i = 0; i < VALUES; i++) {
            code.aload(1).loadConstant(i).laload().lstore(FIRST + 2 * i);
        }
        code.iconst_0().aconst_null().invokestatic(SELF, "descend", TYPE);
        for (int i = 0; i < VALUES; i++) {
            code.lload(FIRST + 2 * i).lxor();
        }
        code.lreturn();
        code.labelBinding(narrow).iload(0).ifeq(last);
        code.iload(0)
                .iconst_1()
                .isub()
                .aconst_null()
                .invokestatic(SELF, "descend", TYPE)
                .lreturn();
        code.labelBinding(last).lconst_0().lreturn();
    }
}

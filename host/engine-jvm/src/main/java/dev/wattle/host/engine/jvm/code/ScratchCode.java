package dev.wattle.host.engine.jvm.code;

import java.lang.classfile.CodeBuilder;
import org.jspecify.annotations.Nullable;

/// Bytecode that reads and writes the scratch area, where no nodes are.
final class ScratchCode {
    private ScratchCode() {}

    /// Pushes the value of a word, or of the reference `word / 2`, of the scratch area on the stack.
    static void load(CodeBuilder out, int word, Kind kind) {
        if (kind == Kind.REFERENCE) {
            out.getfield(Runtime.SCRATCH, "references", Runtime.OBJECTS);
            out.loadConstant(word / 2).aaload();
            return;
        }
        out.getfield(Runtime.SCRATCH, "words", Runtime.LONGS).loadConstant(word).laload();
        fromWord(out, kind);
    }

    static void fromWord(CodeBuilder out, Kind kind) {
        switch (kind) {
            case INT -> out.l2i();
            case FLOAT -> {
                out.l2i();
                invoke(out, Runtime.BITS_FLOAT);
            }
            case DOUBLE -> invoke(out, Runtime.BITS_DOUBLE);
            case LONG, REFERENCE -> {}
        }
    }

    static void toWord(CodeBuilder out, Kind kind) {
        switch (kind) {
            case INT -> out.i2l();
            case FLOAT -> {
                invoke(out, Runtime.FLOAT_BITS);
                out.i2l();
            }
            case DOUBLE -> invoke(out, Runtime.DOUBLE_BITS);
            case LONG, REFERENCE -> {}
        }
    }

    static void invoke(CodeBuilder out, Member member) {
        out.invoke(
                member.opcode(),
                member.owner(),
                member.name(),
                java.util.Objects.requireNonNull(member.method()),
                false);
    }

    /// Stores the first result, which is on the stack, as value 0 of the scratch area in that slot.
    static void storeFirst(CodeBuilder out, @Nullable Kind result, int scratch) {
        if (result == null) {
            return;
        }
        toWord(out, result);
        boolean reference = result == Kind.REFERENCE;
        int value = out.allocateLocal(reference ? Kind.REFERENCE.type : Kind.LONG.type);
        out.storeLocal(reference ? Kind.REFERENCE.type : Kind.LONG.type, value);
        out.aload(scratch);
        if (reference) {
            out.getfield(Runtime.SCRATCH, "references", Runtime.OBJECTS)
                    .iconst_0()
                    .aload(value)
                    .aastore();
        } else {
            out.getfield(Runtime.SCRATCH, "words", Runtime.LONGS)
                    .iconst_0()
                    .lload(value)
                    .lastore();
        }
    }
}

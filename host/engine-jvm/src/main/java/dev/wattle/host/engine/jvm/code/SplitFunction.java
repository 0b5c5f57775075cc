package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.code.ChunkPlan.Chunk;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A function that is cut into chunks: methods on a common frame, which has its variables, and a loop that
/// calls the chunk that is next. Where chunks are many, groups of them have classes of their own, and where
/// they are more still, loops of their own.
final class SplitFunction {
    private static final int STATIC = ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC;

    /// A class has 65,535 constants at most: of a group, all code together stays about below this.
    private static final int GROUP_BYTES = 1 << 16;

    /// Chunks of a group, at least and at most, as powers of two: its loop must be compiled by HotSpot.
    private static final int MIN_SHIFT = 4;

    private static final int MAX_SHIFT = 8;

    /// Up to so many chunks, the function's own loop calls each, whichever class it is in: with the 18 bytes
    /// that each takes in the loop, HotSpot still compiles that.
    private static final int MAX_DIRECT = 400;

    private final Translation translation;
    private final GeneratedClasses classes;
    private final ModuleShape shape;
    private final ClassDesc frame;
    private final MethodTypeDesc chunkType;
    private final ChunkPlan plan;
    private final List<Chunk> chunks;
    private final int groupShift;
    private final boolean grouped;
    private final boolean direct;

    SplitFunction(Translation translation, GeneratedClasses classes) {
        this.translation = translation;
        this.classes = classes;
        this.shape = translation.shape;
        this.frame = shape.frameClass(translation.function);
        this.chunkType = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, frame, shape.instance);
        this.plan = new ChunkPlan(translation);
        this.chunks = plan.chunks();
        int chunkBytes = Math.max(1, translation.code.size() / chunks.size());
        int shift = 31 - Integer.numberOfLeadingZeros(Math.max(1, GROUP_BYTES / chunkBytes));
        this.groupShift = Math.clamp(shift, MIN_SHIFT, MAX_SHIFT);
        this.grouped = chunks.size() > 1 << groupShift;
        this.direct = chunks.size() <= MAX_DIRECT;
    }

    /// Adds the function's static method to its class.
    void add(ClassBuilder type) {
        if (grouped) {
            for (int i = 0; i < groups(); i++) {
                addGroup(i);
            }
        } else {
            chunks.forEach(chunk -> addChunk(type, chunk));
        }
        type.withMethodBody(
                shape.functionName(translation.function), translation.signature.body(shape.instance), STATIC, out -> {
                    int last = enter(out);
                    loop(out, last);
                });
        classes.add(frame, frameClass());
    }

    private int groups() {
        return ((chunks.size() - 1) >> groupShift) + 1;
    }

    private ClassDesc groupClass(int group) {
        return ClassDesc.of(shape.packageName, "F" + translation.function + "_" + group);
    }

    /// The class that has the chunk.
    private ClassDesc classOf(int chunk) {
        return grouped ? groupClass(chunk >> groupShift) : shape.functionClass(translation.function);
    }

    private String chunkName(int chunk) {
        return shape.functionName(translation.function) + "$" + chunk;
    }

    private void addChunk(ClassBuilder type, Chunk chunk) {
        type.withMethodBody(
                chunkName(chunk.number),
                chunkType,
                STATIC,
                out -> new ChunkEmitter(out, translation, plan, chunk).emitChunk());
    }

    private void addGroup(int group) {
        ClassDesc owner = groupClass(group);
        int first = group << groupShift;
        int last = Math.min(chunks.size(), first + (1 << groupShift)) - 1;
        byte[] bytes = Classes.build(owner, type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            for (int i = first; i <= last; i++) {
                addChunk(type, chunks.get(i));
            }
            if (!direct) {
                type.withMethodBody("run", chunkType, STATIC, out -> run(out, first, last));
            }
        });
        classes.add(owner, bytes);
    }

    /// The loop of a group, which ends when control goes to another one.
    private void run(CodeBuilder out, int first, int last) {
        Label again = out.newLabel();
        out.labelBinding(again);
        Label elsewhere = out.newLabel();
        out.iload(0).loadConstant(ChunkPlan.CHUNK_SHIFT).ishr();
        cases(out, first, last, elsewhere, chunk -> {
            out.iload(0).aload(1).aload(2);
            out.invokestatic(classOf(chunk), chunkName(chunk), chunkType)
                    .istore(0)
                    .goto_(again);
        });
        out.labelBinding(elsewhere).iload(0).ireturn();
    }

    /// Branches by the number on the stack.
    private static void cases(CodeBuilder out, int first, int last, Label none, IntConsumer body) {
        List<SwitchCase> cases = new ArrayList<>();
        for (int i = first; i <= last; i++) {
            cases.add(SwitchCase.of(i, out.newLabel()));
        }
        out.tableswitch(first, last, none, cases);
        for (SwitchCase each : cases) {
            out.labelBinding(each.target());
            body.accept(each.caseValue());
        }
    }

    /// Makes the frame.
    ///
    /// @return the slot of the instance; the frame is in the one after it
    private int enter(CodeBuilder out) {
        Variables variables = translation.variables;
        int slot = 0;
        List<Runnable> stores = new ArrayList<>();
        if (!translation.signature.scratched) {
            for (int i = 0; i < variables.parameterCount(); i++) {
                for (Variable part : new @Nullable Variable[] {variables.local(i), variables.localHigh(i)}) {
                    if (part != null) {
                        int from = slot;
                        stores.add(() -> out.dup()
                                .loadLocal(part.kind.type, from)
                                .putfield(frame, part.field(), part.kind.descriptor));
                        slot += part.kind.slots();
                    }
                }
            }
        }
        out.new_(frame).dup().invokespecial(frame, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
        stores.forEach(Runnable::run);
        out.astore(out.allocateLocal(java.lang.classfile.TypeKind.REFERENCE));
        return slot;
    }

    private void loop(CodeBuilder out, int self) {
        int frameSlot = self + 1;
        int entry = out.allocateLocal(java.lang.classfile.TypeKind.INT);
        Label again = out.newLabel();
        Label over = out.newLabel();
        out.iconst_0().istore(entry).labelBinding(again);
        out.iload(entry)
                .loadConstant(ChunkPlan.CHUNK_SHIFT + (direct ? 0 : groupShift))
                .ishr();
        int last = direct ? chunks.size() - 1 : groups() - 1;
        cases(out, 0, last, over, number -> {
            out.iload(entry).aload(frameSlot).aload(self);
            if (direct) {
                out.invokestatic(classOf(number), chunkName(number), chunkType);
            } else {
                out.invokestatic(groupClass(number), "run", chunkType);
            }
            out.istore(entry).goto_(again);
        });
        out.labelBinding(over);
        Kind result = translation.signature.result;
        if (result == null) {
            out.return_();
        } else {
            out.aload(frameSlot).getfield(frame, "result", result.descriptor).return_(result.type);
        }
    }

    private byte[] frameClass() {
        Variables variables = translation.variables;
        return Classes.build(frame, type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            for (Variable variable : variables.all()) {
                type.withField(variable.field(), variable.kind.descriptor, ClassFile.ACC_PUBLIC);
            }
            type.withField("exception", ConstantDescs.CD_Object, ClassFile.ACC_PUBLIC);
            type.withField("words", Runtime.LONGS, ClassFile.ACC_PUBLIC);
            type.withField("references", Runtime.OBJECTS, ClassFile.ACC_PUBLIC);
            if (translation.signature.result != null) {
                type.withField(
                        "result",
                        Objects.requireNonNull(translation.signature.result).descriptor,
                        ClassFile.ACC_PUBLIC);
            }
            type.withMethodBody(ConstantDescs.INIT_NAME, ConstantDescs.MTD_void, ClassFile.ACC_PUBLIC, out -> {
                out.aload(0).invokespecial(ConstantDescs.CD_Object, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
                if (variables.hasFar()) {
                    array(out, "words", Runtime.LONGS, variables.farWords());
                    array(out, "references", Runtime.OBJECTS, variables.farReferences());
                }
                out.return_();
            });
        });
    }

    private void array(CodeBuilder out, String name, ClassDesc type, int length) {
        out.aload(0).loadConstant(length);
        out.invokestatic(Runtime.SUPPORT, name, MethodTypeDesc.of(type, ConstantDescs.CD_int));
        out.putfield(frame, name, type);
    }
}

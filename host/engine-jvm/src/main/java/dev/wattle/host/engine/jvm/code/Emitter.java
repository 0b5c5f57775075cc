package dev.wattle.host.engine.jvm.code;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes bytecode of nodes. What differs where a function is cut into chunks is in [ChunkEmitter].
class Emitter {
    /// The JVM's line numbers have 16 bits.
    static final int MAX_LINE = 65_535;

    final CodeBuilder out;
    final Translation translation;
    final ModuleShape shape;
    private final @Nullable Integer[] memorySlots;
    private final int lineShift;
    private int emitted;
    private int self = -1;
    private int line = -1;
    private int farWords = -1;
    private int farReferences = -1;

    Emitter(CodeBuilder out, Translation translation) {
        this.out = out;
        this.translation = translation;
        this.shape = translation.shape;
        this.memorySlots = new Integer[translation.cachedMemories()];
        this.lineShift = lineShift(shape.body(translation.function).instructions());
    }

    /// Line `k` is the instruction `k - 1 << shift`.
    static int lineShift(int instructions) {
        int shift = 0;
        while (instructions >> shift >= MAX_LINE) {
            shift++;
        }
        return shift;
    }

    /// The parameters of the static method: the function's, then the instance.
    void parameters() {
        Variables variables = translation.variables;
        int slot = 0;
        if (!translation.signature.scratched) {
            for (int i = 0; i < variables.parameterCount(); i++) {
                Variable low = variables.local(i);
                allot(low, slot);
                slot += low.kind.slots();
                Variable high = variables.localHigh(i);
                if (high != null) {
                    allot(high, slot);
                    slot += high.kind.slots();
                }
            }
        }
        self = slot;
        if (variables.hasFar()) {
            farWords = allocateArray("words", Runtime.LONGS, variables.farWords());
            farReferences = allocateArray("references", Runtime.OBJECTS, variables.farReferences());
        }
    }

    private int allocateArray(String maker, ClassDesc type, int length) {
        int slot = out.allocateLocal(TypeKind.REFERENCE);
        out.loadConstant(length);
        out.invokestatic(Runtime.SUPPORT, maker, java.lang.constant.MethodTypeDesc.of(type, ConstantDescs.CD_int));
        out.astore(slot);
        return slot;
    }

    void selfSlot(int slot) {
        self = slot;
    }

    void farSlots(int words, int references) {
        farWords = words;
        farReferences = references;
    }

    /// All nodes from the first.
    final void emit(@Nullable Node first, @Nullable Node end) {
        for (Node node = first; node != null && node != end; node = node.next) {
            line(node);
            emit(node);
            if (node.operation != Node.Operation.LABEL) {
                emitted++;
            }
        }
    }

    /// How many nodes were emitted.
    final int emitted() {
        return emitted;
    }

    final void handlers() {
        for (Translation.Handler handler : translation.handlers) {
            catching(handler);
        }
    }

    private void catching(Translation.Handler handler) {
        if (handler.start().emittedBefore == handler.end().emittedBefore) {
            return;
        }
        ClassEntry caught = out.constantPool().classEntry(Runtime.EXCEPTION);
        Label start = label(handler.start());
        Label end = label(handler.end());
        out.exceptionCatch(start, end, label(handler.handler()), caught);
    }

    private void line(Node node) {
        if (node.ordinal >= 0) {
            int number = (node.ordinal >> lineShift) + 1;
            if (number != line) {
                out.lineNumber(number);
                line = number;
            }
        }
    }

    private void emit(Node node) {
        switch (node.operation) {
            case PLAIN -> plain((Opcode) Objects.requireNonNull(node.object));
            case LOAD -> load(node.variable());
            case STORE -> store(node.variable());
            case INCREMENT -> out.iinc(slot(node.variable()), node.value);
            case INT -> out.loadConstant(node.value);
            case LONG -> out.loadConstant(node.bits);
            case FLOAT -> floatConstant(node.value);
            case DOUBLE -> doubleConstant(node.bits);
            case LABEL -> bind(node.target());
            case BRANCH -> branch((Opcode) Objects.requireNonNull(node.extra), node.target());
            case SWITCH -> table((Target[]) Objects.requireNonNull(node.object));
            case MEMBER -> member((Member) Objects.requireNonNull(node.object));
            case CLASS -> out.checkcast((ClassDesc) Objects.requireNonNull(node.object));
            case SELF -> out.aload(self);
            case RELOAD -> reloadInside(node.value);
            case MEMORY -> out.aload(memorySlot(node.value));
            case RETURN -> returns((Kind) node.object);
            case THROW -> out.athrow();
            case NEVER -> {}
        }
    }

    private void plain(Opcode opcode) {
        out.with(SimpleInstructions.of(opcode));
    }

    private void floatConstant(int bits) {
        float value = Float.intBitsToFloat(bits);
        if (Float.isNaN(value)) {
            out.loadConstant(bits);
            member(Runtime.BITS_FLOAT);
        } else {
            out.loadConstant(value);
        }
    }

    private void doubleConstant(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isNaN(value)) {
            out.loadConstant(bits);
            member(Runtime.BITS_DOUBLE);
        } else {
            out.loadConstant(value);
        }
    }

    final void allot(Variable variable, int slot) {
        variable.slot = slot;
        variable.emitter = this;
    }

    @SuppressWarnings("ReferenceEquality") // an emitter equals itself alone
    final int slot(Variable variable) {
        if (variable.emitter != this) {
            allot(variable, out.allocateLocal(variable.kind.type));
        }
        return variable.slot;
    }

    final void load(Variable variable) {
        if (!variable.isFar()) {
            out.loadLocal(variable.kind.type, slot(variable));
            return;
        }
        boolean reference = variable.kind == Kind.REFERENCE;
        out.aload(reference ? farReferences : farWords);
        out.loadConstant(variable.far);
        if (reference) {
            out.aaload();
            return;
        }
        out.laload();
        switch (variable.kind) {
            case INT -> out.l2i();
            case FLOAT -> {
                out.l2i();
                member(Runtime.BITS_FLOAT);
            }
            case DOUBLE -> member(Runtime.BITS_DOUBLE);
            case LONG, REFERENCE -> {}
        }
    }

    final void store(Variable variable) {
        if (!variable.isFar()) {
            out.storeLocal(variable.kind.type, slot(variable));
            return;
        }
        boolean reference = variable.kind == Kind.REFERENCE;
        switch (variable.kind) {
            case INT -> out.i2l();
            case FLOAT -> {
                member(Runtime.FLOAT_BITS);
                out.i2l();
            }
            case DOUBLE -> member(Runtime.DOUBLE_BITS);
            case LONG, REFERENCE -> {}
        }
        out.aload(reference ? farReferences : farWords);
        out.loadConstant(variable.far);
        ClassDesc type = reference ? ConstantDescs.CD_Object : ConstantDescs.CD_long;
        out.invokestatic(
                Runtime.SUPPORT,
                "setFar",
                java.lang.constant.MethodTypeDesc.of(
                        ConstantDescs.CD_void,
                        type,
                        reference ? Runtime.OBJECTS : Runtime.LONGS,
                        ConstantDescs.CD_int));
    }

    @SuppressWarnings("ReferenceEquality") // an emitter equals itself alone
    Label label(Target target) {
        if (target.emitter != this) {
            target.emitter = this;
            target.label = out.newLabel();
        }
        return Objects.requireNonNull(target.label);
    }

    void bind(Target target) {
        target.emittedBefore = emitted;
        out.labelBinding(label(target));
    }

    void branch(Opcode opcode, Target target) {
        out.branch(opcode, label(target));
    }

    void table(Target[] targets) {
        List<SwitchCase> cases = new ArrayList<>(targets.length);
        int last = targets.length - 1;
        for (int i = 0; i < last; i++) {
            cases.add(SwitchCase.of(i, label(targets[i])));
        }
        if (last == 0) {
            out.pop();
            out.goto_(label(targets[0]));
        } else {
            out.tableswitch(0, last - 1, label(targets[last]), cases);
        }
    }

    final void member(Member member) {
        if (member.method() != null) {
            out.invoke(member.opcode(), member.owner(), member.name(), member.method(), false);
        } else {
            out.fieldAccess(member.opcode(), member.owner(), member.name(), Objects.requireNonNull(member.field()));
        }
    }

    final int memorySlot(int memory) {
        Integer slot = memorySlots[memory];
        if (slot == null) {
            slot = out.allocateLocal(TypeKind.REFERENCE);
            memorySlots[memory] = slot;
        }
        return slot;
    }

    void reloadInside(int memory) {
        reload(memory);
    }

    final void reload(int memory) {
        out.aload(self);
        member(shape.memoryBytes(memory));
        out.astore(memorySlot(memory));
    }

    void returns(@Nullable Kind kind) {
        out.return_(kind == null ? TypeKind.VOID : kind.type);
    }
}

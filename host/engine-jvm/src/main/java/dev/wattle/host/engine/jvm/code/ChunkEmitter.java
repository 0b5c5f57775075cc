package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.code.ChunkPlan.Chunk;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the method of a chunk: `int chunk(int entry, Frame frame, Instance self)`, which returns where to go
/// on, or a negative number when the function returned.
///
/// Variables that the chunk uses are taken from the frame where it begins, and those that it changes are put
/// back where it is left, when [ChunkLiveness] finds that they are live there; between, they are the JVM's locals,
/// so that a loop within a chunk costs what it does elsewhere.
final class ChunkEmitter extends Emitter {
    static final int RETURNED = -1;

    private static final int ENTRY = 0;
    private static final int FRAME = 1;
    private static final int SELF = 2;

    private final Chunk chunk;
    private final ClassDesc frame;
    private final Set<Variable> used = new LinkedHashSet<>();
    private final Set<Variable> changed = new LinkedHashSet<>();
    private final BitSet memories = new BitSet();
    private final Map<Target, Label> exits = new LinkedHashMap<>();
    private final ChunkPlan plan;
    private final Label exit;
    private final Label bodyStart;
    private final Label bodyEnd;
    private boolean usesFar;
    private boolean looksUp;

    ChunkEmitter(CodeBuilder out, Translation translation, ChunkPlan plan, Chunk chunk) {
        super(out, translation);
        this.plan = plan;
        this.chunk = chunk;
        this.frame = shape.frameClass(translation.function);
        this.exit = out.newLabel();
        this.bodyStart = out.newLabel();
        this.bodyEnd = out.newLabel();
        selfSlot(SELF);
    }

    void emitChunk() {
        look();
        enter();
        out.labelBinding(bodyStart);
        emit(chunk.first, chunk.end);
        out.labelBinding(bodyEnd);
        Target after = plan.after(chunk);
        if (after != null) {
            out.goto_(exit(after));
        }
        catchAll();
        leave();
    }

    private void look() {
        for (Node node = chunk.first; node != chunk.end && node != null; node = node.next) {
            switch (node.operation) {
                case LOAD -> use(node.variable());
                case STORE, INCREMENT -> {
                    use(node.variable());
                    if (!node.variable().isFar()) {
                        changed.add(node.variable());
                    }
                }
                case MEMORY -> memories.set(node.value);
                default -> {}
            }
        }
    }

    private void use(Variable variable) {
        if (variable.isFar()) {
            usesFar = true;
        } else {
            used.add(variable);
        }
    }

    /// Takes from the frame what is used after one of the entries, or has to be there when the chunk is left.
    private void enter() {
        BitSet live = plan.liveness().liveAtAny(chunk.entries);
        for (Variable variable : used) {
            if (live.get(variable.number)) {
                out.aload(FRAME).getfield(frame, variable.field(), variable.kind.descriptor);
            } else {
                zero(variable.kind);
            }
            out.storeLocal(variable.kind.type, slot(variable));
        }
        if (usesFar) {
            int words = out.allocateLocal(TypeKind.REFERENCE);
            int references = out.allocateLocal(TypeKind.REFERENCE);
            out.aload(FRAME).getfield(frame, "words", Runtime.LONGS).astore(words);
            out.aload(FRAME).getfield(frame, "references", Runtime.OBJECTS).astore(references);
            farSlots(words, references);
        }
        memories.stream().forEach(this::reload);
        if (chunk.entries.size() > 1) {
            List<SwitchCase> cases = new ArrayList<>();
            for (int i = 1; i < chunk.entries.size(); i++) {
                cases.add(SwitchCase.of(i, label(chunk.entries.get(i))));
            }
            out.iload(ENTRY).loadConstant((1 << ChunkPlan.CHUNK_SHIFT) - 1).iand();
            out.tableswitch(1, cases.size(), bodyStart, cases);
        }
    }

    /// For the JVM's verifier, which asks that all that is read was written.
    private void zero(Kind kind) {
        switch (kind) {
            case INT -> out.iconst_0();
            case LONG -> out.lconst_0();
            case FLOAT -> out.fconst_0();
            case DOUBLE -> out.dconst_0();
            case REFERENCE -> out.aconst_null();
        }
    }

    @Override
    void reloadInside(int memory) {
        if (memories.get(memory)) {
            reload(memory);
        }
    }

    @Override
    Label label(Target target) {
        return target.internal || target.chunk == chunk.number ? super.label(target) : exit(target);
    }

    @Override
    void bind(Target target) {
        super.bind(target);
        if (target.handler) {
            out.aload(FRAME).getfield(frame, "exception", ConstantDescs.CD_Object);
        }
    }

    /// Where the chunk is left for another one, or to enter itself again.
    private Label exit(Target target) {
        return exits.computeIfAbsent(target, _ -> out.newLabel());
    }

    @Override
    void returns(@Nullable Kind kind) {
        if (kind != null) {
            int value = out.allocateLocal(kind.type);
            out.storeLocal(kind.type, value).aload(FRAME).loadLocal(kind.type, value);
            out.putfield(frame, "result", kind.descriptor);
        }
        out.loadConstant(RETURNED).ireturn();
    }

    /// Ranges are known when the body was made: of each handler, what lies in this chunk.
    private void catchAll() {
        Map<Target, Label> stubs = new LinkedHashMap<>();
        for (Translation.Handler handler : chunk.handlers) {
            Label stub = stubs.computeIfAbsent(handler.handler(), _ -> out.newLabel());
            Label start = rangeLabel(handler.start(), bodyStart);
            Label end = rangeLabel(handler.end(), bodyEnd);
            if (emittedBefore(handler.start(), 0) < emittedBefore(handler.end(), emitted())) {
                out.exceptionCatch(start, end, stub, Runtime.EXCEPTION);
            }
        }
        for (var stub : stubs.entrySet()) {
            out.labelBinding(stub.getValue());
            int caught = out.allocateLocal(TypeKind.REFERENCE);
            out.astore(caught).aload(FRAME).aload(caught).putfield(frame, "exception", ConstantDescs.CD_Object);
            out.goto_(label(stub.getKey()));
        }
    }

    /// The label of the target where it is in this chunk, else the chunk's bound.
    private Label rangeLabel(Target target, Label bound) {
        return target.chunk == chunk.number ? super.label(target) : bound;
    }

    private int emittedBefore(Target target, int bound) {
        return target.chunk == chunk.number ? target.emittedBefore : bound;
    }

    /// Exits that put back the same variables share the code for it.
    private void leave() {
        Map<List<Variable>, List<Target>> ways = new LinkedHashMap<>();
        for (Target target : exits.keySet()) {
            List<Variable> kept = changed.stream()
                    .filter(variable -> plan.liveness().isLive(target, variable))
                    .toList();
            ways.computeIfAbsent(kept, _ -> new ArrayList<>()).add(target);
        }
        if (ways.keySet().stream().mapToInt(List::size).sum() > MAX_PUT_BACK) {
            ways = Map.of(List.copyOf(changed), List.copyOf(exits.keySet()));
        }
        ways.forEach((kept, targets) -> leave(kept, targets));
        if (looksUp) {
            out.labelBinding(exit);
            putBack(changed);
        }
    }

    private void leave(Collection<Variable> kept, List<Target> targets) {
        Label way = out.newLabel();
        for (Target target : targets) {
            out.labelBinding(Objects.requireNonNull(exits.get(target)));
            out.loadConstant(target.chunk << ChunkPlan.CHUNK_SHIFT | target.entry)
                    .istore(ENTRY);
            out.goto_(way);
        }
        out.labelBinding(way);
        putBack(kept);
    }

    private void putBack(Collection<Variable> kept) {
        for (Variable variable : kept) {
            out.aload(FRAME).loadLocal(variable.kind.type, slot(variable));
            out.putfield(frame, variable.field(), variable.kind.descriptor);
        }
        out.iload(ENTRY).ireturn();
    }

    /// Variables that exits put back, all together, where each has its own: more would make the chunk too large.
    private static final int MAX_PUT_BACK = 150;

    @Override
    void table(Target[] targets) {
        if (Switches.isIndirect(targets)) {
            looksUp = true;
            lookUp(targets);
        } else {
            super.table(targets);
        }
    }

    /// Finds the number of an entry in strings, and goes there through the frame.
    private void lookUp(Target[] targets) {
        int index = out.allocateLocal(TypeKind.INT);
        int last = targets.length - 1;
        // as an unsigned number: what is beyond the table is its last entry
        out.loadConstant(last);
        out.invokestatic(
                Runtime.SUPPORT,
                "clampUnsigned",
                MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_int));
        out.istore(index);
        for (int from = 0; from <= last; from += PIECE) {
            int to = Math.min(targets.length, from + PIECE);
            Label next = out.newLabel();
            out.iload(index).loadConstant(to).if_icmpge(next);
            out.iload(index).loadConstant(from).isub().loadConstant(Switches.encoded(targets, from, to));
            out.invokestatic(
                    Runtime.SUPPORT,
                    "entry",
                    MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int, ConstantDescs.CD_String));
            out.istore(ENTRY).goto_(exit);
            out.labelBinding(next);
        }
        out.goto_(exit);
    }

    /// Entries of one string, which has two characters for each and at most 65,535 bytes.
    private static final int PIECE = 10_000;
}

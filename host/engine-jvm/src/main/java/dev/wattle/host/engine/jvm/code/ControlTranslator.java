package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.FunctionType;
import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.code.Block.Form;
import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Blocks and branches.
///
/// At a label nothing is on the JVM's stack: operands that wait are in variables, and those that a branch
/// carries are in the places that belong to their heights.
final class ControlTranslator {
    private final Translation translation;
    private final NodeList code;
    private final OperandStack stack;
    private final List<Block> blocks;
    private final Polls polls;
    private final ExceptionTranslator exceptions;

    ControlTranslator(Translation translation, Polls polls) {
        this.translation = translation;
        this.code = translation.code;
        this.stack = translation.stack;
        this.blocks = translation.blocks;
        this.polls = polls;
        this.exceptions = new ExceptionTranslator(translation, this);
    }

    ExceptionTranslator exceptions() {
        return exceptions;
    }

    /// The block of the function itself: a branch to it returns.
    void enterFunction() {
        FunctionType type = new FunctionType(List.of(), translation.signature.results);
        blocks.add(new Block(Form.FUNCTION, type, 0, code.label(translation.newInternal()), translation.newTarget()));
    }

    Block enter(Form form) {
        FunctionType type = translation.reader.blockType();
        int height = stack.height() - type.parameters().size();
        if (form == Form.LOOP) {
            toPlaces(type.parameters(), height);
            code.depth(++translation.loopDepth);
        }
        stack.spill(0);
        Block block = new Block(form, type, height, code.label(translation.newInternal()), translation.newTarget());
        blocks.add(block);
        if (form == Form.LOOP) {
            label(block.target);
            polls.loop();
        }
        return block;
    }

    void enterIf() {
        FunctionType type = translation.reader.blockType();
        stack.spill(1);
        Opcode holds = stack.consumeCondition();
        int height = stack.height() - type.parameters().size();
        List<Operand> taken = new ArrayList<>();
        for (int i = height; i < stack.height(); i++) {
            taken.add(stack.at(i));
        }
        Node start = code.label(translation.newInternal());
        Block block = new Block(Form.IF, type, height, start, translation.newTarget());
        block.otherwise = translation.newTarget();
        block.taken = taken.stream().map(ControlTranslator::copy).toList();
        blocks.add(block);
        code.branch(inverse(holds), block.otherwise);
    }

    /// Operands change when they are kept; what `else` takes is what was there.
    private static Operand copy(Operand operand) {
        Operand same = new Operand(operand.type, operand.height, operand.form);
        same.bits = operand.bits;
        same.high = operand.high;
        same.variable = operand.variable;
        same.highVariable = operand.highVariable;
        return same;
    }

    void otherwise() {
        Block block = blocks.getLast();
        if (translation.reachable) {
            toPlaces(block.carried(), block.height);
            code.jump(block.target);
        }
        startElse(block);
    }

    private void startElse(Block block) {
        stack.cutTo(block.height);
        label(Objects.requireNonNull(block.otherwise));
        block.otherwise = null;
        block.form = Form.ELSE;
        for (Operand operand : block.taken) {
            stack.pushCopy(operand);
        }
        translation.reachable = true;
    }

    /// The end of a block; not of the function.
    void end() {
        Block block = blocks.getLast();
        if (block.otherwise != null) {
            otherwise();
        }
        if (block.form == Form.TRY) {
            exceptions.end(block);
        }
        blocks.removeLast();
        if (block.form == Form.LOOP) {
            code.depth(--translation.loopDepth);
            if (!translation.reachable) {
                stack.cutTo(block.height);
            }
            return;
        }
        if (!block.target.used) {
            if (!translation.reachable) {
                stack.cutTo(block.height);
            }
            return;
        }
        if (translation.reachable) {
            toPlaces(block.type.results(), block.height);
        }
        arrive(block);
    }

    /// Control leaves the body of a `try_table` at its end.
    void leaveTry(Block block) {
        toPlaces(block.type.results(), block.height);
        code.jump(block.target);
    }

    private void arrive(Block block) {
        stack.cutTo(block.height);
        label(block.target);
        for (ValueType result : block.type.results()) {
            stack.pushPlace(result);
        }
        translation.reachable = true;
    }

    /// The end of the function.
    void endFunction() {
        Block block = blocks.removeLast();
        if (translation.reachable) {
            returnValues();
        }
        if (block.target.used) {
            arrive(block);
            returnValues();
        }
    }

    void label(Target target) {
        code.markCut();
        code.label(target);
    }

    /// Takes the topmost operands, which are to be in places from that height, where a label expects them.
    private void toPlaces(List<ValueType> types, int height) {
        int count = types.size();
        if (!inPlaces(count, height)) {
            stack.consume(count);
            storePlaces(types, height);
            for (ValueType type : types) {
                stack.pushPlace(type);
            }
        }
    }

    private boolean inPlaces(int count, int height) {
        for (int i = 0; i < count; i++) {
            Operand operand = stack.top(count - 1 - i);
            if (operand.form != Operand.Form.TEMPORARY
                    || operand.variable != translation.variables.place(height + i, operand.kind)) {
                return false;
            }
        }
        return true;
    }

    /// Stores what is on the JVM's stack to places.
    private void storePlaces(List<ValueType> types, int height) {
        for (int i = types.size() - 1; i >= 0; i--) {
            ValueType type = types.get(i);
            if (Kind.isVector(type)) {
                code.store(translation.variables.highPlace(height + i));
            }
            code.store(translation.variables.place(height + i, Kind.of(type)));
        }
    }

    Block block(int label) {
        return blocks.get(blocks.size() - 1 - label);
    }

    void branch(int label) {
        Block block = block(label);
        if (block.form == Form.FUNCTION) {
            returnValues();
            return;
        }
        carry(block);
        translation.discardStack(innermost());
        code.jump(block.target);
        translation.reachable = false;
    }

    private int innermost() {
        return blocks.getLast().height;
    }

    /// Puts what the branch carries where its target expects it, and takes it.
    private void carry(Block block) {
        List<ValueType> types = block.carried();
        if (inPlaces(types.size(), block.height)) {
            stack.cutTo(stack.height() - types.size());
            return;
        }
        stack.consume(types.size());
        storePlaces(types, block.height);
    }

    void branchIf(int label) {
        Block block = block(label);
        stack.spill(1);
        Opcode condition = stack.consumeCondition();
        branchOn(condition, block);
    }

    /// A branch that may not be taken; what it carries is lazy, and stays.
    void branchOn(Opcode condition, Block block) {
        List<ValueType> types = block.carried();
        if (inPlaces(types.size(), block.height)) {
            code.branch(condition, block.target);
            return;
        }
        Target on = translation.newInternal();
        code.branch(inverse(condition), on);
        carryCopies(block);
        code.jump(block.target);
        code.label(on);
    }

    /// Stores the topmost operands, which are lazy and stay, where the block expects them.
    private void carryCopies(Block block) {
        List<ValueType> types = block.carried();
        for (int i = 0; i < types.size(); i++) {
            stack.load(stack.top(types.size() - 1 - i));
        }
        storePlaces(types, block.height);
    }

    void branchTable(int[] labels) {
        stack.spill(1);
        stack.consume(1);
        Map<Integer, Target> ways = new HashMap<>();
        Target[] targets = new Target[labels.length];
        Map<Integer, Target> detours = new HashMap<>();
        for (int i = 0; i < labels.length; i++) {
            targets[i] = ways.computeIfAbsent(labels[i], label -> way(label, detours));
        }
        new SwitchTranslator(translation).emit(targets);
        for (var detour : detours.entrySet()) {
            Block block = block(detour.getKey());
            label(detour.getValue());
            carryCopies(block);
            code.jump(block.target);
        }
        translation.reachable = false;
    }

    /// Where a table branches to reach that label: the label, or code of its own that carries operands there.
    private Target way(int label, Map<Integer, Target> detours) {
        Block block = block(label);
        if (inPlaces(block.carried().size(), block.height)) {
            return block.target;
        }
        return detours.computeIfAbsent(label, _ -> translation.newTarget());
    }

    /// Returns the topmost operands.
    void returnValues() {
        Signature signature = translation.signature;
        int count = signature.results.size();
        if (signature.isSimple()) {
            stack.consume(count);
        } else {
            List<Operand> values = translation.takeLazy(count);
            translation.storeScratch(values, 1);
            if (values.getFirst().vector) {
                storeHighHalf(values.getFirst());
                translation.loadHalf(values.getFirst(), false);
            } else {
                stack.load(values.getFirst());
            }
        }
        code.returns(signature.result);
        stack.cutTo(innermostHeight());
        translation.reachable = false;
    }

    private int innermostHeight() {
        return blocks.isEmpty() ? 0 : innermost();
    }

    private void storeHighHalf(Operand vector) {
        code.self();
        code.member(Runtime.OWN_SCRATCH);
        code.member(Runtime.WORDS);
        code.constant(1);
        translation.loadHalf(vector, true);
        code.plain(Opcode.LASTORE);
    }

    void select() {
        stack.spill(1);
        Opcode condition = stack.consumeCondition();
        Operand otherwise = stack.popLazy();
        Operand chosen = stack.popLazy();
        Target holds = translation.newInternal();
        Target end = translation.newInternal();
        Node start = stack.conditionStart();
        code.branch(condition, holds);
        stack.load(otherwise);
        code.jump(end);
        code.label(holds);
        stack.load(chosen);
        code.label(end);
        if (chosen.vector) {
            stack.storeVector();
        } else {
            stack.push(chosen.type, start);
        }
    }

    /// `br_on_null`, `br_on_non_null`.
    void branchOnNull(Instruction instruction, int label) {
        Block block = block(label);
        stack.spill(0);
        Operand reference = stack.top(0);
        boolean onNull = instruction == Instruction.BR_ON_NULL;
        if (onNull) {
            Operand taken = stack.popLazy();
            stack.load(taken);
            branchOn(Opcode.IFNULL, block);
            stack.pushCopy(taken);
        } else {
            stack.load(reference);
            branchOn(Opcode.IFNONNULL, block);
            stack.popLazy();
        }
    }

    static Opcode inverse(Opcode condition) {
        return switch (condition) {
            case IFEQ -> Opcode.IFNE;
            case IFNE -> Opcode.IFEQ;
            case IFLT -> Opcode.IFGE;
            case IFGE -> Opcode.IFLT;
            case IFGT -> Opcode.IFLE;
            case IFLE -> Opcode.IFGT;
            case IF_ICMPEQ -> Opcode.IF_ICMPNE;
            case IF_ICMPNE -> Opcode.IF_ICMPEQ;
            case IF_ICMPLT -> Opcode.IF_ICMPGE;
            case IF_ICMPGE -> Opcode.IF_ICMPLT;
            case IF_ICMPGT -> Opcode.IF_ICMPLE;
            case IF_ICMPLE -> Opcode.IF_ICMPGT;
            case IF_ACMPEQ -> Opcode.IF_ACMPNE;
            case IF_ACMPNE -> Opcode.IF_ACMPEQ;
            case IFNULL -> Opcode.IFNONNULL;
            case IFNONNULL -> Opcode.IFNULL;
            default -> throw new IllegalArgumentException("not a condition: " + condition);
        };
    }
}

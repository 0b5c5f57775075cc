package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.code.Operand.Form;
import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/// The Wasm operand stack while a body is translated.
///
/// An operand is on the JVM's stack, or *lazy*: a constant, a local's value, a value that waits in a variable.
/// What is lazy is pushed when it is consumed, under the operands that were computed after it: code for it is
/// added before theirs. Those that are on the JVM's stack lie there in the same order.
///
/// A vector is never on the JVM's stack: it is a constant, or in two variables.
///
/// Tens of thousands of operands may wait for a local to change, in a thousand blocks: so nothing here looks for an
/// operand among all of them.
final class OperandStack {
    private final NodeList code;
    private final Variables variables;
    private final List<Operand> operands;

    /// Those on the JVM's stack, the deepest first.
    private final List<Operand> held = new ArrayList<>();

    OperandStack(NodeList code, Variables variables) {
        this(code, variables, new ArrayList<>());
    }

    /// @param operands an empty list
    OperandStack(NodeList code, Variables variables, List<Operand> operands) {
        this.code = code;
        this.variables = variables;
        this.operands = operands;
    }

    int height() {
        return operands.size();
    }

    /// Whether the JVM's stack is empty.
    boolean isCut() {
        return held.isEmpty();
    }

    /// The operand on top, or below it.
    Operand top(int below) {
        return operands.get(operands.size() - 1 - below);
    }

    /// The operand above so many others.
    Operand at(int height) {
        return operands.get(height);
    }

    private Operand add(ValueType type, Form form) {
        Operand operand = new Operand(type, operands.size(), form);
        operands.add(operand);
        if (operand.onStack()) {
            held.add(operand);
        }
        return operand;
    }

    /// What the nodes from `start` to the end leave on the JVM's stack.
    void push(ValueType type, Node start) {
        add(type, Form.STACK).start = start;
    }

    /// What the nodes from `start` leave to be compared by `condition`, an `i32` of 0 or 1.
    void pushCondition(Node start, Opcode condition) {
        Operand operand = add(ValueType.Number.I32, Form.CONDITION);
        operand.start = start;
        operand.condition = condition;
    }

    void pushConstant(ValueType type, long bits, long high) {
        Operand operand = add(type, Form.CONSTANT);
        operand.bits = bits;
        operand.high = high;
    }

    void pushLocal(int local) {
        Operand operand = add(variables.localType(local), Form.LOCAL);
        operand.variable = variables.local(local);
        operand.highVariable = variables.localHigh(local);
        standFor(operand.variable, operand);
    }

    private static void standFor(Variable local, Operand operand) {
        operand.pendingBefore = local.pending;
        local.pending = operand;
    }

    /// A value that waits, or will when it is needed, in its place.
    Operand pushPlace(ValueType type) {
        Operand operand = add(type, Form.TEMPORARY);
        occupyPlace(operand);
        return operand;
    }

    /// The same value again, on top: an operand that is lazy, and was taken.
    void pushCopy(Operand lazy) {
        Operand operand = add(lazy.type, lazy.form);
        operand.bits = lazy.bits;
        operand.high = lazy.high;
        operand.variable = lazy.variable;
        operand.highVariable = lazy.highVariable;
        if (operand.form == Form.LOCAL) {
            standFor(Objects.requireNonNull(operand.variable), operand);
        }
    }

    private Operand remove() {
        Operand operand = operands.removeLast();
        if (operand.onStack()) {
            held.removeLast();
        }
        forget(operand);
        return operand;
    }

    /// It stands for its local no more. Of those that do, it is the topmost: it is on top of the stack, or all above it
    /// were told before.
    private static void forget(Operand operand) {
        if (operand.form == Form.LOCAL) {
            Objects.requireNonNull(operand.variable).pending = operand.pendingBefore;
        }
    }

    private void occupyPlace(Operand operand) {
        forget(operand);
        operand.form = Form.TEMPORARY;
        operand.start = null;
        operand.variable = variables.place(operand.height, operand.kind);
        operand.highVariable = operand.vector ? variables.highPlace(operand.height) : null;
    }

    /// Puts a vector that is on the JVM's stack, low half first, into its place, as the new top.
    void storeVector() {
        Operand operand = pushPlace(ValueType.Number.V128);
        code.store(Objects.requireNonNull(operand.highVariable));
        code.store(Objects.requireNonNull(operand.variable));
    }

    /// Takes the operand on top without pushing it on the JVM's stack: it is lazy.
    Operand popLazy() {
        Operand operand = remove();
        if (operand.onStack()) {
            throw new IllegalStateException("on the stack: " + operand.form);
        }
        return operand;
    }

    /// Takes operands after seeing to it that all of them are on the JVM's stack, on top.
    ///
    /// @return where their code begins; null when there are none
    @Nullable
    Node consume(int count) {
        Node start = materialize(count);
        for (int i = 0; i < count; i++) {
            remove();
        }
        return start;
    }

    /// Takes the operand on top after seeing to it that it is on the JVM's stack under what the nodes from
    /// `above` leave there.
    Node consumeBefore(Node above) {
        Operand operand = top(0);
        code.before(above);
        Node start = switch (operand.form) {
            case STACK -> operand.start;
            case CONDITION -> {
                decide(operand);
                yield operand.start;
            }
            case CONSTANT, LOCAL, TEMPORARY -> load(operand);
        };
        code.atEnd();
        remove();
        return Objects.requireNonNull(start);
    }

    /// Pushes the topmost operands on the JVM's stack; they stay operands.
    private @Nullable Node materialize(int count) {
        Node next = null;
        for (int i = 0; i < count; i++) {
            Operand operand = top(i);
            code.before(next);
            switch (operand.form) {
                case STACK -> next = operand.start;
                case CONDITION -> {
                    decide(operand);
                    next = operand.start;
                }
                case CONSTANT, LOCAL, TEMPORARY -> next = load(operand);
            }
        }
        code.atEnd();
        return next;
    }

    /// Pushes a lazy operand on the JVM's stack.
    ///
    /// @return the first node that does
    Node load(Operand operand) {
        if (operand.form == Form.CONSTANT) {
            return loadConstant(operand);
        }
        Node first = code.load(Objects.requireNonNull(operand.variable));
        if (operand.highVariable != null) {
            code.load(operand.highVariable);
        }
        return first;
    }

    private Node loadConstant(Operand operand) {
        return switch (operand.type) {
            case ValueType.Number.I32 -> code.constant((int) operand.bits);
            case ValueType.Number.I64 -> code.constant(operand.bits);
            case ValueType.Number.F32 -> code.floatConstant((int) operand.bits);
            case ValueType.Number.F64 -> code.doubleConstant(operand.bits);
            case ValueType.Number.V128 -> {
                Node first = code.constant(operand.bits);
                code.constant(operand.high);
                yield first;
            }
            case ValueType.Reference _ -> code.plain(Opcode.ACONST_NULL);
        };
    }

    /// Stores what is on the JVM's stack to variables: a lazy operand's type.
    private void decide(Operand operand) {
        Opcode condition = Objects.requireNonNull(operand.condition);
        Target holds = new Target(true);
        Target end = new Target(true);
        code.branch(condition, holds);
        code.constant(0);
        code.jump(end);
        code.label(holds);
        code.constant(1);
        code.label(end);
        operand.form = Form.STACK;
        operand.condition = null;
    }

    /// Takes the operand on top as a condition whose branch is still to come: what it compares is on the JVM's
    /// stack.
    ///
    /// @return the branch that is taken when it holds
    Opcode consumeCondition() {
        Operand operand = top(0);
        if (operand.form == Form.CONDITION) {
            remove();
            conditionStart = Objects.requireNonNull(operand.start);
            return Objects.requireNonNull(operand.condition);
        }
        conditionStart = Objects.requireNonNull(consume(1));
        return Opcode.IFNE;
    }

    /// Where the code begins of the condition that was consumed last.
    Node conditionStart() {
        return Objects.requireNonNull(conditionStart);
    }

    private @Nullable Node conditionStart;

    /// Sees to it that operands below the topmost `except` ones, which must be on the JVM's stack or follow
    /// there, are not on the JVM's stack.
    void spill(int except) {
        spill(0, operands.size() - except);
    }

    /// Sees to it that the operand is lazy, and all that lie above it.
    void spillFrom(Operand lowest) {
        spill(lowest.height, operands.size());
    }

    /// Those of heights from `lowest` to before `end`.
    private void spill(int lowest, int end) {
        Node next = null;
        int above = held.size();
        for (; above > 0 && held.get(above - 1).height >= end; above--) {
            next = held.get(above - 1).start;
        }
        int first = above;
        for (; first > 0 && held.get(first - 1).height >= lowest; first--) {
            Operand operand = held.get(first - 1);
            Node start = Objects.requireNonNull(operand.start);
            code.before(next);
            if (operand.form == Form.CONDITION) {
                decide(operand);
            }
            occupyPlace(operand);
            code.store(Objects.requireNonNull(operand.variable));
            next = start;
        }
        code.atEnd();
        held.subList(first, above).clear();
    }

    /// The local is about to change: operands that stand for its value take it now. Those of blocks that were
    /// entered since take it where the outermost of them begins.
    void localChanges(int local, List<Block> blocks) {
        localChanges(local, blocks, null);
    }

    /// Likewise, when the code from `start` computes the new value, already taken, and leaves it on the JVM's
    /// stack.
    void localChanges(int local, List<Block> blocks, @Nullable Node start) {
        Variable variable = variables.local(local);
        for (Operand pending = variable.pending; pending != null; pending = variable.pending) {
            keepLocal(pending, blocks, start);
        }
    }

    private void keepLocal(Operand operand, List<Block> blocks, @Nullable Node start) {
        Variable variable = Objects.requireNonNull(operand.variable);
        Variable highVariable = operand.highVariable;
        code.before(placeToKeep(operand, blocks, start));
        code.load(variable);
        if (highVariable != null) {
            code.load(highVariable);
        }
        occupyPlace(operand);
        if (operand.highVariable != null) {
            code.store(operand.highVariable);
        }
        code.store(Objects.requireNonNull(operand.variable));
        code.atEnd();
    }

    /// Before the block that was entered first after the operand came; else before the operand above it that is
    /// on the JVM's stack, else at the end.
    private @Nullable Node placeToKeep(Operand operand, List<Block> blocks, @Nullable Node start) {
        int outermost = firstAbove(operand.height, 1, blocks.size(), i -> blocks.get(i).height);
        if (outermost < blocks.size()) {
            return blocks.get(outermost).start;
        }
        int above = firstAbove(operand.height, 0, held.size(), i -> held.get(i).height);
        return above < held.size() ? held.get(above).start : start;
    }

    /// The first index whose height is above the given one, of heights that do not fall; `end` when there is none.
    private static int firstAbove(int height, int from, int end, IntUnaryOperator heights) {
        int low = from;
        int high = Math.max(from, end);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (heights.applyAsInt(middle) > height) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /// Drops the operand on top, from the JVM's stack too.
    void discardTop() {
        Operand operand = top(0);
        if (operand.form == Form.CONDITION) {
            boolean two = Objects.requireNonNull(operand.condition).name().startsWith("IF_");
            code.plain(two ? Opcode.POP2 : Opcode.POP);
        } else if (operand.form == Form.STACK) {
            code.plain(operand.kind.slots() == 2 ? Opcode.POP2 : Opcode.POP);
        }
        remove();
    }

    /// Forgets operands above so many.
    void cutTo(int height) {
        while (operands.size() > height) {
            remove();
        }
    }
}

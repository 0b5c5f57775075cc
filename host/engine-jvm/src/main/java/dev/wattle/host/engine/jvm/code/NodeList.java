package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.code.Node.Operation;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The code of a function while it is translated. Nodes are added at the end, or before a node when [#before]
/// was called, until [#atEnd].
final class NodeList {
    private final Node head = new Node(Operation.NEVER, 0, 0, null, null);
    private Node tail = head;
    private @Nullable Node cursor;
    private int moves;
    private int ordinal = -1;

    @Nullable
    Node first() {
        return head.next;
    }

    /// The node that was added last at the end; never null.
    Node last() {
        return tail;
    }

    /// Adds what follows before that node; null for the end.
    void before(@Nullable Node node) {
        cursor = node;
    }

    void atEnd() {
        cursor = null;
    }

    /// How often a memory may have moved until here.
    int moves() {
        return moves;
    }

    /// How many loops are around what is added from here.
    void depth(int loops) {
        loopDepth = loops;
    }

    private int loopDepth;

    /// What was added last may have moved a memory.
    void moved() {
        moves++;
    }

    /// Nodes that can trap or are calls belong to that instruction.
    void at(int instruction) {
        ordinal = instruction;
    }

    /// Code may be cut before what is added next at the end.
    void markCut() {
        cutNext = true;
    }

    private boolean cutNext;

    private int size;

    /// How many bytes the code has, roughly.
    int size() {
        return size;
    }

    private Node add(Node node) {
        size += NodeSizes.of(node);
        Node place = cursor;
        if (place == null) {
            node.previous = tail;
            tail.next = node;
            tail = node;
            node.moves = moves;
            node.loopDepth = loopDepth;
            node.cut = cutNext;
            cutNext = false;
        } else {
            Node previous = Objects.requireNonNull(place.previous);
            node.previous = previous;
            node.next = place;
            previous.next = node;
            place.previous = node;
            node.moves = place.moves;
            node.loopDepth = place.loopDepth;
            node.cut = place.cut;
            place.cut = false;
        }
        return node;
    }

    void remove(Node node) {
        size -= NodeSizes.of(node);
        Node previous = Objects.requireNonNull(node.previous);
        Node next = node.next;
        previous.next = next;
        if (next == null) {
            tail = previous;
        } else {
            next.previous = previous;
            next.cut |= node.cut;
        }
    }

    private Node add(Operation operation, int value, long bits, @Nullable Object object, @Nullable Object extra) {
        return add(new Node(operation, value, bits, object, extra));
    }

    private Node trapping(Node node) {
        node.ordinal = ordinal;
        return node;
    }

    Node plain(Opcode opcode) {
        Node node = add(Operation.PLAIN, 0, 0, opcode, null);
        return opcode.kind() == Opcode.Kind.OPERATOR ? node : trapping(node);
    }

    Node load(Variable variable) {
        return add(Operation.LOAD, 0, 0, variable, null);
    }

    Node store(Variable variable) {
        return add(Operation.STORE, 0, 0, variable, null);
    }

    Node increment(Variable variable, int by) {
        return add(Operation.INCREMENT, by, 0, variable, null);
    }

    Node constant(int value) {
        return add(Operation.INT, value, 0, null, null);
    }

    Node constant(long value) {
        return add(Operation.LONG, 0, value, null, null);
    }

    Node floatConstant(int bits) {
        return add(Operation.FLOAT, bits, 0, null, null);
    }

    Node doubleConstant(long bits) {
        return add(Operation.DOUBLE, 0, bits, null, null);
    }

    Node label(Target target) {
        Node node = add(Operation.LABEL, 0, 0, target, null);
        target.node = node;
        return node;
    }

    Node branch(Opcode opcode, Target target) {
        target.used = true;
        return add(Operation.BRANCH, 0, 0, target, opcode);
    }

    Node jump(Target target) {
        return branch(Opcode.GOTO, target);
    }

    Node table(Target[] targets) {
        for (Target target : targets) {
            target.used = true;
        }
        return add(Operation.SWITCH, 0, 0, targets, null);
    }

    Node member(Member member) {
        return trapping(add(Operation.MEMBER, 0, 0, member, null));
    }

    Node cast(ClassDesc type) {
        return trapping(add(Operation.CLASS, 0, 0, type, Opcode.CHECKCAST));
    }

    Node self() {
        return add(Operation.SELF, 0, 0, null, null);
    }

    Node reload(int memory) {
        return add(Operation.RELOAD, memory, 0, null, null);
    }

    Node memory(int index) {
        return add(Operation.MEMORY, index, 0, null, null);
    }

    Node returns(@Nullable Kind kind) {
        return add(Operation.RETURN, 0, 0, kind, null);
    }

    Node throwing() {
        return trapping(add(Operation.THROW, 0, 0, null, null));
    }
}

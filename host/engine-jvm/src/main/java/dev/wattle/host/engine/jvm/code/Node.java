package dev.wattle.host.engine.jvm.code;

import org.jspecify.annotations.Nullable;

/// A JVM instruction, or something that becomes a few, in the list that a body is translated to.
final class Node {
    /// What a node is. The comment tells what `value`, `bits` and `object` are.
    enum Operation {
        /// `object`: an `Opcode` without operands.
        PLAIN,
        /// `object`: the [Variable].
        LOAD,
        /// `object`: the [Variable].
        STORE,
        /// `object`: the [Variable], `value`: what is added.
        INCREMENT,
        /// `value`.
        INT,
        /// `bits`.
        LONG,
        /// `value`: the float's bits.
        FLOAT,
        /// `bits`: the double's.
        DOUBLE,
        /// `object`: the [Target].
        LABEL,
        /// `object`: the [Target], `extra`: the `Opcode`, of a condition or `goto`.
        BRANCH,
        /// `object`: an array of [Target]s, the default last.
        SWITCH,
        /// `object`: a [Member].
        MEMBER,
        /// `object`: a class, `extra`: the `Opcode`: `checkcast`, `instanceof`.
        CLASS,
        /// The instance, pushed.
        SELF,
        /// Loads the array of memory `value` into its variable.
        RELOAD,
        /// Pushes the array of memory `value` from its variable.
        MEMORY,
        /// Returns the first result, which is on the stack; `object`: its [Kind], null for none.
        RETURN,
        /// Throws what is on the stack.
        THROW,
        /// Where control never gets: ends a path after a call that always throws.
        NEVER
    }

    final Operation operation;
    final int value;
    final long bits;
    final @Nullable Object object;
    final @Nullable Object extra;

    @Nullable
    Node next;

    @Nullable
    Node previous;

    /// How often a memory may have moved before this node, counted along the list.
    int moves;

    /// The number of the Wasm instruction that it was made for, where it can trap or is a call; else -1.
    int ordinal = -1;

    /// Whether the JVM's stack is empty before it, so that code can be cut here.
    boolean cut;

    /// How many loops are around it.
    int loopDepth;

    /// In a function that is cut: its place in the list, and its chunk.
    int position;

    int chunk;

    Node(Operation operation, int value, long bits, @Nullable Object object, @Nullable Object extra) {
        this.operation = operation;
        this.value = value;
        this.bits = bits;
        this.object = object;
        this.extra = extra;
    }

    Variable variable() {
        return (Variable) java.util.Objects.requireNonNull(object);
    }

    Target target() {
        return (Target) java.util.Objects.requireNonNull(object);
    }

    @Override
    public String toString() {
        return operation + " " + value + " " + bits + " " + object + " " + extra;
    }
}

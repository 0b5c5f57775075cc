package dev.wattle.host.engine.jvm.code;

import java.util.Objects;

/// How many bytes of bytecode a node becomes, at most.
final class NodeSizes {
    /// `wide`, opcode, two bytes.
    private static final int LOCAL = 4;

    /// An access of a local that is in an array: the array, a cast, the index, the access, a conversion.
    private static final int FAR = 14;

    private static final int CONSTANT = 3;

    /// A NaN is made of its bits, by a call.
    private static final int FLOATING = 6;
    private static final int BRANCH = 3;
    private static final int SWITCH = 16;
    private static final int SWITCH_ENTRY = 4;

    private NodeSizes() {}

    static int of(Node node) {
        return switch (node.operation) {
            // a label has no bytes, but a chunk must not have all the labels of a hostile function
            case PLAIN, LABEL -> 1;
            case LOAD, STORE -> node.variable().isFar() ? FAR : LOCAL;
            case INCREMENT -> LOCAL + 2;
            case INT, LONG, MEMBER, CLASS -> CONSTANT;
            case FLOAT, DOUBLE -> FLOATING;
            case NEVER -> 0;
            case BRANCH -> BRANCH;
            case SWITCH -> SWITCH + SWITCH_ENTRY * ((Target[]) Objects.requireNonNull(node.object)).length;
            case SELF -> 2;
            case MEMORY -> LOCAL;
            case RELOAD -> 2 + CONSTANT + LOCAL;
            case RETURN, THROW -> 1;
        };
    }
}

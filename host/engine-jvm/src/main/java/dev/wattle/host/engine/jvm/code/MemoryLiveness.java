package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.code.Node.Operation;
import java.lang.classfile.Opcode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Takes out what loads the array of a memory that is not used before it is loaded again, or at all: most calls
/// are followed by another one.
final class MemoryLiveness {
    /// Loops within loops ask for more rounds; few bodies need more than three. Without an answer all stays.
    private static final int MAX_ROUNDS = 8;

    private final NodeList code;
    private boolean changed;

    private MemoryLiveness(NodeList code) {
        this.code = code;
    }

    static void prune(NodeList code) {
        var liveness = new MemoryLiveness(code);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            liveness.changed = false;
            liveness.pass(false);
            if (!liveness.changed) {
                liveness.pass(true);
                return;
            }
        }
    }

    private void pass(boolean removing) {
        int live = 0;
        @Nullable Node node = code.last();
        while (node != null) {
            Node previous = node.previous;
            if (node.operation == Operation.RELOAD) {
                int bit = 1 << node.value;
                if (removing && (live & bit) == 0) {
                    code.remove(node);
                }
                live &= ~bit;
            } else {
                live = before(node, live);
            }
            node = previous;
        }
    }

    /// What is live before a node, given what is after it.
    private int before(Node node, int live) {
        return switch (node.operation) {
            case MEMORY -> live | 1 << node.value;
            case LABEL -> {
                Target target = node.target();
                int all = target.liveMemories | live;
                changed |= all != target.liveMemories;
                target.liveMemories = all;
                yield all;
            }
            case BRANCH -> node.extra == Opcode.GOTO ? node.target().liveMemories : live | node.target().liveMemories;
            case SWITCH -> {
                int all = 0;
                for (Target target : (Target[]) Objects.requireNonNull(node.object)) {
                    all |= target.liveMemories;
                }
                yield all;
            }
            case RETURN, THROW -> 0;
            default -> live;
        };
    }
}

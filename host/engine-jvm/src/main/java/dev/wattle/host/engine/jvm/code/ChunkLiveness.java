package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.code.ChunkPlan.Chunk;
import java.lang.classfile.Opcode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Which variables are used after a place in a function that is cut, before they get other values: the others need
/// not be in the frame when control goes there.
///
/// An exception may come from anywhere in the range of a handler: what is live at the handler is live in all of the
/// range. An exception that no handler of the function catches ends it, and its frame with it.
final class ChunkLiveness {
    /// Loops within loops ask for more rounds; few bodies need more than four. Without an answer all are live.
    private static final int MAX_ROUNDS = 30;

    /// Words of 64 variables in one round, for all places and branches: 16 MB at most, and milliseconds.
    private static final int MAX_WORDS = 1 << 21;

    private final Translation translation;
    private final List<Chunk> chunks;
    private final int words;
    private final IdentityHashMap<Target, Target> handlersByEnd = new IdentityHashMap<>();
    private final IdentityHashMap<Target, Target> handlersByStart = new IdentityHashMap<>();

    /// For each target, the variables that are live there; empty when all have to be taken for live.
    private long[] live = {};

    /// While a round goes backwards: what is live, the handler of the code, and whether anything is new.
    private final long[] now;

    private @Nullable Target handler;
    private boolean changed;

    private ChunkLiveness(Translation translation, List<Chunk> chunks) {
        this.translation = translation;
        this.chunks = chunks;
        this.words = (translation.variables.all().size() + Long.SIZE - 1) / Long.SIZE;
        this.now = new long[words];
    }

    static ChunkLiveness of(Translation translation, List<Chunk> chunks) {
        var liveness = new ChunkLiveness(translation, chunks);
        if (liveness.number()) {
            liveness.solve();
        }
        return liveness;
    }

    /// Whether the variable, which is not far, is live at a target that other chunks go to.
    boolean isLive(Target target, Variable variable) {
        return live.length == 0 || (live[target.row * words + (variable.number >> 6)] & 1L << variable.number) != 0;
    }

    /// The numbers of the variables that are live at any of the targets.
    BitSet liveAtAny(List<Target> targets) {
        long[] any = new long[words];
        if (live.length == 0) {
            Arrays.fill(any, -1);
            return BitSet.valueOf(any);
        }
        for (Target target : targets) {
            add(target, any);
        }
        return BitSet.valueOf(any);
    }

    /// Gives targets their rows.
    ///
    /// @return whether the function is small enough
    private boolean number() {
        int rows = 0;
        long unions = 0;
        for (Chunk chunk : chunks) {
            chunk.start().row = rows++;
        }
        for (Node node = translation.code.first(); node != null; node = node.next) {
            switch (node.operation) {
                case LABEL -> node.target().row = rows++;
                case BRANCH -> unions++;
                case SWITCH -> unions += ((Target[]) Objects.requireNonNull(node.object)).length;
                default -> {}
            }
        }
        if ((rows + unions) * words > MAX_WORDS) {
            return false;
        }
        live = new long[rows * words];
        return true;
    }

    private void solve() {
        for (Translation.Handler range : translation.handlers) {
            handlersByStart.put(range.start(), range.handler());
            handlersByEnd.put(range.end(), range.handler());
        }
        for (int round = 0; round < MAX_ROUNDS; round++) {
            changed = false;
            pass();
            if (!changed) {
                return;
            }
        }
        live = new long[0];
    }

    private void pass() {
        handler = null;
        Arrays.fill(now, 0);
        Node node = translation.code.last();
        for (int i = chunks.size() - 1; i >= 0; i--) {
            Chunk chunk = chunks.get(i);
            while (true) {
                before(node);
                if (node == chunk.first) {
                    break;
                }
                node = Objects.requireNonNull(node.previous);
            }
            keep(chunk.start());
            node = Objects.requireNonNull(node.previous);
        }
    }

    /// From what is live after a node to what is live before it.
    private void before(Node node) {
        switch (node.operation) {
            case LOAD, INCREMENT -> use(node.variable());
            case STORE -> define(node.variable());
            case LABEL -> label(node.target());
            case BRANCH -> {
                if (node.extra == Opcode.GOTO) {
                    end();
                }
                add(node.target());
            }
            case SWITCH -> {
                end();
                for (Target target : (Target[]) Objects.requireNonNull(node.object)) {
                    add(target);
                }
            }
            case RETURN, THROW -> end();
            default -> {}
        }
    }

    private void use(Variable variable) {
        if (!variable.isFar()) {
            now[variable.number >> 6] |= 1L << variable.number;
        }
    }

    private void define(Variable variable) {
        if (!variable.isFar() && (handler == null || !isLive(handler, variable))) {
            now[variable.number >> 6] &= ~(1L << variable.number);
        }
    }

    /// Control does not go on to what follows; but an exception may go to the handler.
    private void end() {
        Arrays.fill(now, 0);
        if (handler != null) {
            add(handler);
        }
    }

    private void label(Target target) {
        if (handlersByStart.containsKey(target)) {
            handler = null;
        }
        Target ended = handlersByEnd.get(target);
        if (ended != null) {
            handler = ended;
            add(ended);
        }
        keep(target);
    }

    private void add(Target target) {
        add(target, now);
    }

    private void add(Target target, long[] to) {
        int from = target.row * words;
        for (int i = 0; i < words; i++) {
            to[i] |= live[from + i];
        }
    }

    /// What is live now is live at the target; and the other way round, of a branch that was seen before.
    private void keep(Target target) {
        int from = target.row * words;
        for (int i = 0; i < words; i++) {
            long all = live[from + i] | now[i];
            changed |= all != live[from + i];
            live[from + i] = all;
            now[i] = all;
        }
    }
}

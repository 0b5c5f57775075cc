package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.code.Node.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where a function is cut, and how its chunks are entered.
///
/// A cut is made where the JVM's stack is empty; between half and twice of the size that is wished for, where
/// there are the fewest loops around, so that loops stay whole when they can.
final class ChunkPlan {
    /// Entries are numbered `chunk << CHUNK_SHIFT | number in the chunk`.
    static final int CHUNK_SHIFT = 16;

    /// More would not have positive numbers: the chunks of a huge function are larger instead.
    private static final int MAX_CHUNKS = 1 << 15;

    /// A run of nodes that is one method.
    static final class Chunk {
        final int number;
        final Node first;

        /// The node after its last.
        @Nullable
        Node end;

        /// Targets in it that others go to, by their numbers; number 0 is its beginning.
        final List<Target> entries = new ArrayList<>();

        /// Handlers for parts of it.
        final List<Translation.Handler> handlers = new ArrayList<>();

        Chunk(int number, Node first) {
            this.number = number;
            this.first = first;
        }

        /// Where it begins.
        Target start() {
            return entries.getFirst();
        }
    }

    private final Translation translation;
    private final List<Chunk> chunks = new ArrayList<>();
    private final int wished;
    private final ChunkLiveness liveness;

    ChunkPlan(Translation translation) {
        this.translation = translation;
        if (!translation.shape.body(translation.function).traits().tailCalls()) {
            removeZeros();
        }
        int least = 2 * translation.code.size() / MAX_CHUNKS;
        this.wished = Math.max(translation.shape.options.chunkBytes(), least);
        cut();
        enter();
        catches();
        this.liveness = ChunkLiveness.of(translation, chunks);
    }

    List<Chunk> chunks() {
        return chunks;
    }

    ChunkLiveness liveness() {
        return liveness;
    }

    /// Where the chunk after that one begins; null when it is the last.
    @Nullable
    Target after(Chunk chunk) {
        return chunk.end == null ? null : chunks.get(chunk.number + 1).start();
    }

    /// The fields of a new frame are zero.
    private void removeZeros() {
        Node last = translation.lastZero;
        while (last != translation.beforeZeros) {
            Node previous = Objects.requireNonNull(last.previous);
            translation.code.remove(last);
            last = previous;
        }
    }

    private void cut() {
        Node start = Objects.requireNonNull(translation.code.first());
        int position = 0;
        while (start != null) {
            var chunk = new Chunk(chunks.size(), start);
            chunk.end = end(start);
            for (Node node = start; node != chunk.end && node != null; node = node.next) {
                node.position = position++;
                node.chunk = chunk.number;
                if (node.operation == Operation.LABEL) {
                    node.target().chunk = chunk.number;
                }
            }
            chunks.add(chunk);
            start = chunk.end;
        }
    }

    /// Where the chunk that begins there ends best; null at the end of the function.
    private @Nullable Node end(Node start) {
        int size = 0;
        int depth = Integer.MAX_VALUE;
        Node best = null;
        for (Node node = start; node != null; node = node.next) {
            if (node != start && node.cut) {
                boolean over = size > 2 * wished;
                if (over && best != null) {
                    return best;
                }
                if (over || (size >= wished / 2 && node.loopDepth <= depth)) {
                    best = node;
                    depth = node.loopDepth;
                    if (over) {
                        return best;
                    }
                }
            }
            size += NodeSizes.of(node);
        }
        return size > 2 * wished ? best : null;
    }

    /// Numbers the targets that are gone to from other chunks.
    private void enter() {
        for (Chunk chunk : chunks) {
            Target start = new Target(false);
            start.chunk = chunk.number;
            start.entry = 0;
            chunk.entries.add(start);
        }
        for (Node node = translation.code.first(); node != null; node = node.next) {
            switch (node.operation) {
                case BRANCH -> enter(node.target(), node.chunk, false);
                case SWITCH -> {
                    Target[] targets = (Target[]) Objects.requireNonNull(node.object);
                    boolean indirect = Switches.isIndirect(targets);
                    for (Target target : targets) {
                        enter(target, node.chunk, indirect);
                    }
                }
                default -> {}
            }
        }
    }

    private void enter(Target target, int from, boolean always) {
        if (target.entry < 0 && (always || target.chunk != from)) {
            List<Target> entries = chunks.get(target.chunk).entries;
            target.entry = entries.size();
            entries.add(target);
        }
    }

    private void catches() {
        for (Translation.Handler handler : translation.handlers) {
            Node first = Objects.requireNonNull(handler.start().node);
            Node last = Objects.requireNonNull(handler.end().node);
            for (int i = first.chunk; i <= last.chunk; i++) {
                chunks.get(i).handlers.add(handler);
                enter(handler.handler(), i, false);
            }
        }
    }
}

package dev.wattle.host.engine.jvm.code;

import java.lang.classfile.Label;
import org.jspecify.annotations.Nullable;

/// Where branches go.
final class Target {
    /// Whether anything goes there.
    boolean used;

    /// Whether the operand stack may hold something there: a label within an instruction, where nothing is cut.
    final boolean internal;

    /// How many loops are around it.
    int depth;

    /// The node that places it; null before it is placed.
    @Nullable
    Node node;

    /// Whether control comes from an exception, which is then on the JVM's stack; or, in a function that is
    /// cut, in the frame.
    boolean handler;

    /// While bytecode is made: the label, and who made it.
    @Nullable
    Label label;

    @Nullable
    Emitter emitter;

    /// How many nodes were emitted before it.
    int emittedBefore;

    /// In a function that is cut: the chunk that it is in, and its number there when others ask to go there,
    /// else -1.
    int chunk = -1;

    int entry = -1;

    /// In a function that is cut: where [ChunkLiveness] has what is live at it.
    int row;

    /// Memories whose array is used after it, before it is loaded again: one bit each.
    int liveMemories;

    Target(boolean internal) {
        this.internal = internal;
    }
}

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

    /// While bytecode is made: the label, and in which chunk it is.
    @Nullable
    Label label;

    int chunk;

    /// In a function that is cut: the number by which other chunks ask to go there; -1 when none does.
    int entry = -1;

    /// Memories whose array is needed when control gets there: one bit each.
    int liveMemories;

    Target(boolean internal) {
        this.internal = internal;
    }
}

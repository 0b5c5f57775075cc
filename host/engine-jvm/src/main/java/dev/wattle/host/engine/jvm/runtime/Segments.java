package dev.wattle.host.engine.jvm.runtime;

import org.jspecify.annotations.Nullable;

/// The segments of a module, and what else its instances begin with; all of them share it.
public interface Segments {
    /// The array that holds the data of all segments: the binary.
    byte[] binary();

    /// Where a segment's data begin in the binary.
    int dataStart(int segment);

    /// How many bytes `memory.init` may take of a passive segment; 0 for an active one.
    int dataLength(int segment);

    /// How many elements `table.init` may take of a passive segment; 0 for any other.
    int elementsLength(int segment);

    /// A global of the module itself, with its initial value in that instance, whose globals before it have theirs.
    GlobalCell global(Instance instance, int global);

    /// An element, as a value of that instance.
    @Nullable
    Object element(Instance instance, int segment, int item);
}

package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The handles of one component instance. The last index that was freed is the first to be used again.
///
/// @spec CanonicalABI.md `Table`
final class HandleTable {
    /// The host's heap for one handle, with its place in the table and among the free ones.
    private static final int HANDLE_COST = 60;

    /// A guest gets no more than these at once (60 MB), far above what programs
    /// use
    /// and below the `Table.MAX_LENGTH` of the specification.
    static final int MAX_HANDLES = 1_000_000;

    private final List<@Nullable ResourceHandle> handles = new ArrayList<>();
    private int[] free = new int[0];
    private final HeapShare heap;
    private int freeSize;

    HandleTable(HeapShare heap) {
        this.heap = heap;
        handles.add(null); // 0 is no handle
    }

    /// The handle of that index and type.
    ResourceHandle get(long index, ResourceType type) {
        ResourceHandle handle = index < handles.size() ? handles.get((int) index) : null;
        if (handle == null) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "unknown handle index " + index);
        }
        if (handle.type != type) {
            throw new Trap(
                    Trap.Kind.CANONICAL_ABI,
                    "handle index %d used with the wrong type, expected %s but found %s"
                            .formatted(index, type, describe(type, handle.type)));
        }
        return handle;
    }

    private static String describe(ResourceType wanted, ResourceType found) {
        return wanted.name().equals(found.name()) ? "a different " + found : found.toString();
    }

    int add(ResourceHandle handle) {
        if (freeSize > 0) {
            int index = free[--freeSize];
            handles.set(index, handle);
            return index;
        }
        int index = handles.size();
        if (index > MAX_HANDLES) {
            throw new Trap(Trap.Kind.LIMIT, "more than " + MAX_HANDLES + " handles");
        }
        heap.charge(HANDLE_COST);
        handles.add(handle);
        return index;
    }

    void remove(long index) {
        handles.set((int) index, null);
        if (freeSize == free.length) {
            free = java.util.Arrays.copyOf(free, Math.max(8, 2 * freeSize));
        }
        free[freeSize++] = (int) index;
    }
}

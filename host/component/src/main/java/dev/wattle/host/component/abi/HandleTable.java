package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The handles of one component instance, of all kinds. The last index that was freed is the first to be used
/// again.
///
/// @spec CanonicalABI.md `Table`
final class HandleTable {
    /// The host's heap for one handle, with its place in the table and among the free ones.
    private static final int HANDLE_COST = 60;

    private static final int FIRST_LENGTH = 8;

    private final Store store;
    private @Nullable TableEntry[] entries = new TableEntry[FIRST_LENGTH];
    private int size = 1; // 0 is no handle
    private int[] free = new int[0];
    private int freeSize;

    HandleTable(Store store) {
        this.store = store;
    }

    /// What has that index, read as unsigned.
    TableEntry get(int index) {
        TableEntry entry = index >= 0 && index < size ? entries[index] : null;
        if (entry == null) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "unknown handle index " + Integer.toUnsignedLong(index));
        }
        return entry;
    }

    /// The handle of that index, which is of that class.
    <T extends TableEntry> T get(int index, Class<T> wanted, String kind) {
        TableEntry entry = get(index);
        if (!wanted.isInstance(entry)) {
            throw wrongType(index, kind, entry.kind());
        }
        return wanted.cast(entry);
    }

    /// The resource of that index and type.
    ResourceHandle get(int index, ResourceType type) {
        if (get(index) instanceof ResourceHandle handle) {
            if (handle.type == type) {
                return handle;
            }
            throw wrongType(index, type.toString(), describe(type, handle.type));
        }
        throw wrongType(index, type.toString(), get(index).kind());
    }

    private static Trap wrongType(int index, String wanted, String found) {
        return new Trap(
                Trap.Kind.CANONICAL_ABI,
                "handle index %d used with the wrong type, expected %s but found %s".formatted(index, wanted, found));
    }

    private static String describe(ResourceType wanted, ResourceType found) {
        return wanted.name().equals(found.name()) ? "a different " + found : found.toString();
    }

    int add(TableEntry entry) {
        store.handles().charge(entry.heapBytes());
        if (freeSize > 0) {
            int index = free[--freeSize];
            entries[index] = entry;
            return index;
        }
        int index = size;
        if (index > store.limits.handles()) {
            throw new Trap(Trap.Kind.LIMIT, "more than " + store.limits.handles() + " handles");
        }
        store.handles().charge(HANDLE_COST);
        if (index == entries.length) {
            entries = Arrays.copyOf(entries, 2 * index);
        }
        entries[index] = entry;
        size++;
        return index;
    }

    /// Frees an index that is in use.
    void remove(int index) {
        TableEntry entry = entries[index];
        if (entry != null) {
            store.handles().release(entry.heapBytes());
        }
        entries[index] = null;
        if (freeSize == free.length) {
            free = Arrays.copyOf(free, Math.max(FIRST_LENGTH, 2 * freeSize));
        }
        free[freeSize++] = index;
    }
}

package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.StackRoom;
import dev.wattle.host.engine.Trap;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A table, as its owner, all who import it, and the host see it. Owned by one sandbox.
///
/// Entries that active segments of constant functions fill are made when they are first used: until then the array
/// has null, and an image that all instances share has the index of the function.
public final class Table {
    /// Each entry is a reference in an array; half of it where the JVM compresses pointers.
    private static final int ENTRY_BYTES = 8;

    private static final Null NULL = new Null();

    /// The null reference, stored where the image might say otherwise.
    private static final class Null {}

    /// What makes references looks for a signal at one in so many entries.
    private static final int POLL_MASK = (1 << 4) - 1;

    /// What only moves them is done in steps of so many, with a poll after each: some microseconds.
    private static final int STEP = 1 << 14;

    private static final Object[] NOTHING = {};
    private static final int[] NO_IMAGE = {};

    private final MemoryBudget budget;
    private final int[] image;
    private int maximum;
    private @Nullable Instance owner;

    /// As long as the table. An entry is null when nothing was stored to it yet.
    private @Nullable Object[] entries;

    /// @param maximum the smaller of what the module declares and what the host allows
    /// @param image functions by entry, the index of each plus one, and 0 for none; may be shorter than the table
    /// @throws Trap when the budget is used up
    public Table(int size, int maximum, int @Nullable [] image, MemoryBudget budget) {
        if (!budget.tryReserve(charge(size))) {
            throw budget.exhausted();
        }
        this.entries = size == 0 ? NOTHING : resized(NOTHING, size, charge(size), budget);
        this.maximum = maximum;
        this.image = image == null ? NO_IMAGE : image;
        this.budget = budget;
    }

    private static long charge(int entries) {
        return (long) entries * ENTRY_BYTES;
    }

    /// @param reserved what is given back when the heap has no room
    private static @Nullable Object[] resized(
            @Nullable Object[] beginning, int size, long reserved, MemoryBudget budget) {
        try {
            return Arrays.copyOf(beginning, size);
        } catch (OutOfMemoryError full) {
            budget.release(reserved);
            throw budget.exhausted();
        }
    }

    /// Whose functions the image means: told once, before any code runs.
    public void own(Instance instance) {
        owner = instance;
    }

    /// Takes the entries away and gives their bytes back. Idempotent.
    public void close() {
        budget.release(charge(entries.length));
        entries = NOTHING;
        maximum = 0;
    }

    /// Leaves the entries to whoever can still reach the table; they count for nobody. It does not grow any more.
    public void abandon() {
        budget.release(charge(entries.length));
        maximum = 0;
    }

    /// `table.size`.
    public int size() {
        return entries.length;
    }

    /// How far it can grow: the smaller of what the module declares and what the host allows.
    public int maximum() {
        return maximum;
    }

    /// What `call_indirect` calls: never null. Small, so that it is inlined.
    ///
    /// @throws Trap when the index is beyond the table, or the entry null
    public Object callee(int index) {
        @Nullable Object[] all = entries;
        if (index >= 0 && index < all.length) {
            Object entry = all[index];
            if (entry != null && !(entry instanceof Null)) {
                return entry;
            }
        }
        return missing(index);
    }

    private Object missing(int index) {
        if (index < 0 || index >= entries.length) {
            throw new Trap(Trap.Kind.UNDEFINED_ELEMENT);
        }
        Object made = entries[index] instanceof Null ? null : make(index);
        if (made == null) {
            throw new Trap(Trap.Kind.UNINITIALIZED_ELEMENT);
        }
        return made;
    }

    /// The trap of a `call_indirect` that found a function of another type.
    public static Trap typeMismatch(Object found) {
        return new Trap(
                Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH,
                Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH.reason() + ": found "
                        + found.getClass().getSuperclass().getSimpleName());
    }

    /// `table.get`.
    public @Nullable Object get(int index) {
        if (index < 0 || index >= entries.length) {
            throw outOfBounds();
        }
        Object entry = entries[index];
        if (entry == null) {
            return make(index);
        }
        return entry instanceof Null ? null : entry;
    }

    /// Makes the entry that the image means.
    private @Nullable Object make(int index) {
        if (index >= image.length || image[index] == 0 || owner == null) {
            return null;
        }
        Object made = owner.reference(image[index] - 1);
        entries[index] = made;
        return made;
    }

    /// `table.set`.
    public void set(int index, @Nullable Object value) {
        if (index < 0 || index >= entries.length) {
            throw outOfBounds();
        }
        entries[index] = stored(value);
    }

    /// Null is stored as itself where no image lies below.
    private @Nullable Object stored(@Nullable Object value) {
        return value == null && image.length > 0 ? NULL : value;
    }

    /// `table.grow`: the size before, or -1.
    public int grow(@Nullable Object value, int delta) {
        int before = entries.length;
        if (delta < 0 || delta > maximum - before) {
            return -1;
        }
        if (delta > 0) {
            StackRoom.require();
            poll(0);
            if (!budget.tryReserveLarge(charge(delta))) {
                return -1;
            }
            @Nullable Object[] grown = resized(entries, before + delta, charge(delta), budget);
            Object filling = stored(value);
            if (filling != null) {
                Arrays.fill(grown, before, grown.length, filling);
            }
            entries = grown;
            poll(0);
        }
        return before;
    }

    /// `table.fill`.
    public void fill(int to, @Nullable Object value, int length) {
        check(to, length);
        Object filling = stored(value);
        int done = 0;
        for (; length - done >= STEP; done += STEP) {
            Arrays.fill(entries, to + done, to + done + STEP, filling);
            poll(0);
        }
        Arrays.fill(entries, to + done, to + length, filling);
    }

    /// `table.copy` from another table, or this one, to this one.
    public void copy(int to, int from, int length, Table source) {
        source.check(from, length);
        check(to, length);
        if (source.image.length == 0 && image.length == 0) {
            move(source.entries, from, to, length, source == this && from < to);
        } else if (source == this && from < to) {
            for (int i = length - 1; i >= 0; i--) {
                entries[to + i] = stored(source.get(from + i));
                poll(i);
            }
        } else {
            for (int i = 0; i < length; i++) {
                entries[to + i] = stored(source.get(from + i));
                poll(i);
            }
        }
    }

    /// @param lastFirst where the ranges may overlap so that the first entries would be overwritten
    private void move(@Nullable Object[] source, int from, int to, int length, boolean lastFirst) {
        int done = 0;
        for (; length - done >= STEP; done += STEP) {
            int at = lastFirst ? length - done - STEP : done;
            System.arraycopy(source, from + at, entries, to + at, STEP);
            poll(0);
        }
        int rest = lastFirst ? 0 : done;
        System.arraycopy(source, from + rest, entries, to + rest, length - done);
    }

    /// `table.init` with an element segment of that instance.
    public void init(int to, int from, int length, Instance instance, int segment) {
        init(to, from, length, instance, segment, instance.elementsLength(segment));
    }

    /// Copies elements of a segment of which so many are there.
    ///
    /// @throws Trap before anything is written, when either does not reach that far
    public void init(int to, int from, int length, Instance instance, int segment, int available) {
        if (Integer.toUnsignedLong(from) + Integer.toUnsignedLong(length) > available) {
            throw outOfBounds();
        }
        check(to, length);
        Segments segments = instance.segments();
        for (int i = 0; i < length; i++) {
            entries[to + i] = stored(segments.element(instance, segment, from + i));
            poll(i);
        }
    }

    /// Each reference that is made may be of a function whose class must be made first.
    private void poll(int entry) {
        Instance polling = owner;
        if ((entry & POLL_MASK) == 0 && polling != null && polling.control.signal != 0) {
            polling.control.poll();
        }
    }

    private void check(int at, int length) {
        if (Integer.toUnsignedLong(at) + Integer.toUnsignedLong(length) > entries.length) {
            throw outOfBounds();
        }
    }

    private static Trap outOfBounds() {
        return new Trap(Trap.Kind.TABLE_OUT_OF_BOUNDS);
    }
}

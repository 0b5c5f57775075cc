package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.StackRoom;
import dev.wattle.host.engine.Trap;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.Value;

/// A table with limits of its own: Endive writes the size of a grown table into the limits of the *module*,
/// where the next instance would find it.
final class LimitedTable extends TableInstance {
    /// Both arrays of Endive's tables, with references that are not compressed.
    private static final int ELEMENT_BYTES = Integer.BYTES + Long.BYTES;

    private final MemoryBudget budget;
    private @Nullable Instance onlyWriter;
    private long charge;
    private boolean closed;

    private LimitedTable(Table fresh, int initial, MemoryBudget budget, long charge) {
        super(fresh, initial);
        this.budget = budget;
        this.charge = charge;
    }

    private static long footprint(long elements) {
        return elements * ELEMENT_BYTES;
    }

    static LimitedTable of(Table declared, int initial, int limit, MemoryBudget budget) {
        long minimum = declared.limits().min();
        if (minimum > limit) {
            throw new Trap(Trap.Kind.LIMIT, "a table of " + minimum + " elements is wanted, " + limit + " are allowed");
        }
        long maximum = Math.min(declared.limits().max(), limit);
        long charge = footprint(minimum);
        if (!budget.tryReserve(charge)) {
            throw budget.exhausted();
        }
        var fresh = new Table(declared.elementType(), new TableLimits(minimum, maximum));
        return new LimitedTable(fresh, initial, budget, charge);
    }

    /// From now on only that instance may put functions here.
    void onlyFor(Instance instance) {
        onlyWriter = instance;
    }

    @Override
    public int grow(int count, int value, Instance instance) {
        if (closed || count < 0 || count > limits().max() - size()) {
            return -1;
        }
        StackRoom.require();
        long grown = footprint(size() + (long) count);
        if (!budget.tryReserve(grown)) {
            return -1;
        }
        try {
            int before = super.grow(count, value, instance);
            budget.release(charge);
            charge = grown;
            return before;
        } catch (OutOfMemoryError fragmented) {
            budget.release(grown);
            return -1;
        }
    }

    /// Gives back what it takes of the budget; it grows no more. Idempotent.
    void close() {
        closed = true;
        budget.release(charge);
        charge = 0;
    }

    @Override
    public void setRef(int index, int value, Instance instance) {
        if (onlyWriter != null && !onlyWriter.equals(instance) && value != Value.REF_NULL_VALUE) {
            throw new LinkException(
                    "a function of another instance is put into a table that interpreted code calls through");
        }
        super.setRef(index, value, instance);
    }
}

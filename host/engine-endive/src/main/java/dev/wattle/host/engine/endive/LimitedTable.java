package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.Trap;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.Instance;
import run.endive.runtime.TableInstance;
import run.endive.wasm.types.Table;
import run.endive.wasm.types.TableLimits;
import run.endive.wasm.types.Value;

/// A table with limits of its own: Endive writes the size of a grown table into the limits of the *module*, where
/// the next instance would find it.
final class LimitedTable extends TableInstance {
    private @Nullable Instance onlyWriter;

    private LimitedTable(Table fresh, int initial) {
        super(fresh, initial);
    }

    static LimitedTable of(Table declared, int initial, int limit) {
        long minimum = declared.limits().min();
        if (minimum > limit) {
            throw new Trap(Trap.Kind.LIMIT, "a table of " + minimum + " elements is wanted, " + limit + " are allowed");
        }
        long maximum = Math.min(declared.limits().max(), limit);
        return new LimitedTable(new Table(declared.elementType(), new TableLimits(minimum, maximum)), initial);
    }

    /// From now on only that instance may put functions here.
    void onlyFor(Instance instance) {
        onlyWriter = instance;
    }

    @Override
    public int grow(int count, int value, Instance instance) {
        return count < 0 || count > limits().max() - size() ? -1 : super.grow(count, value, instance);
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

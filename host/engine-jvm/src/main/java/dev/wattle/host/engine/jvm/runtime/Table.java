package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.Trap;
import org.jspecify.annotations.Nullable;

/// A table, as its owner, all who import it, and the host see it. Owned by one sandbox.
///
/// Entries that active segments of constant functions fill are made when they are first used: until then the array
/// has null, and an image that all instances share has the index of the function.
public final class Table {
    /// Functions by entry: the function's index plus one, and 0 for none.
    public record Image(int[] functions) {}

    /// `table.size`.
    public int size() {
        throw new UnsupportedOperationException("to come");
    }

    /// What `call_indirect` calls: never null.
    ///
    /// @throws Trap when the index is beyond the table, or the entry null
    public Object callee(int index) {
        throw new UnsupportedOperationException("to come");
    }

    /// The trap of a `call_indirect` that found a function of another type.
    public static Trap typeMismatch() {
        return new Trap(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH);
    }

    /// `table.get`.
    public @Nullable Object get(int index) {
        throw new UnsupportedOperationException("to come");
    }

    /// `table.set`.
    public void set(int index, @Nullable Object value) {
        throw new UnsupportedOperationException("to come");
    }

    /// `table.grow`: the size before, or -1.
    public int grow(@Nullable Object value, int delta) {
        throw new UnsupportedOperationException("to come");
    }

    /// `table.fill`.
    public void fill(int to, @Nullable Object value, int length) {
        throw new UnsupportedOperationException("to come");
    }

    /// `table.copy` from another table, or this one, to this one.
    public void copy(int to, int from, int length, Table source) {
        throw new UnsupportedOperationException("to come");
    }

    /// `table.init` with an element segment of that instance.
    public void init(int to, int from, int length, Instance instance, int segment) {
        throw new UnsupportedOperationException("to come");
    }
}

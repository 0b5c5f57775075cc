package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// What generated code calls for what is rare or long: polls, pending tail calls, exceptions, null.
public final class Support {
    private static final VarHandle SIGNAL = signal();

    /// So many rounds of a loop between two polls: microseconds when they are short; a round that is long calls
    /// something that polls.
    public static final int STRIDE = 1 << 12;

    private Support() {}

    private static VarHandle signal() {
        try {
            return MethodHandles.lookup().findVarHandle(GuestControl.class, "signal", int.class);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the control of guests has no signal", e);
        }
    }

    /// Looks if the guest has to stop, and lets it, or gives others their turn. An opaque read, which is made
    /// each time: a plain one could be moved out of the loop.
    ///
    /// @return how many rounds of a loop may pass until the next look
    public static int poll(Instance self) {
        if ((int) SIGNAL.getOpaque(self.control) != 0) {
            self.control.poll();
        }
        return STRIDE;
    }

    /// Makes the tail calls that are pending, until none is: the first result is then in the scratch area.
    public static void drive(Instance self) {
        Scratch scratch = self.scratch;
        int rounds = STRIDE;
        for (FunctionReference next = scratch.pending; next != null; next = scratch.pending) {
            scratch.pending = null;
            next.resume(scratch);
            if (--rounds == 0) {
                rounds = poll(self);
            }
        }
    }

    public static Trap unreachable() {
        return new Trap(Trap.Kind.UNREACHABLE);
    }

    /// @throws Trap when it is null
    public static Object nonNull(@Nullable Object reference) {
        if (reference == null) {
            throw new Trap(Trap.Kind.NULL_REFERENCE);
        }
        return reference;
    }

    /// `throw_ref`.
    public static WasmException thrown(@Nullable Object reference) {
        return (WasmException) nonNull(reference);
    }

    /// The words of a new exception.
    public static long[] words(int length) {
        return length == 0 ? WasmException.NO_WORDS : new long[length];
    }

    /// The references of a new exception.
    public static @Nullable Object[] references(int length) {
        return length == 0 ? WasmException.NO_REFERENCES : new Object[length];
    }

    /// Stores a local that is kept in an array.
    public static void setFar(long value, long[] words, int index) {
        words[index] = value;
    }

    /// Stores a local that is kept in an array.
    public static void setFar(@Nullable Object value, @Nullable Object[] references, int index) {
        references[index] = value;
    }

    /// The smaller of an index, unsigned, and a limit.
    public static int clampUnsigned(int index, int limit) {
        return Integer.compareUnsigned(index, limit) < 0 ? index : limit;
    }

    /// Of a table of branches that is kept in strings: where to go on.
    public static int entry(int index, String table) {
        return table.charAt(2 * index) << Character.SIZE | table.charAt(2 * index + 1);
    }

    /// What `throw` throws.
    public static WasmException exception(Tag tag, long[] words, @Nullable Object[] references) {
        return new WasmException(tag, words, references);
    }
}

package dev.wattle.host.component.abi;

import static dev.wattle.host.component.abi.CoreFunctions.I32_TO_NOTHING;
import static dev.wattle.host.component.abi.CoreFunctions.NOTHING_TO_I32;
import static dev.wattle.host.component.abi.CoreFunctions.TWO_I32_TO_I32;
import static dev.wattle.host.component.abi.CoreFunctions.TWO_I32_TO_NOTHING;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;

/// The core functions that guests wait with.
///
/// @spec CanonicalABI.md `canon waitable-set.*`, `canon waitable.join`
public final class WaitableFunctions {
    private static final String SET = "a waitable set";

    /// `() -> (i32)`
    public static CoreExtern.Function waitableSetNew(InstanceState instance) {
        return CoreFunctions.of(instance, NOTHING_TO_I32, _ -> {
            instance.requireMayLeave();
            return instance.handles().add(new WaitableSet());
        });
    }

    /// `(set, pointer) -> (event code)`: waits for an event, and writes what it is about.
    ///
    /// @param cancellable does the guest want to hear of its cancellation?
    public static CoreExtern.Function waitableSetWait(InstanceState instance, GuestMemory memory, boolean cancellable) {
        return CoreFunctions.of(instance, TWO_I32_TO_I32, values -> {
            WaitableSet set = set(instance, (int) values[0]);
            Event event = set.waitForEventAnd(instance.currentThread(), () -> true, cancellable);
            return unpack(memory, values[1], event);
        });
    }

    /// `(set, pointer) -> (event code)`: the same without waiting.
    ///
    /// @param cancellable does the guest want to hear of its cancellation?
    public static CoreExtern.Function waitableSetPoll(InstanceState instance, GuestMemory memory, boolean cancellable) {
        return CoreFunctions.of(instance, TWO_I32_TO_I32, values -> {
            WaitableSet set = set(instance, (int) values[0]);
            return unpack(memory, values[1], set.poll(instance.currentThread(), cancellable));
        });
    }

    /// @spec CanonicalABI.md `unpack_event`
    private static long unpack(GuestMemory memory, long pointer, Event event) {
        LiftLowerContext.requireAligned(pointer, Integer.BYTES);
        if (pointer > memory.sizeBytes() - 2 * Integer.BYTES) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "pointer out of bounds of memory");
        }
        memory.writeInt(pointer, event.index());
        memory.writeInt(pointer + Integer.BYTES, event.payload());
        return event.code().number();
    }

    /// `(set) -> ()`
    public static CoreExtern.Function waitableSetDrop(InstanceState instance) {
        return CoreFunctions.of(instance, I32_TO_NOTHING, values -> {
            int index = (int) values[0];
            WaitableSet set = set(instance, index);
            instance.handles().remove(index);
            set.drop();
            return 0;
        });
    }

    /// `(waitable, set) -> ()`: puts it into a set, or with 0 into none.
    public static CoreExtern.Function waitableJoin(InstanceState instance) {
        return CoreFunctions.of(instance, TWO_I32_TO_NOTHING, values -> {
            instance.requireMayLeave();
            Waitable waitable = instance.handles().get((int) values[0], Waitable.class, "a waitable");
            if (waitable.hasSyncWaiter()) {
                throw new Trap(Trap.Kind.CANONICAL_ABI, "somebody waits for the waitable synchronously");
            }
            int index = (int) values[1];
            waitable.join(index == 0 ? null : instance.handles().get(index, WaitableSet.class, SET));
            return 0;
        });
    }

    private static WaitableSet set(InstanceState instance, int index) {
        instance.requireMayLeave();
        return instance.handles().get(index, WaitableSet.class, SET);
    }

    private WaitableFunctions() {}
}

package dev.wattle.host.component.abi;

import static dev.wattle.host.component.abi.CoreFunctions.I32_TO_I32;
import static dev.wattle.host.component.abi.CoreFunctions.I32_TO_NOTHING;
import static dev.wattle.host.component.abi.CoreFunctions.NOTHING_TO_I32;
import static dev.wattle.host.component.abi.CoreFunctions.TWO_I32_TO_I32;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.Trap;
import java.lang.invoke.MethodHandle;

/// The core functions that guests handle their threads of control with.
///
/// @spec CanonicalABI.md `canon thread.*`
public final class ThreadFunctions {
    /// How a thread gives way to another one, by its index.
    private interface Switch {
        boolean to(TaskThread current, TaskThread other);
    }

    /// `() -> (i32)`: the current thread's index.
    public static CoreExtern.Function index(InstanceState instance) {
        return CoreFunctions.of(instance, NOTHING_TO_I32, _ -> {
            instance.requireMayLeave();
            return instance.currentThread().index();
        });
    }

    /// `() -> (i32)`: how many threads may run at the same time. One: the others wait for their turn.
    ///
    /// @spec CanonicalABI.md `canon_thread_available_parallelism`
    public static CoreExtern.Function availableParallelism() {
        return CoreFunctions.of(NOTHING_TO_I32, _ -> 1);
    }

    /// `(index, context) -> (i32)`: a suspended thread that will call the function of a table with the context.
    ///
    /// @param get `(i32) -> (funcref)`: takes the function out of the table
    /// @param call `(funcref, i32) -> ()`
    /// @spec CanonicalABI.md `canon_thread_new_indirect`
    public static CoreExtern.Function newIndirect(InstanceState instance, MethodHandle get, MethodHandle call) {
        return CoreFunctions.of(instance, TWO_I32_TO_I32, values -> {
            instance.requireMayLeave();
            ScheduledTask task = instance.currentThread().task();
            Object function = get(get, (int) values[0]);
            int context = (int) values[1];
            TaskThread thread = TaskThread.onFiber(task, started -> {
                call(call, function, context);
                task.unregisterThread(started);
            });
            task.registerThread(thread);
            return thread.index();
        });
    }

    private static Object get(MethodHandle get, int index) {
        try {
            return (Object) get.invokeExact(index);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    private static void call(MethodHandle call, Object function, int context) {
        try {
            call.invokeExact(function, context);
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }

    /// `(i32) -> ()`: a suspended thread may go on.
    public static CoreExtern.Function resumeLater(InstanceState instance) {
        return CoreFunctions.of(instance, I32_TO_NOTHING, values -> {
            instance.requireMayLeave();
            suspended(instance, (int) values[0]).resumeLater();
            return 0;
        });
    }

    /// `() -> (i32)`: waits until somebody resumes it; answers whether it was cancelled instead.
    public static CoreExtern.Function suspend(InstanceState instance, boolean cancellable) {
        return CoreFunctions.of(instance, NOTHING_TO_I32, _ -> {
            instance.requireMayLeave();
            return bit(instance.currentThread().suspend(cancellable));
        });
    }

    /// `() -> (i32)`: lets others run; answers whether it was cancelled meanwhile.
    public static CoreExtern.Function yieldTurn(InstanceState instance, boolean cancellable) {
        return CoreFunctions.of(instance, NOTHING_TO_I32, _ -> {
            instance.requireMayLeave();
            return bit(instance.currentThread().yieldTurn(cancellable));
        });
    }

    /// `(i32) -> (i32)`
    public static CoreExtern.Function suspendThenResume(InstanceState instance, boolean cancellable) {
        return toSuspended(instance, (current, other) -> current.suspendThenResume(cancellable, other));
    }

    /// `(i32) -> (i32)`
    public static CoreExtern.Function yieldThenResume(InstanceState instance, boolean cancellable) {
        return toSuspended(instance, (current, other) -> current.yieldThenResume(cancellable, other));
    }

    /// `(i32) -> (i32)`
    public static CoreExtern.Function suspendThenPromote(InstanceState instance, boolean cancellable) {
        return toAny(instance, (current, other) -> current.suspendThenPromote(cancellable, other));
    }

    /// `(i32) -> (i32)`
    public static CoreExtern.Function yieldThenPromote(InstanceState instance, boolean cancellable) {
        return toAny(instance, (current, other) -> current.yieldThenPromote(cancellable, other));
    }

    private static CoreExtern.Function toSuspended(InstanceState instance, Switch way) {
        return CoreFunctions.of(instance, I32_TO_I32, values -> {
            instance.requireMayLeave();
            return bit(way.to(instance.currentThread(), suspended(instance, (int) values[0])));
        });
    }

    private static CoreExtern.Function toAny(InstanceState instance, Switch way) {
        return CoreFunctions.of(instance, I32_TO_I32, values -> {
            instance.requireMayLeave();
            return bit(way.to(instance.currentThread(), thread(instance, (int) values[0])));
        });
    }

    private static TaskThread suspended(InstanceState instance, int index) {
        TaskThread thread = thread(instance, index);
        if (!thread.suspended()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot resume thread which is not suspended");
        }
        return thread;
    }

    private static TaskThread thread(InstanceState instance, int index) {
        return instance.threads().table.get(index, TaskThread.class, "a thread");
    }

    private static long bit(boolean cancelled) {
        return cancelled ? 1 : 0;
    }

    private ThreadFunctions() {}
}

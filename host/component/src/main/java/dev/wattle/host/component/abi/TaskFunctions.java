package dev.wattle.host.component.abi;

import static dev.wattle.host.component.abi.CoreFunctions.I32_TO_I32;
import static dev.wattle.host.component.abi.CoreFunctions.I32_TO_NOTHING;
import static dev.wattle.host.component.abi.CoreFunctions.NOTHING_TO_NOTHING;

import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitType;
import java.util.List;
import java.util.Optional;

/// The core functions that guests handle their tasks with, and the calls that they have under way.
///
/// @spec CanonicalABI.md `canon task.*`, `canon subtask.*`, `canon context.*`, `canon backpressure.*`
public final class TaskFunctions {
    private static final int MAX_BACKPRESSURE = 1 << 16;
    private static final int BLOCKED = -1;
    private static final long LOW_32_BITS = 0xFFFF_FFFFL;

    /// `(flat result) -> ()`: what an async function answers.
    ///
    /// @param result with the resource types of this instance
    /// @spec CanonicalABI.md `canon_task_return`
    public static CoreExtern.Function taskReturn(
            InstanceState instance, Optional<WitType> result, CanonicalOptions options) {
        List<WitType> types = result.stream().toList();
        boolean spilled = Flattening.flattenTypes(types).size() > CanonicalAbi.MAX_FLAT_PARAMS;
        return CoreFunctions.of(instance, CanonicalAbi.taskReturn(result), values -> {
            instance.requireMayLeave();
            ScheduledTask task = instance.currentThread().task();
            if (!task.options().async() || !task.type().result().equals(result) || !options.liftsAs(task.options())) {
                throw new Trap(
                        Trap.Kind.CANONICAL_ABI, "invalid `task.return` signature and/or options for current task");
            }
            long mark = instance.markValues();
            LiftLowerContext cx = new LiftLowerContext(options, instance, task);
            task.returnResult(cx.lifted(FlatLifting.liftFlatValues(cx, spilled, new CoreValueIter(values), types)));
            instance.releaseValues(mark);
            return 0;
        });
    }

    /// `() -> ()`: the current task was asked to end, and does without a result.
    ///
    /// @spec CanonicalABI.md `canon_task_cancel`
    public static CoreExtern.Function taskCancel(InstanceState instance) {
        return CoreFunctions.of(instance, NOTHING_TO_NOTHING, _ -> {
            instance.requireMayLeave();
            ScheduledTask task = instance.currentThread().task();
            if (!task.options().async()) {
                throw new Trap(Trap.Kind.CANONICAL_ABI, "only a task of an async function is cancelled");
            }
            task.cancel();
            return 0;
        });
    }

    /// `() -> (type)`: what the current thread keeps for its language.
    ///
    /// @param type `i32` or `i64`
    /// @spec CanonicalABI.md `canon_context_get`
    public static CoreExtern.Function contextGet(InstanceState instance, CoreType.Value type, int slot) {
        return CoreFunctions.of(
                instance,
                CoreFunctions.type(List.of(), List.of(type)),
                _ -> instance.currentThread().storage()[slot]);
    }

    /// `(type) -> ()`
    ///
    /// @spec CanonicalABI.md `canon_context_set`
    public static CoreExtern.Function contextSet(InstanceState instance, CoreType.Value type, int slot) {
        long mask = type == CoreType.Value.I32 ? LOW_32_BITS : -1L;
        return CoreFunctions.of(instance, CoreFunctions.type(List.of(type), List.of()), values -> {
            instance.currentThread().storage()[slot] = values[0] & mask;
            return 0;
        });
    }

    /// `() -> ()`: no further task may start.
    ///
    /// @spec CanonicalABI.md `canon_backpressure_inc`
    public static CoreExtern.Function backpressureInc(InstanceState instance) {
        return CoreFunctions.of(instance, NOTHING_TO_NOTHING, _ -> {
            if (++instance.threads().backpressure == MAX_BACKPRESSURE) {
                throw new Trap(Trap.Kind.CANONICAL_ABI, "backpressure counter overflow");
            }
            return 0;
        });
    }

    /// `() -> ()`: the opposite.
    ///
    /// @spec CanonicalABI.md `canon_backpressure_dec`
    public static CoreExtern.Function backpressureDec(InstanceState instance) {
        return CoreFunctions.of(instance, NOTHING_TO_NOTHING, _ -> {
            if (--instance.threads().backpressure < 0) {
                throw new Trap(Trap.Kind.CANONICAL_ABI, "backpressure counter underflow");
            }
            return 0;
        });
    }

    /// `(i32) -> (i32)`: asks a call to end, and answers its state.
    ///
    /// @param async answer that it is blocked, instead of waiting
    /// @spec CanonicalABI.md `canon_subtask_cancel`
    public static CoreExtern.Function subtaskCancel(InstanceState instance, boolean async) {
        return CoreFunctions.of(instance, I32_TO_I32, values -> cancel(instance, async, (int) values[0]));
    }

    private static long cancel(InstanceState instance, boolean async, int index) {
        instance.requireMayLeave();
        Subtask subtask = subtask(instance, index);
        if (subtask.resolveDelivered()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "`subtask.cancel` called after terminal status delivered");
        }
        if (subtask.cancellationRequested()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "`subtask.cancel` was called for this subtask before");
        }
        if (!async) {
            subtask.requireInNoSet();
        }
        if (!subtask.resolved()) {
            subtask.requestCancellation(instance);
            if (!subtask.resolved()) {
                if (async) {
                    return BLOCKED;
                }
                subtask.waitForPendingEvent(instance.currentThread());
            }
        }
        return subtask.takePendingEvent().payload();
    }

    /// `(i32) -> ()`: forgets a call that is over.
    ///
    /// @spec CanonicalABI.md `canon_subtask_drop`
    public static CoreExtern.Function subtaskDrop(InstanceState instance) {
        return CoreFunctions.of(instance, I32_TO_NOTHING, values -> {
            instance.requireMayLeave();
            int index = (int) values[0];
            Subtask subtask = subtask(instance, index);
            instance.handles().remove(index);
            subtask.drop();
            return 0;
        });
    }

    private static Subtask subtask(InstanceState instance, int index) {
        return instance.handles().get(index, Subtask.class, "a subtask");
    }

    private TaskFunctions() {}
}

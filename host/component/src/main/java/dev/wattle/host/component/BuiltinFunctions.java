package dev.wattle.host.component;

import dev.wattle.host.component.abi.CanonicalOptions;
import dev.wattle.host.component.abi.CopyFunctions;
import dev.wattle.host.component.abi.ErrorContextFunctions;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.TaskFunctions;
import dev.wattle.host.component.abi.ThreadFunctions;
import dev.wattle.host.component.abi.WaitableFunctions;
import dev.wattle.host.component.binary.Builtin;
import dev.wattle.host.component.binary.Builtin.Carrier;
import dev.wattle.host.component.binary.Builtin.End;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.wit.WitType;
import java.util.Optional;

/// The core functions of the built-ins of concurrency, for one instance.
final class BuiltinFunctions {
    private BuiltinFunctions() {}

    /// @param type the stream or future that it is about, or the result of `task.return`
    /// @throws IllegalStateException for one that the planner refuses
    static CoreExtern.Function of(
            InstanceState instance, Builtin builtin, Optional<WitType> type, CanonicalOptions options) {
        return switch (builtin) {
            case Builtin.Plain plain -> of(instance, plain);
            case Builtin.TaskReturn _ -> TaskFunctions.taskReturn(instance, type, options);
            case Builtin.ContextGet(var value, int slot) -> TaskFunctions.contextGet(instance, value, slot);
            case Builtin.ContextSet(var value, int slot) -> TaskFunctions.contextSet(instance, value, slot);
            case Builtin.SubtaskCancel(boolean async) -> TaskFunctions.subtaskCancel(instance, async);
            case Builtin.OnCarrier on -> of(on, functions(instance, on.carrier(), type), options);
            case Builtin.ErrorContextNew _ -> ErrorContextFunctions.create(instance, options);
            case Builtin.ErrorContextDebugMessage _ -> ErrorContextFunctions.debugMessage(instance, options);
            case Builtin.WaitableSetWait(boolean cancellable, int _) ->
                WaitableFunctions.waitableSetWait(instance, options.memory().orElseThrow(), cancellable);
            case Builtin.WaitableSetPoll(boolean cancellable, int _) ->
                WaitableFunctions.waitableSetPoll(instance, options.memory().orElseThrow(), cancellable);
            case Builtin.GiveTurn give -> of(instance, give);
            case Builtin.ThreadAvailableParallelism _ -> ThreadFunctions.availableParallelism();
            case Builtin.ThreadNewIndirect _, Builtin.ThreadSpawnRef _, Builtin.ThreadSpawnIndirect _ ->
                throw new IllegalStateException("the planner let " + builtin.words() + " through");
        };
    }

    private static CoreExtern.Function of(InstanceState instance, Builtin.Plain builtin) {
        return switch (builtin) {
            case TASK_CANCEL -> TaskFunctions.taskCancel(instance);
            case SUBTASK_DROP -> TaskFunctions.subtaskDrop(instance);
            case BACKPRESSURE_INC -> TaskFunctions.backpressureInc(instance);
            case BACKPRESSURE_DEC -> TaskFunctions.backpressureDec(instance);
            case WAITABLE_SET_NEW -> WaitableFunctions.waitableSetNew(instance);
            case WAITABLE_SET_DROP -> WaitableFunctions.waitableSetDrop(instance);
            case WAITABLE_JOIN -> WaitableFunctions.waitableJoin(instance);
            case ERROR_CONTEXT_DROP -> ErrorContextFunctions.drop(instance);
            case THREAD_INDEX -> ThreadFunctions.index(instance);
            case THREAD_RESUME_LATER -> ThreadFunctions.resumeLater(instance);
        };
    }

    private static CoreExtern.Function of(InstanceState instance, Builtin.GiveTurn builtin) {
        boolean cancellable = builtin.cancellable();
        return switch (builtin.turn()) {
            case YIELD -> ThreadFunctions.yieldTurn(instance, cancellable);
            case SUSPEND -> ThreadFunctions.suspend(instance, cancellable);
            case SUSPEND_THEN_RESUME -> ThreadFunctions.suspendThenResume(instance, cancellable);
            case YIELD_THEN_RESUME -> ThreadFunctions.yieldThenResume(instance, cancellable);
            case SUSPEND_THEN_PROMOTE -> ThreadFunctions.suspendThenPromote(instance, cancellable);
            case YIELD_THEN_PROMOTE -> ThreadFunctions.yieldThenPromote(instance, cancellable);
        };
    }

    private static CopyFunctions functions(InstanceState instance, Carrier carrier, Optional<WitType> type) {
        return switch (carrier) {
            case STREAM -> CopyFunctions.ofStream(instance, ((WitType.StreamType) type.orElseThrow()).element());
            case FUTURE -> CopyFunctions.ofFuture(instance, ((WitType.FutureType) type.orElseThrow()).element());
        };
    }

    private static CoreExtern.Function of(
            Builtin.OnCarrier builtin, CopyFunctions functions, CanonicalOptions options) {
        return switch (builtin) {
            case Builtin.CarrierNew _ -> functions.create();
            case Builtin.Copy copy -> copy.end() == End.READABLE ? functions.read(options) : functions.write(options);
            case Builtin.CancelCopy cancel ->
                cancel.end() == End.READABLE
                        ? functions.cancelRead(cancel.async())
                        : functions.cancelWrite(cancel.async());
            case Builtin.DropEnd drop ->
                drop.end() == End.READABLE ? functions.dropReadable() : functions.dropWritable();
        };
    }
}

package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.component.binary.Builtin.Plain;
import dev.wattle.host.component.binary.Builtin.Turn;
import dev.wattle.host.engine.CoreType;

/// Which features a built-in needs.
///
/// @spec Binary.md `canon`, the signs behind each
final class BuiltinFeatures {
    private BuiltinFeatures() {}

    static void use(FeatureGate features, long offset, Builtin builtin) {
        String what = "the built-in " + builtin.words();
        features.use(feature(builtin), offset, what);
        switch (builtin) {
            case Builtin.SubtaskCancel(boolean async)
            when async -> features.use(Feature.MORE_ASYNC_BUILTINS, offset, what + " with async");
            case Builtin.CancelCopy cancel
            when cancel.async() -> features.use(Feature.MORE_ASYNC_BUILTINS, offset, what + " with async");
            case Builtin.Copy copy
            when !copy.options().async() -> features.use(Feature.MORE_ASYNC_BUILTINS, offset, what + " without async");
            case Builtin.ContextGet(CoreType.Value type, int _)
            when type == CoreType.Value.I64 -> features.use(Feature.MEMORY64, offset, what + " of an i64");
            case Builtin.ContextSet(CoreType.Value type, int _)
            when type == CoreType.Value.I64 -> features.use(Feature.MEMORY64, offset, what + " of an i64");
            case Builtin _ -> {}
        }
    }

    private static Feature feature(Builtin builtin) {
        return switch (builtin) {
            case Plain plain ->
                switch (plain) {
                    case TASK_CANCEL,
                            SUBTASK_DROP,
                            BACKPRESSURE_INC,
                            BACKPRESSURE_DEC,
                            WAITABLE_SET_NEW,
                            WAITABLE_SET_DROP,
                            WAITABLE_JOIN -> Feature.ASYNC;
                    case ERROR_CONTEXT_DROP -> Feature.ERROR_CONTEXT;
                    case THREAD_INDEX, THREAD_RESUME_LATER -> Feature.THREADING;
                };
            case Builtin.TaskReturn _,
                    Builtin.ContextGet _,
                    Builtin.ContextSet _,
                    Builtin.SubtaskCancel _,
                    Builtin.OnCarrier _,
                    Builtin.WaitableSetWait _,
                    Builtin.WaitableSetPoll _ -> Feature.ASYNC;
            case Builtin.GiveTurn(Turn turn, boolean _) -> turn == Turn.YIELD ? Feature.ASYNC : Feature.THREADING;
            case Builtin.ErrorContextNew _, Builtin.ErrorContextDebugMessage _ -> Feature.ERROR_CONTEXT;
            case Builtin.ThreadNewIndirect _ -> Feature.THREADING;
            case Builtin.ThreadSpawnRef _, Builtin.ThreadSpawnIndirect _, Builtin.ThreadAvailableParallelism _ ->
                Feature.SHARED_EVERYTHING_THREADS;
        };
    }
}

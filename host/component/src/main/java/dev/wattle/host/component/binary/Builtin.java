package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.Definition.Options;
import dev.wattle.host.component.binary.TypeSyntax.ValueSyntax;
import dev.wattle.host.engine.CoreType;
import java.util.Locale;
import java.util.Optional;

/// A canonical built-in of concurrency, error contexts and threads, with its immediates as they stand in the
/// file: types are indices. What a type index stands for is in the validated step ([Step.BuiltinFunction]).
///
/// @spec Binary.md `canon`, Explainer.md "Canonical Built-ins"
public sealed interface Builtin {
    /// As the specification writes it, without immediates.
    String words();

    /// The built-ins without immediates.
    enum Plain implements Builtin {
        TASK_CANCEL("task.cancel"),
        SUBTASK_DROP("subtask.drop"),
        BACKPRESSURE_INC("backpressure.inc"),
        BACKPRESSURE_DEC("backpressure.dec"),
        WAITABLE_SET_NEW("waitable-set.new"),
        WAITABLE_SET_DROP("waitable-set.drop"),
        WAITABLE_JOIN("waitable.join"),
        ERROR_CONTEXT_DROP("error-context.drop"),
        THREAD_INDEX("thread.index"),
        THREAD_RESUME_LATER("thread.resume-later");

        private final String words;

        Plain(String words) {
            this.words = words;
        }

        @Override
        public String words() {
            return words;
        }
    }

    /// `task.return`. Of the options only `memory` and `string-encoding` are valid.
    record TaskReturn(Optional<ValueSyntax> result, Options options) implements Builtin {
        @Override
        public String words() {
            return "task.return";
        }
    }

    /// `context.get`, of type `i32` or `i64`.
    record ContextGet(CoreType.Value type, int slot) implements Builtin {
        @Override
        public String words() {
            return "context.get";
        }
    }

    /// `context.set`, of type `i32` or `i64`.
    record ContextSet(CoreType.Value type, int slot) implements Builtin {
        @Override
        public String words() {
            return "context.set";
        }
    }

    /// `subtask.cancel`.
    record SubtaskCancel(boolean async) implements Builtin {
        @Override
        public String words() {
            return "subtask.cancel";
        }
    }

    /// What a built-in is about.
    enum Carrier {
        STREAM,
        FUTURE;

        /// For messages.
        public String words() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// An end of a stream or future.
    enum End {
        READABLE,
        WRITABLE;

        private String verb() {
            return this == READABLE ? "read" : "write";
        }
    }

    /// A built-in on a type of streams or futures.
    sealed interface OnCarrier extends Builtin {
        Carrier carrier();

        /// The index of the type.
        int type();
    }

    /// `stream.new`, `future.new`.
    record CarrierNew(Carrier carrier, int type) implements OnCarrier {
        @Override
        public String words() {
            return carrier.words() + ".new";
        }
    }

    /// `stream.read`, `stream.write`, `future.read`, `future.write`.
    record Copy(Carrier carrier, End end, int type, Options options) implements OnCarrier {
        @Override
        public String words() {
            return carrier.words() + "." + end.verb();
        }
    }

    /// `stream.cancel-read`, `stream.cancel-write`, `future.cancel-read`, `future.cancel-write`.
    record CancelCopy(Carrier carrier, End end, int type, boolean async) implements OnCarrier {
        @Override
        public String words() {
            return carrier.words() + ".cancel-" + end.verb();
        }
    }

    /// `stream.drop-readable`, `stream.drop-writable`, `future.drop-readable`, `future.drop-writable`.
    record DropEnd(Carrier carrier, End end, int type) implements OnCarrier {
        @Override
        public String words() {
            return carrier.words() + ".drop-" + end.name().toLowerCase(Locale.ROOT);
        }
    }

    /// `error-context.new`.
    record ErrorContextNew(Options options) implements Builtin {
        @Override
        public String words() {
            return "error-context.new";
        }
    }

    /// `error-context.debug-message`.
    record ErrorContextDebugMessage(Options options) implements Builtin {
        @Override
        public String words() {
            return "error-context.debug-message";
        }
    }

    /// `waitable-set.wait`.
    ///
    /// @param memory where the event is written
    record WaitableSetWait(boolean cancellable, int memory) implements Builtin {
        @Override
        public String words() {
            return "waitable-set.wait";
        }
    }

    /// `waitable-set.poll`.
    ///
    /// @param memory where the event is written
    record WaitableSetPoll(boolean cancellable, int memory) implements Builtin {
        @Override
        public String words() {
            return "waitable-set.poll";
        }
    }

    /// The ways to give up the turn to run.
    enum Turn {
        YIELD("thread.yield"),
        SUSPEND("thread.suspend"),
        SUSPEND_THEN_RESUME("thread.suspend-then-resume"),
        YIELD_THEN_RESUME("thread.yield-then-resume"),
        SUSPEND_THEN_PROMOTE("thread.suspend-then-promote"),
        YIELD_THEN_PROMOTE("thread.yield-then-promote");

        private final String words;

        Turn(String words) {
            this.words = words;
        }

        /// Does it name another thread?
        boolean toAnother() {
            return this != YIELD && this != SUSPEND;
        }
    }

    /// `thread.yield` and all others with which a thread lets others run.
    record GiveTurn(Turn turn, boolean cancellable) implements Builtin {
        @Override
        public String words() {
            return turn.words;
        }
    }

    /// `thread.new-indirect`.
    ///
    /// @param type of the thread's function, in the core type index space
    record ThreadNewIndirect(int type, int table) implements Builtin {
        @Override
        public String words() {
            return "thread.new-indirect";
        }
    }

    /// `thread.spawn-ref`.
    ///
    /// @param type of the thread's function, in the core type index space
    record ThreadSpawnRef(boolean shared, int type) implements Builtin {
        @Override
        public String words() {
            return "thread.spawn-ref";
        }
    }

    /// `thread.spawn-indirect`.
    ///
    /// @param type of the thread's function, in the core type index space
    record ThreadSpawnIndirect(boolean shared, int type, int table) implements Builtin {
        @Override
        public String words() {
            return "thread.spawn-indirect";
        }
    }

    /// `thread.available-parallelism`.
    record ThreadAvailableParallelism(boolean shared) implements Builtin {
        @Override
        public String words() {
            return "thread.available-parallelism";
        }
    }
}

package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import java.lang.invoke.MethodHandle;

/// An async function that waits by returning: its core function, and then its callback, say what for.
///
/// @spec CanonicalABI.md `canon_lift`, `unpack_callback_result`
final class CallbackLoop {
    private static final int EXIT = 0;
    private static final int YIELD = 1;
    private static final int WAIT = 2;
    private static final int CODE_BITS = 4;
    private static final int CODE_MASK = (1 << CODE_BITS) - 1;

    private final InstanceState instance;
    private final TaskThread thread;
    private final MethodHandle callback;

    CallbackLoop(InstanceState instance, TaskThread thread, MethodHandle callback) {
        this.instance = instance;
        this.thread = thread;
        this.callback = callback;
    }

    /// @param packed what the core function answered
    void run(int packed) {
        InstanceThreads threads = instance.threads();
        int answer = packed;
        while ((answer & CODE_MASK) != EXIT) {
            threads.exclusiveThread = null;
            Event event = next(threads, answer & CODE_MASK, answer >>> CODE_BITS);
            assert threads.exclusiveThread == null;
            threads.exclusiveThread = thread;
            answer = call(event);
        }
    }

    private Event next(InstanceThreads threads, int code, int waitableSet) {
        return switch (code) {
            case YIELD -> thread.yieldUntil(() -> threads.exclusiveThread == null, true) ? Event.CANCELLED : Event.NONE;
            case WAIT ->
                instance.handles()
                        .get(waitableSet, WaitableSet.class, "a waitable set")
                        .waitForEventAnd(thread, () -> threads.exclusiveThread == null, true);
            default -> throw new Trap(Trap.Kind.CANONICAL_ABI, "unsupported callback code " + code);
        };
    }

    private int call(Event event) {
        try {
            return (int) callback.invokeExact(event.code().number(), event.index(), event.payload());
        } catch (Throwable e) {
            throw Unchecked.rethrow(e);
        }
    }
}

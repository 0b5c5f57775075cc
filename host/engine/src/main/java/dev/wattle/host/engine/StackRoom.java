package dev.wattle.host.engine;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Makes sure that host code which a guest calls does not run out of stack halfway.
///
/// A guest chooses how deep it is when it calls out. Code that changes what outlives the sandbox (a budget, a
/// pool, a lock, a connection) could be torn by a `StackOverflowError` between two steps; so it asks for room
/// first. To ask costs some fifteen nanoseconds.
public final class StackRoom {
    /// Together with [StackProbe#VALUES] this makes 32 KiB of compiled frames, twice that of interpreted ones. The
    /// JVM itself keeps a further 80 KiB for native code.
    private static final int FRAMES = 8;

    /// One of so many probes, drawn at random, takes the path that makes the frames wide: a compiler drops
    /// from the frame what is for a path that is never taken.
    private static final int RARELY = 1 << 10;

    private static final MethodHandle PROBE = StackProbe.handle();

    private static final long[] VALUES = new long[StackProbe.VALUES];

    /// Deeper chains of causes do not occur; a bound keeps a loop from hanging us.
    private static final int MAX_CAUSES = 16;

    private StackRoom() {}

    /// @throws Trap when the stack is nearly used up
    public static void require() {
        boolean wide = (ThreadLocalRandom.current().nextInt() & (RARELY - 1)) == 0;
        long @Nullable [] values = wide ? VALUES : null;
        try {
            long _ = (long) PROBE.invokeExact(FRAMES, values);
        } catch (StackOverflowError exhausted) {
            throw new Trap(Trap.Kind.STACK_EXHAUSTED, Trap.Kind.STACK_EXHAUSTED.reason(), exhausted);
        } catch (Throwable failure) {
            throw new IllegalStateException("a probe of the stack threw what it cannot throw", failure);
        }
    }

    /// Did the stack end? For engines: it can end while the JVM loads or links a class for the guest; it then wraps the
    /// error.
    public static boolean isExhausted(Error error) {
        Throwable cause = error;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof StackOverflowError
                    || (cause instanceof ExceptionInInitializerError
                            && String.valueOf(cause.getMessage()).contains(StackOverflowError.class.getName()))) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}

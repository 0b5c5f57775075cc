package dev.wattle.host.engine;

/// Makes sure that host code which a guest calls does not run out of stack halfway.
///
/// A guest chooses how deep it is when it calls out. Code that changes what outlives the sandbox (a budget, a
/// pool, a lock, a connection) could be torn by a `StackOverflowError` between two steps; so it asks for room
/// first.
public final class StackRoom {
    /// Calls that are tried: some 16 KiB of compiled frames, more of interpreted ones. The JVM itself keeps a
    /// further 80 KiB for native code.
    private static final int FRAMES = 160;

    private StackRoom() {}

    /// @throws Trap when the stack is nearly used up
    public static void require() {
        try {
            if (descend(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8) == 0) {
                throw new IllegalStateException("never");
            }
        } catch (StackOverflowError exhausted) {
            throw new Trap(Trap.Kind.STACK_EXHAUSTED, Trap.Kind.STACK_EXHAUSTED.reason(), exhausted);
        }
    }

    /// Many parameters that are needed after the call make for large frames, however it is compiled.
    private static long descend(int frames, long a, long b, long c, long d, long e, long f, long g, long h) {
        if (frames == 0) {
            return 1;
        }
        long below = descend(frames - 1, b, c, d, e, f, g, h, a);
        return below | (a ^ b ^ c ^ d ^ e ^ f ^ g ^ h) | 1;
    }
}

package dev.wattle.host.engine.jvm.code;

/// Makes sure that the thread's stack does not end while a function is compiled on it: a class would be left
/// half made. A guest chooses how deep it is when it first calls a function.
final class CompileRoom {
    /// Calls that are tried: several times what compiling, defining and linking a class needs.
    private static final int FRAMES = 500;

    private CompileRoom() {}

    /// @throws StackOverflowError when the stack is nearly used up, before anything was done
    static void require() {
        if (descend(FRAMES, 1, 2, 3, 4, 5, 6, 7, 8) == 0) {
            throw new IllegalStateException("never");
        }
    }

    private static long descend(int frames, long a, long b, long c, long d, long e, long f, long g, long h) {
        if (frames == 0) {
            return 1;
        }
        long below = descend(frames - 1, b, c, d, e, f, g, h, a);
        return below | (a ^ b ^ c ^ d ^ e ^ f ^ g ^ h) | 1;
    }
}

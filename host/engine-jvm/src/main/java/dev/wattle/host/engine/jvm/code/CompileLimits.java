package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.binary.WasmModule.Locals;
import java.time.Duration;

/// What compiling may cost. A function whose cost is above `functionCost` is compiled in a helper process, so that
/// neither this process's heap nor its other guests feel it.
///
/// @param functionCost of a function that is compiled in this process
/// @param helperMegabytes heap of a helper process
/// @param helperTime how long one may take
/// @param functionClassBytes of one function's class files
/// @param moduleClassBytes of all classes of a module that are loaded
public record CompileLimits(
        int functionCost, int helperMegabytes, Duration helperTime, long functionClassBytes, long moduleClassBytes) {

    /// About bytes of a body. The largest functions of compilers' output, loops of interpreters, have up to 200,000;
    /// translating takes up to 500 bytes of heap for each byte, and a second for all.
    private static final int FUNCTION_COST = 300_000;

    /// A local costs as much as a short instruction.
    private static final int COST_OF_LOCAL = 2;

    /// Enough for most bodies of the largest size; those that are made to be expensive take twice that.
    private static final int HELPER_MEGABYTES = 1024;

    /// Bodies of the largest size take three seconds of a processor. A guest that is stopped does not wait for it.
    private static final Duration HELPER_TIME = Duration.ofSeconds(30);

    private static final long FUNCTION_CLASS_BYTES = 64L << 20;

    /// Of metaspace they take several times that; the code of CPython with all its libraries, all of it called, would
    /// be a fifth.
    private static final long MODULE_CLASS_BYTES = 256L << 20;

    public static final CompileLimits DEFAULTS =
            new CompileLimits(FUNCTION_COST, HELPER_MEGABYTES, HELPER_TIME, FUNCTION_CLASS_BYTES, MODULE_CLASS_BYTES);

    /// With another bound on what is compiled in this process.
    public CompileLimits withFunctionCost(int cost) {
        return new CompileLimits(cost, helperMegabytes, helperTime, functionClassBytes, moduleClassBytes);
    }

    /// With other bounds on helper processes.
    public CompileLimits withHelper(int megabytes, Duration time) {
        return new CompileLimits(functionCost, megabytes, time, functionClassBytes, moduleClassBytes);
    }

    /// With another bound on the classes of a module.
    public CompileLimits withModuleClassBytes(long bytes) {
        return new CompileLimits(functionCost, helperMegabytes, helperTime, functionClassBytes, bytes);
    }

    /// Whether a function is for a helper process.
    public boolean isLarge(Body body) {
        return cost(body) > functionCost;
    }

    /// How much it takes to compile a function, estimated from above by its bytes: nothing in a body takes less than
    /// one, and the validator bounds what one byte can move.
    static long cost(Body body) {
        long locals = body.locals().stream().mapToLong(Locals::count).sum();
        return body.end() - body.start() + COST_OF_LOCAL * locals;
    }
}

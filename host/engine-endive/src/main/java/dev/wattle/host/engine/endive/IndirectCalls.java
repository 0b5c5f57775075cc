package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import run.endive.runtime.Instance;
import run.endive.wasm.types.FunctionType;

/// Calls through a table that leave the calling instance.
final class IndirectCalls {
    private static final MethodHandle CALL = find();

    private IndirectCalls() {}

    private static MethodHandle find() {
        try {
            MethodType type = MethodType.methodType(
                    long[].class, FunctionType[].class, long[].class, int.class, int.class, Instance.class);
            return MethodHandles.lookup().findStatic(IndirectCalls.class, "call", type);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /// For callers in a module with those types: arguments, type index, function index, owner of the function →
    /// results.
    static MethodHandle from(FunctionType[] callerTypes) {
        return MethodHandles.insertArguments(CALL, 0, (Object) callerTypes);
    }

    // Found by its name; the shortcut by identity is taken often.
    @SuppressWarnings({"UnusedMethod", "ReferenceEquality"})
    private static long[] call(FunctionType[] callerTypes, long[] arguments, int wanted, int function, Instance owner) {
        FunctionType expected = callerTypes[wanted];
        FunctionType actual = owner.type(owner.functionType(function));
        if (actual != expected && !actual.equals(expected)) {
            throw new Trap(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH);
        }
        return owner.getMachine().call(function, arguments);
    }
}

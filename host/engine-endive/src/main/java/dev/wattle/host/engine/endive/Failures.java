package dev.wattle.host.engine.endive;

import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.StackRoom;
import dev.wattle.host.engine.Trap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import run.endive.runtime.WasmException;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;

/// Tells a guest's trap from the failure of a host function, and names each trap. A host function's failure
/// travels through guest frames in a wrapper of its own, so that it cannot be mistaken for one of Endive's
/// exceptions.
final class Failures {
    /// Endive names its traps in words only; each message begins with one of these, and none with two.
    private static final Map<String, Trap.Kind> KINDS = Map.ofEntries(
            Map.entry("Trapped on unreachable instruction", Trap.Kind.UNREACHABLE),
            Map.entry("out of bounds memory access", Trap.Kind.MEMORY_OUT_OF_BOUNDS),
            Map.entry("out of bounds table access", Trap.Kind.TABLE_OUT_OF_BOUNDS),
            Map.entry("undefined element", Trap.Kind.UNDEFINED_ELEMENT),
            Map.entry("uninitialized element", Trap.Kind.UNINITIALIZED_ELEMENT),
            Map.entry("indirect call type mismatch", Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH),
            Map.entry("integer divide by zero", Trap.Kind.INTEGER_DIVIDE_BY_ZERO),
            Map.entry("integer overflow", Trap.Kind.INTEGER_OVERFLOW),
            Map.entry("invalid conversion to integer", Trap.Kind.INVALID_CONVERSION),
            Map.entry("null reference", Trap.Kind.NULL_REFERENCE),
            Map.entry("null function reference", Trap.Kind.NULL_REFERENCE),
            Map.entry("call stack exhausted", Trap.Kind.STACK_EXHAUSTED));

    private Failures() {}

    /// What a host function threw, on its way through guest frames. Traps need no wrapper. A stack that ends in host
    /// code, which had room, is the host's fault.
    static RuntimeException ofHost(Throwable failure) {
        return switch (failure) {
            case Trap trap -> trap;
            case HostFailure wrapped -> wrapped;
            default -> new HostFailure(failure);
        };
    }

    /// What the caller of a guest gets to see.
    static RuntimeException leaving(Throwable failure, GuestControl guest) {
        return switch (failure) {
            case Trap trap -> trap;
            case HostFailure host -> thrown(host.failure());
            case WasmInterruptedException interrupted -> guest.interruption(interrupted);
            case WasmException _ ->
                new Trap(Trap.Kind.UNCAUGHT_EXCEPTION, Trap.Kind.UNCAUGHT_EXCEPTION.reason(), failure);
            case WasmEngineException engine -> ofEngine(engine);
            case RuntimeException bug -> bug;
            case Error error when StackRoom.isExhausted(error) -> stackExhausted(error);
            default -> thrown(failure);
        };
    }

    private static RuntimeException ofEngine(WasmEngineException engine) {
        Trap.Kind kind = kindOf(engine);
        return kind == null ? engine : new Trap(kind, String.valueOf(engine.getMessage()), engine);
    }

    private static Trap.@Nullable Kind kindOf(WasmEngineException engine) {
        String message = engine.getMessage();
        if (message == null) {
            return null;
        }
        return KINDS.entrySet().stream()
                .filter(entry -> message.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Trap stackExhausted(Throwable cause) {
        return new Trap(Trap.Kind.STACK_EXHAUSTED, Trap.Kind.STACK_EXHAUSTED.reason(), cause);
    }

    /// Throws anything as it is: a host function may have thrown what it did not declare.
    @SuppressWarnings("unchecked")
    private static <X extends Throwable> RuntimeException thrown(Throwable failure) throws X {
        throw (X) failure;
    }

    /// Without a stack trace of its own: it is never seen.
    private static final class HostFailure extends RuntimeException {
        private final Throwable failure;

        HostFailure(Throwable failure) {
            super(null, failure, false, false);
            this.failure = failure;
        }

        Throwable failure() {
            return failure;
        }
    }
}

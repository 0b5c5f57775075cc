package dev.wattle.host.engine.jvm.runtime;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.StackRoom;
import dev.wattle.host.engine.Trap;
import java.util.List;
import java.util.stream.Stream;

/// Where calls of the host into guests end: the one place that tells a guest's trap from the failure of a host
/// function, and from a bug of ours.
///
/// The JVM's own exceptions mean a trap only when generated code threw them, which their stack traces tell. An
/// exception without one was thrown by compiled code that throws it often, and means a trap, too: nothing of ours
/// fails often.
public final class Boundary {
    /// The packages of generated code begin with it, and no other packages that a guest can reach.
    public static final String GENERATED = "w.";

    /// Whose exceptions are those of the code that called it: accessors of arrays, division of unsigned numbers.
    private static final String LIBRARY = "java.";

    private static final String LIBRARY_INTERNAL = "jdk.internal.";

    /// Helpers of generated code that access a guest's memory, or compute, in its place: beginnings of their names.
    private static final List<String> HELPERS = Stream.of("MemoryAccess", "Numeric", "Vector")
            .map(name -> Boundary.class.getPackageName() + "." + name)
            .toList();

    private Boundary() {}

    /// What the host that called a guest gets to see of what came out of it: returned, or thrown when it is not of
    /// that type.
    ///
    /// @param called the instance that the host called
    public static RuntimeException leaving(Throwable failure, Instance called) {
        // The stack may have ended between a function that left a tail call and whoever would have made it.
        called.scratch.pending = null;
        RuntimeException seen = seen(failure);
        return seen instanceof Trap trap ? trap.readBy(called.scratch.frames) : seen;
    }

    private static RuntimeException seen(Throwable failure) {
        return switch (failure) {
            case Trap trap -> trap;
            case HostFailure host -> Boundary.<RuntimeException>thrown(host.failure());
            case WasmException _ -> trap(Trap.Kind.UNCAUGHT_EXCEPTION, failure);
            case IndexOutOfBoundsException outside
            when isOfGuest(outside) -> trap(Trap.Kind.MEMORY_OUT_OF_BOUNDS, failure);
            case ArithmeticException division
            when isOfGuest(division) -> trap(Trap.Kind.INTEGER_DIVIDE_BY_ZERO, failure);
            case ClassCastException callee
            when isOfGuest(callee) -> trap(Trap.Kind.INDIRECT_CALL_TYPE_MISMATCH, failure);
            case ModuleException beyond -> new Trap(Trap.Kind.LIMIT, String.valueOf(beyond.getMessage()), beyond);
            case RuntimeException bug -> bug;
            case Error error when StackRoom.isExhausted(error) -> trap(Trap.Kind.STACK_EXHAUSTED, failure);
            default -> Boundary.<RuntimeException>thrown(failure);
        };
    }

    private static Trap trap(Trap.Kind kind, Throwable cause) {
        return new Trap(kind, kind.reason(), cause);
    }

    private static boolean isOfGuest(RuntimeException failure) {
        for (StackTraceElement frame : failure.getStackTrace()) {
            String name = frame.getClassName();
            if (!name.startsWith(LIBRARY) && !name.startsWith(LIBRARY_INTERNAL)) {
                return name.startsWith(GENERATED) || HELPERS.stream().anyMatch(name::startsWith);
            }
        }
        return true;
    }

    /// Throws anything as it is: a host function may have thrown what it did not declare.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> RuntimeException thrown(Throwable failure) throws X {
        throw (X) failure;
    }
}

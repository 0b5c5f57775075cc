package dev.wattle.spec;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.Trap;
import java.util.function.Consumer;

/// Carries out one command, and makes an outcome of whatever is thrown, errors of an engine's own included.
final class Attempt {
    private Attempt() {}

    static Outcome of(Command command, Consumer<Command> execution) {
        int line = command.line();
        try {
            execution.accept(command);
            return new Outcome.Passed(line);
        } catch (RuntimeException | Error failure) {
            return isUnsupported(failure)
                    ? new Outcome.Unsupported(line, String.valueOf(failure.getMessage()))
                    : new Outcome.Failed(line, command.getClass().getSimpleName() + ": " + describe(failure));
        }
    }

    /// Was something refused for a feature that it uses?
    static boolean isUnsupported(Throwable failure) {
        return switch (failure) {
            case ModuleException refused -> refused.code() == ModuleException.Code.UNSUPPORTED;
            case ComponentException refused -> refused.code() == ComponentException.Code.UNSUPPORTED;
            default -> failure instanceof UnsupportedException;
        };
    }

    static String describe(Throwable failure) {
        return switch (failure) {
            case Trap trap -> "Trap %s: %s".formatted(trap.kind(), trap.getMessage());
            case ModuleException refused -> "ModuleException %s: %s".formatted(refused.code(), refused.getMessage());
            case ComponentException refused ->
                "ComponentException %s: %s".formatted(refused.code(), refused.getMessage());
            case Mismatch mismatch -> String.valueOf(mismatch.getMessage());
            default -> place(failure);
        };
    }

    /// What nobody expects is told with where it comes from, and with its cause.
    private static String place(Throwable failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        String here = trace.length == 0 ? failure.toString() : failure + " at " + trace[0];
        Throwable cause = failure.getCause();
        return cause == null ? here : here + "; by " + place(cause);
    }
}

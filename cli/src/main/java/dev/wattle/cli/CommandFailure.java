package dev.wattle.cli;

import org.jspecify.annotations.Nullable;

/// A command cannot do what it was asked for. The message is for the person who asked: what, why, and the next
/// step.
final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /// It did not work.
    static CommandFailure failed(String message) {
        return new CommandFailure(ExitCode.FAILED, message, null);
    }

    /// It did not work, and here is why.
    static CommandFailure failed(String message, Throwable cause) {
        return new CommandFailure(ExitCode.FAILED, message, cause);
    }

    /// What was asked for makes no sense.
    static CommandFailure usage(String message) {
        return new CommandFailure(ExitCode.USAGE, message, null);
    }

    /// The guest broke a rule.
    static CommandFailure trapped(String message, Throwable cause) {
        return new CommandFailure(ExitCode.TRAPPED, message, cause);
    }

    /// It took too long.
    static CommandFailure timedOut(String message) {
        return new CommandFailure(ExitCode.TIMED_OUT, message, null);
    }

    /// What the process ends with.
    int exitCode() {
        return exitCode;
    }
}

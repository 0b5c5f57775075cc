package dev.wattle.cli;

/// The exit codes: a contract for scripts.
final class ExitCode {
    /// The answer stands on stdout.
    static final int OK = 0;

    /// It was understood, and did not work.
    static final int FAILED = 1;

    /// It was not understood: wrong options, unknown names, arguments that do not fit.
    static final int USAGE = 2;

    /// The guest trapped.
    static final int TRAPPED = 3;

    /// Nobody answered in time.
    static final int TIMED_OUT = 4;

    private ExitCode() {}
}

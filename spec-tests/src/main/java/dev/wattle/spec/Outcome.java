package dev.wattle.spec;

/// What became of one command.
sealed interface Outcome {
    int line();

    record Passed(int line) implements Outcome {}

    /// @param what the command, what it expected, and what it got
    record Failed(int line, String what) implements Outcome {}

    /// The engine refused a module for a feature that it lacks, or the command depends on such a module.
    ///
    /// @param why the engine's words
    record Unsupported(int line, String why) implements Outcome {}

    /// Unsupported, and known to be.
    record Skipped(int line, String why) implements Outcome {}
}

package dev.wattle.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// What all commands share: where they are, and where they answer.
@Command
abstract class BaseCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    // Set by picocli before the command runs.
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    BaseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    final Surroundings surroundings() {
        return surroundings;
    }

    final Output output() {
        OutputFormat format = spec.root().userObject() instanceof Wattle root ? root.format() : OutputFormat.TEXT;
        return new Output(spec.commandLine().getOut(), spec.commandLine().getErr(), format, surroundings.terminal());
    }

    @Override
    public final Integer call() {
        return run(output());
    }

    /// Does it.
    ///
    /// @return the exit code
    /// @throws CommandFailure when it does not work
    abstract int run(Output output);
}

package dev.wattle.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns whatever ended a command into a message and an exit code.
final class Failures {
    /// Prints stack traces of our own bugs: they are asked for when somebody reports one.
    private static final String TRACE = "WATTLE_TRACE";

    private final Surroundings surroundings;

    Failures(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// The arguments make no command.
    int ofArguments(ParameterException refused, String[] arguments) {
        CommandLine command = refused.getCommandLine();
        OutputFormat format = OutputFormat.wantedBy(List.of(arguments));
        Output output = new Output(command.getOut(), command.getErr(), format, surroundings.terminal());
        output.failure(message(refused, command));
        PrintWriter err = command.getErr();
        if (!UnmatchedArgumentException.printSuggestions(refused, err) && lacksCommand(refused)) {
            command.usage(err, CommandLine.Help.Ansi.OFF);
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitCode.USAGE;
    }

    private static String message(ParameterException refused, CommandLine command) {
        if (lacksCommand(refused)) {
            return "'" + command.getCommandSpec().qualifiedName() + "' needs a command after it";
        }
        String message = String.valueOf(refused.getMessage());
        if (refused instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !command.getSubcommands().isEmpty()) {
            return "there is no command '" + command.getCommandSpec().qualifiedName() + " "
                    + unmatched.getUnmatched().getFirst() + "'";
        }
        return message;
    }

    private static boolean lacksCommand(ParameterException refused) {
        return refused.getClass() == ParameterException.class
                && !(refused instanceof MissingParameterException)
                && String.valueOf(refused.getMessage()).startsWith("Missing required subcommand");
    }

    /// The command was run and threw.
    int ofExecution(Exception failure, CommandLine command, ParseResult result) {
        OutputFormat format = OutputFormat.wantedBy(result.originalArgs());
        Output output = new Output(command.getOut(), command.getErr(), format, surroundings.terminal());
        int exitCode = failure instanceof CommandFailure known ? known.exitCode() : ExitCode.FAILED;
        output.failure(failure instanceof CommandFailure known ? String.valueOf(known.getMessage()) : words(failure));
        if (exitCode == ExitCode.USAGE) {
            command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        }
        if (surroundings.environment().containsKey(TRACE)) {
            failure.printStackTrace(command.getErr());
        } else if (!(failure instanceof CommandFailure) && !expected(failure)) {
            command.getErr().println("This is a bug of wattle; " + TRACE + "=1 shows where.");
        }
        command.getErr().flush();
        return exitCode;
    }

    /// What the world does to us says what it is; a bug needs the name of its class too.
    private static String words(Exception failure) {
        String message = failure.getMessage();
        if (message != null && expected(failure)) {
            return message;
        }
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private static boolean expected(Exception failure) {
        return failure.getClass().getName().startsWith("dev.wattle.");
    }
}

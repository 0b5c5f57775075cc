package dev.wattle.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// The `wattle` command: the root under which every other command stands.
///
/// Exit codes are a contract for scripts: see [ExitCode].
@Command(
        name = "wattle",
        description = "Runs WebAssembly components in a lattice of hosts.",
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            GetCommand.class,
            AppCommand.class,
            CallCommand.class,
            InspectCommand.class,
            StartCommand.class,
            ScaleCommand.class,
            StopCommand.class,
            LinkCommand.class,
            ConfigCommand.class,
            LabelCommand.class,
            CompletionCommand.class,
            HelpCommand.class,
            HostCommand.class,
            ControlPlaneCommand.class,
            RehearseCommand.class,
        })
public final class Wattle {
    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            converter = OutputFormat.Reader.class,
            paramLabel = "text|json",
            description = "How to write the answer: ${COMPLETION-CANDIDATES}.")
    private OutputFormat format = OutputFormat.TEXT;

    private Wattle() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(commandLine(Surroundings.ofProcess()).execute(arguments));
    }

    OutputFormat format() {
        return format;
    }

    /// The command with all that stand under it. Runs one command, once.
    static CommandLine commandLine(Surroundings surroundings) {
        var failures = new Failures(surroundings);
        CommandLine commandLine = new CommandLine(new Wattle(), new CommandFactory(surroundings));
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpAutoWidth(true);
        commandLine.setUsageHelpLongOptionsMaxWidth(32);
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(
                surroundings.terminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        commandLine.setParameterExceptionHandler(failures::ofArguments);
        commandLine.setExecutionExceptionHandler(failures::ofExecution);
        return commandLine;
    }
}

package dev.wattle.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `wattle` command: the root under which every other command stands.
///
/// Exit codes are a contract for scripts: 0 ok, 1 failed, 2 wrong usage.
@Command(
        name = "wattle",
        description = "Runs WebAssembly components in a lattice of hosts.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Wattle {
    private Wattle() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Wattle());
    }
}

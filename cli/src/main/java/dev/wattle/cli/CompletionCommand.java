package dev.wattle.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/// `wattle completion`: a script that teaches a shell our commands.
@Command(
        name = "completion",
        description = {
            "Prints a script that completes commands and options.",
            "For bash: source <(wattle completion bash). For zsh, after bashcompinit: the same.",
        })
final class CompletionCommand extends BaseCommand {
    /// The shells that read the script; zsh does through its bashcompinit, which the script loads.
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(paramLabel = "bash|zsh", description = "The shell.")
    private Shell shell = Shell.BASH;

    CompletionCommand(Surroundings surroundings) {
        super(surroundings);
    }

    @Override
    int run(Output output) {
        String script = AutoComplete.bash("wattle", Wattle.commandLine(surroundings()));
        ObjectNode json = Json.object();
        json.put("shell", shell.name().toLowerCase(java.util.Locale.ROOT));
        json.put("script", script);
        output.answer(json, script);
        return ExitCode.OK;
    }
}

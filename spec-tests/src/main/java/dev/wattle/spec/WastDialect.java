package dev.wattle.spec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Scripts in a text format that `wasm-tools` does not read, or no longer, are assembled another way.
final class WastDialect {
    private WastDialect() {}

    /// Splits a script into `json` and, beside it, its modules; tells what had to be done to it.
    ///
    /// @throws SuiteException when no way leads there: what is wrong with the script as it stands
    static Optional<String> split(WasmTools tools, Path wast, Path json) throws IOException {
        try {
            tools.splitScript(wast, json);
            return Optional.empty();
        } catch (SuiteException refused) {
            try {
                return Optional.of(splitAnotherWay(tools, wast, json));
            } catch (SuiteException hopeless) {
                refused.addSuppressed(hopeless);
                throw refused;
            }
        }
    }

    private static String splitAnotherWay(WasmTools tools, Path wast, Path json) throws IOException {
        var option = new CancellableOption(Files.readString(wast));
        if (!option.present()) {
            tools.splitOldScript(wast, json);
            return "assembled with indices in the way that was legal before";
        }
        Path rewritten = json.resolveSibling("rewritten.wast");
        Files.writeString(rewritten, option.without());
        tools.splitOldScript(rewritten, json);
        List<Path> binaries =
                ScriptReader.files(json).stream().map(json::resolveSibling).toList();
        return option.restore(binaries)
                ? "the option 'cancellable', which %s no longer reads, was put into the binaries"
                        .formatted(tools.version())
                : "assembled without 'cancellable', which %s no longer reads".formatted(tools.version());
    }
}

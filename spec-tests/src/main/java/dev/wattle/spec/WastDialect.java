package dev.wattle.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/// Scripts in a text format that `wasm-tools` does not read, or no longer, are assembled another way.
final class WastDialect {
    /// An option of built-ins that the text format has lost since.
    private static final Pattern CANCELLABLE = Pattern.compile("(\\(canon\\s+[a-z.-]+\\s+)cancellable\\b");

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
        String text = Files.readString(wast);
        String without = CANCELLABLE.matcher(text).replaceAll("$1           ");
        if (without.equals(text)) {
            tools.splitOldScript(wast, json);
            return "assembled with indices in the way that was legal before";
        }
        Path rewritten = json.resolveSibling("rewritten.wast");
        try {
            Files.writeString(rewritten, without);
            tools.splitOldScript(rewritten, json);
            return "assembled without 'cancellable', which %s no longer reads".formatted(tools.version());
        } catch (UncheckedIOException failure) {
            throw new SuiteException("rewriting " + wast, failure);
        }
    }
}

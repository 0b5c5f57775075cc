package dev.wattle.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// One benchmark: runs its rounds and returns its tables.
@FunctionalInterface
interface Benchmark {
    /// Runs to its end; leaves no process behind.
    ///
    /// @throws WrongAnswerException when something measured did not do its work
    List<Table> run(Context context) throws Exception;

    /// @param home the checkout
    /// @param scratch an empty folder of its own
    /// @param progress takes lines for a person
    /// @param skipped takes what could not be measured here, with the reason
    record Context(Path home, Path scratch, Consumer<String> progress, Consumer<String> skipped) {
        Path prebuilt() {
            return home.resolve("components/prebuilt");
        }

        Path prebuilt(String guest) {
            return prebuilt().resolve(guest + ".wasm");
        }
    }
}

package dev.wattle.fuzz;

import java.util.Set;
import java.util.function.Supplier;

/// Something that runs cases. One thread at a time.
interface Runner extends AutoCloseable {
    String name();

    /// What modules for it may need.
    Set<Feature> features();

    /// Starts a case; the outcome is there when it is asked for. The next one is started after that.
    Supplier<Outcome> start(Case tried);

    default Outcome run(Case tried) {
        return start(tried).get();
    }

    @Override
    default void close() {}
}

package dev.wattle.host.engine.jvm.helper;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Ends a process that takes too long; and, when closed, ends it anyway.
final class Deadline implements AutoCloseable {
    private final Process process;
    private final Duration time;
    private volatile boolean passed;

    /// Starts to watch.
    Deadline(Process process, Duration time) {
        this.process = process;
        this.time = time;
        Thread.ofPlatform().name("wattle-compile-deadline").daemon().start(this::watch);
    }

    private void watch() {
        try {
            if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                passed = true;
                process.destroyForcibly();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }

    /// Whether the process was ended because of it.
    boolean passed() {
        return passed;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}

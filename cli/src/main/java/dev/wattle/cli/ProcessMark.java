package dev.wattle.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// One process, and no other that gets its number later.
///
/// @param startMillis when it started, as the system tells, in milliseconds since 1970
record ProcessMark(long pid, long startMillis) {
    /// The system counts from a boot time that it corrects by up to a second while it runs; a number does not
    /// come around that fast.
    private static final long CLOCK_SLACK_MILLIS = 2000;

    /// The mark of a process that runs.
    static ProcessMark of(ProcessHandle process) {
        return new ProcessMark(process.pid(), startOf(process).orElse(0L));
    }

    private static Optional<Long> startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli);
    }

    /// The process, while it runs.
    Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid)
                .filter(process -> startOf(process)
                        .filter(start -> Math.abs(start - startMillis) <= CLOCK_SLACK_MILLIS)
                        .isPresent())
                .filter(ProcessHandle::isAlive)
                .filter(_ -> !zombie());
    }

    /// Does it run?
    boolean alive() {
        return running().isPresent();
    }

    /// It ended, and nobody has asked for its exit code: the first process of a container often does not.
    private boolean zombie() {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        if (!Files.exists(stat)) {
            return false;
        }
        try {
            String text = Files.readString(stat);
            return text.startsWith(") Z", text.lastIndexOf(')'));
        } catch (IOException e) {
            return true;
        }
    }
}

package dev.wattle.cli;

import dev.wattle.cli.LatticeState.Member;
import dev.wattle.cli.LatticeState.Role;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Starts processes that live on their own, and ends those that a state names.
final class Processes {
    /// How long a host may take for the calls that it is busy with.
    static final Duration DRAIN = Duration.ofSeconds(10);

    /// A host gets its drain time, and a moment for the rest.
    private static final Duration HOST_END = DRAIN.plusSeconds(3);

    private static final Duration OTHER_END = Duration.ofSeconds(5);

    /// After a kill, the system needs a moment.
    private static final Duration KILLED_END = Duration.ofSeconds(5);

    private static final long POLL_MILLIS = 25;

    private Processes() {}

    /// Starts a process in a session of its own, so that Ctrl-C and the end of the terminal do not reach it.
    ///
    /// @param log gets what it writes
    static Process start(List<String> command, Path directory, Path log) {
        List<String> whole = new ArrayList<>(ownSession());
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw CommandFailure.failed(command.getFirst() + " cannot be started: " + e.getMessage(), e);
        }
    }

    /// A command that makes a session and then becomes the one that follows it: Linux has one, macOS has Perl.
    static List<String> ownSession() {
        if (onPath("setsid")) {
            return List.of("setsid");
        }
        if (onPath("perl")) {
            return List.of("perl", "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV or exit 127");
        }
        return List.of();
    }

    private static boolean onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        for (String folder : path.split(File.pathSeparator)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }

    /// Ends them in order: hosts first and all at once, which finish their calls; then the control plane; then
    /// NATS.
    ///
    /// @return those that would not end
    static List<Member> stop(List<Member> members) {
        List<Member> left = new ArrayList<>();
        for (Role role : Role.values()) {
            List<Member> same =
                    members.stream().filter(member -> member.role() == role).toList();
            left.addAll(stopAtOnce(same, role == Role.HOST ? HOST_END : OTHER_END));
        }
        return left;
    }

    private static List<Member> stopAtOnce(List<Member> members, Duration patience) {
        members.forEach(member -> member.process().running().ifPresent(ProcessHandle::destroy));
        await(
                patience,
                () -> members.stream().noneMatch(member -> member.process().alive()));
        List<Member> stubborn =
                members.stream().filter(member -> member.process().alive()).toList();
        stubborn.forEach(member -> member.process().running().ifPresent(ProcessHandle::destroyForcibly));
        await(
                KILLED_END,
                () -> stubborn.stream().noneMatch(member -> member.process().alive()));
        return stubborn.stream().filter(member -> member.process().alive()).toList();
    }

    /// Waits until it holds; false when that took too long.
    static boolean await(Duration patience, BooleanSupplier condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                return false;
            }
            pause();
        }
        return true;
    }

    static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.failed("interrupted", e);
        }
    }

    /// The last lines of a log, for a message.
    static String tail(Path log, int lines) {
        try {
            List<String> all = new String(Files.readAllBytes(log), java.nio.charset.StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return all.stream()
                    .skip(Math.max(0, all.size() - lines))
                    .map(line -> "  | " + line.replaceAll("[\\p{Cntrl}&&[^\t]]", "?") + "\n")
                    .reduce("", String::concat)
                    .stripTrailing();
        } catch (IOException e) {
            return "  | (cannot be read: " + e.getMessage() + ")";
        }
    }
}

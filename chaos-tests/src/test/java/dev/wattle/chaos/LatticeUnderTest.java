package dev.wattle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/// A checkout of its own, whose path has a space, and the processes that `wattle up` starts there. Ports are
/// free ones.
///
/// Kills and starts them again as a crash and an operator would. Closing it stops all.
final class LatticeUnderTest implements AutoCloseable {
    /// A build on the same cores makes everything slow; no command may take longer.
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration END = Duration.ofSeconds(30);
    private static final Path SOURCE =
            Path.of(System.getProperty("wattle.home", "..")).toAbsolutePath().normalize();
    private static final Pattern MEMBER = Pattern.compile(
            "\"name\":\"([^\"]+)\",\"role\":\"[A-Z_]+\",\"process\":\\{\"pid\":([0-9]+),\"start_millis\":([0-9]+)}");

    /// The system's clock is corrected while it runs.
    private static final Duration START_SLACK = Duration.ofSeconds(2);

    private final Path folder;
    private final Path home;
    private final int httpPort;
    private final int natsPort;
    private final Map<String, Process> restarted = new LinkedHashMap<>();

    /// What a command said.
    record Said(int exitCode, String out, String err) {}

    /// A process that was killed, and how to start it again.
    ///
    /// @param nanos just before the signal
    /// @param millis the same moment on the system's clock, which logs have
    record Killed(String name, long nanos, long millis, List<String> command) {}

    private LatticeUnderTest(Path folder, Path home, int httpPort, int natsPort) {
        this.folder = folder;
        this.home = home;
        this.httpPort = httpPort;
        this.natsPort = natsPort;
    }

    /// The launcher, the manifests and the guests are all that a lattice needs of a checkout, beside the
    /// distribution.
    static LatticeUnderTest in(Path folder) throws IOException {
        Path home = Files.createDirectory(folder.resolve("a checkout")).toRealPath();
        for (String name : List.of("wattle", "build", "wadm-manifests", "components/prebuilt")) {
            copy(SOURCE.resolve(name), home.resolve(name));
        }
        Path tools = SOURCE.resolve(".wattle/tools");
        if (Files.isDirectory(tools)) {
            Files.createDirectory(home.resolve(".wattle"));
            Files.createSymbolicLink(home.resolve(".wattle/tools"), tools);
        }
        return new LatticeUnderTest(folder, home, freePort(), freePort());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    Path home() {
        return home;
    }

    int httpPort() {
        return httpPort;
    }

    int natsPort() {
        return natsPort;
    }

    URI url() {
        return URI.create("http://localhost:" + httpPort);
    }

    /// What the last command, or the one that still runs, has written.
    String out() throws IOException {
        return Files.readString(folder.resolve("out"));
    }

    /// `wattle up` with a free port for each server, and more arguments.
    String[] up(String... more) {
        List<String> arguments = new ArrayList<>(List.of("up", "--http-port", Integer.toString(httpPort)));
        arguments.addAll(List.of("--nats-port", Integer.toString(natsPort)));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    Process start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("wattle").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(home.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment()
                .putIfAbsent("WATTLE_DIST", SOURCE.resolve("cli/target/dist").toString());
        return builder.start();
    }

    Said wattle(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("%s ends", List.of(arguments))
                .isTrue();
        return new Said(process.exitValue(), out(), Files.readString(folder.resolve("err")));
    }

    /// A command that has to succeed.
    Said succeed(String... arguments) throws IOException, InterruptedException {
        Said said = wattle(arguments);
        assertThat(said.exitCode()).as("%s: %s", List.of(arguments), said.err()).isZero();
        return said;
    }

    /// What `up` has started and still runs, by name; a process that was started again stands for the one
    /// before.
    Map<String, ProcessHandle> members() throws IOException {
        Map<String, ProcessHandle> members = new LinkedHashMap<>();
        Matcher found = MEMBER.matcher(Files.readString(home.resolve(".wattle/state.json")));
        while (found.find()) {
            long startMillis = Long.parseLong(found.group(3));
            String name = found.group(1);
            ProcessHandle.of(Long.parseLong(found.group(2)))
                    .filter(process -> startedAt(process, startMillis))
                    .filter(LatticeUnderTest::running)
                    .ifPresent(process -> members.put(name, process));
        }
        restarted.forEach((name, process) -> members.put(name, process.toHandle()));
        members.values().removeIf(process -> !running(process));
        return members;
    }

    private static boolean startedAt(ProcessHandle process, long startMillis) {
        return process.info()
                .startInstant()
                .map(Instant::toEpochMilli)
                .filter(start -> Math.abs(start - startMillis) <= START_SLACK.toMillis())
                .isPresent();
    }

    /// A process that ended, and that nobody asked how, is still in the table.
    static boolean running(ProcessHandle process) {
        Path stat = Path.of("/proc", Long.toString(process.pid()), "stat");
        try {
            return process.isAlive()
                    && !(Files.exists(stat) && Files.readString(stat).contains(") Z"));
        } catch (IOException e) {
            return false;
        }
    }

    static void awaitEnd(Iterable<ProcessHandle> processes) {
        Awaitility.await().atMost(END).until(() -> {
            for (ProcessHandle process : processes) {
                if (running(process)) {
                    return false;
                }
            }
            return true;
        });
    }

    /// SIGKILL, without waiting for the end.
    Killed kill(String name) throws IOException {
        ProcessHandle process = members().get(name);
        assertThat(process).as("%s runs", name).isNotNull();
        List<String> command = commandOf(process);
        assertThat(String.join(" ", command)).as("the process of %s", name).contains(home.toString());
        long millis = System.currentTimeMillis();
        long nanos = System.nanoTime();
        assertThat(process.destroyForcibly()).isTrue();
        return new Killed(name, nanos, millis, command);
    }

    /// The library cuts command lines that are as long as ours.
    private static List<String> commandOf(ProcessHandle process) throws IOException {
        Path line = Path.of("/proc", Long.toString(process.pid()), "cmdline");
        if (Files.exists(line)) {
            return List.of(Files.readString(line).split("\0"));
        }
        List<String> command = new ArrayList<>();
        command.add(process.info().command().orElseThrow());
        command.addAll(List.of(process.info().arguments().orElseThrow()));
        return command;
    }

    /// Starts a process with the command and the settings that it had; returns when it runs, not when it is
    /// ready.
    void restart(Killed killed) throws IOException {
        Path log = log(killed.name());
        restarted.put(
                killed.name(),
                new ProcessBuilder(killed.command())
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
    }

    private Path log(String name) {
        return home.resolve(".wattle/logs/" + name + ".log");
    }

    /// The log of a process, line by line. The last line may be cut.
    List<String> logLines(String name) throws IOException {
        return Files.readString(log(name)).lines().toList();
    }

    @Override
    public void close() throws IOException {
        try {
            wattle("down");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            restarted.values().forEach(Process::destroyForcibly);
        }
    }
}

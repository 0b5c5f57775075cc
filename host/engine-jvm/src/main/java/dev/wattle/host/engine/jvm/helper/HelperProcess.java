package dev.wattle.host.engine.jvm.helper;

import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import dev.wattle.host.engine.jvm.code.CodePath;
import dev.wattle.host.engine.jvm.code.CompileLimits;
import dev.wattle.host.engine.jvm.code.LargeFunctions;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Compiles a function in a process that has its own heap, little more than one processor, and little time. One at a
/// time.
public final class HelperProcess implements LargeFunctions {
    /// How often as long as one order may take another one is waited for.
    private static final int PATIENCE = 2;

    private final List<String> command;
    private final CompileLimits limits;
    private final Semaphore one = new Semaphore(1, true);

    private HelperProcess(List<String> command, CompileLimits limits) {
        this.command = List.copyOf(command);
        this.limits = limits;
    }

    /// Helpers on the JDK of this process; refuses everything where that, or the engine's own classes, are not in
    /// files.
    public static LargeFunctions of(CompileLimits limits) {
        Path java =
                Path.of(System.getProperty("java.home", ""), "bin", File.separatorChar == '\\' ? "java.exe" : "java");
        List<Path> path = CodePath.own();
        if (path.isEmpty() || !Files.isExecutable(java)) {
            return REFUSED;
        }
        return new HelperProcess(
                List.of(
                        java.toString(),
                        "-Xmx" + limits.helperMegabytes() + "m",
                        "-XX:+UseSerialGC",
                        "-XX:ActiveProcessorCount=1",
                        "-XX:+DisplayVMOutputToStderr",
                        "-XX:-UsePerfData",
                        "-cp",
                        path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
                        Helper.class.getName()),
                limits);
    }

    @Override
    public Map<String, byte[]> compile(WasmModule module, String digest, CodeOptions options, int function) {
        var order =
                new Order(module.binary(), digest, options, function, limits.helperTime(), limits.functionClassBytes());
        await();
        try {
            return carryOut(order);
        } finally {
            one.release();
        }
    }

    private void await() {
        boolean ours;
        try {
            ours = one.tryAcquire(limits.helperTime().toMillis() * PATIENCE, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TooLargeException("another process, which was interrupted while waiting for its turn", false);
        }
        if (!ours) {
            throw new TooLargeException("another process, and those before it took too long", false);
        }
    }

    private Map<String, byte[]> carryOut(Order order) {
        Process process;
        try {
            var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().clear();
            process = builder.start();
        } catch (IOException failure) {
            throw new TooLargeException("another process, which cannot be started: " + failure.getMessage(), false);
        }
        var deadline = new Deadline(process, limits.helperTime());
        try (deadline) {
            return switch (talk(process, order)) {
                case Answer.Compiled compiled -> compiled.classes();
                case Answer.Refused refused -> throw new TooLargeException(refused.why(), true);
            };
        } catch (IOException failure) {
            throw new TooLargeException(
                    deadline.passed()
                            ? "more than the %d ms that a helper process has"
                                    .formatted(limits.helperTime().toMillis())
                            : "more than a helper process can do: it ended without an answer (%s)"
                                    .formatted(failure.getMessage()),
                    true);
        }
    }

    private Answer talk(Process process, Order order) throws IOException {
        try (var out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
                var in = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            order.write(out);
            return Answer.read(in, limits.functionClassBytes());
        }
    }
}

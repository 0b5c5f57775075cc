package dev.wattle.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// A server process of a benchmark. It tells one line when it serves, and ends when its standard input does: so
/// none outlives the benchmark, however that ends.
final class Child implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(5);
    private static final String READY = "ready ";

    private final Process process;
    private final List<String> answer;

    private Child(Process process, List<String> answer) {
        this.process = process;
        this.answer = answer;
    }

    /// Starts a main class and waits until it serves.
    ///
    /// @param log gets what it says on stderr
    static Child start(Path home, Path log, Class<?> main, String... arguments) throws Exception {
        Process process =
                Java.command(home, main, arguments).redirectError(log.toFile()).start();
        BlockingQueue<String> lines = new ArrayBlockingQueue<>(1);
        Thread.ofVirtual().name("wattle-bench-child").start(() -> read(process, lines));
        String line = lines.poll(START.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null || !line.startsWith(READY)) {
            process.destroyForcibly();
            throw new IllegalStateException(
                    main.getSimpleName() + " did not start: " + line + "\n" + Files.readString(log));
        }
        return new Child(process, List.of(line.substring(READY.length()).split(" ")));
    }

    private static void read(Process process, BlockingQueue<String> lines) {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            boolean _ = lines.offer(line == null ? "it ended" : line);
            while (line != null) {
                // Nothing but the JVM itself says more here, and that is worth reading.
                line = reader.readLine();
                if (line != null) {
                    System.err.println("wattle: a server process says: " + line);
                }
            }
        } catch (IOException e) {
            boolean _ = lines.offer("its output broke off: " + e);
        }
    }

    /// In the child: says that it serves, and waits until it is to end.
    static void serve(String... answer) throws IOException {
        System.out.println(READY + String.join(" ", answer));
        System.out.flush();
        while (System.in.read() >= 0) {
            // Whatever comes is no end.
        }
    }

    /// What it told when it served.
    String told(int index) {
        return answer.get(index);
    }

    /// Processor time of all its threads until now; ticks of 10 ms on Linux.
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException | InterruptedException _) {
            process.destroyForcibly();
        }
    }
}

package dev.wattle.benchmarks;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A process that runs kernels and guests on one runtime and times them itself: `benchmarks/peers/README.md`
/// tells the protocol. Ends with its standard input, so that it does not outlive the benchmark. One thread.
final class Peer implements AutoCloseable {
    /// A large guest may have to be compiled as a whole first.
    private static final Duration ANSWER = Duration.ofMinutes(4);

    private static final Duration STOP = Duration.ofSeconds(5);
    private static final String FAILED = "failed";
    private static final String ENDED = "failed: the process ended";

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedWriter commands;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    /// What a run came to, and what it took.
    record Timed(String result, double nanos) {}

    private Peer(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
    }

    /// @param name for messages
    /// @param folder gets the log of what it says on stderr
    static Peer start(String name, Path folder, ProcessBuilder command) throws IOException {
        Path log = folder.resolve("peer-" + name + ".log");
        var peer = new Peer(
                name,
                log,
                command.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
        Thread.ofVirtual().name("wattle-bench-peer").start(peer::read);
        return peer;
    }

    private void read() {
        try (var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                answers.add(line);
            }
            answers.add(ENDED);
        } catch (IOException e) {
            answers.add(ENDED + ": " + e);
        }
    }

    String name() {
        return name;
    }

    /// The answer to a command.
    ///
    /// @throws WrongAnswerException when it failed, or did not answer in time
    String ask(String command) throws IOException, InterruptedException {
        commands.write(command);
        commands.newLine();
        commands.flush();
        String answer = answers.poll(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        if (answer == null || answer.startsWith(FAILED)) {
            throw new WrongAnswerException("%s to '%s': %s%n%s"
                    .formatted(name, command, answer == null ? "no answer in time" : answer, Files.readString(log)));
        }
        return answer;
    }

    /// A command that is timed.
    Timed time(String command) throws IOException, InterruptedException {
        String[] words = ask(command).split(" ");
        return new Timed(words[0], Double.parseDouble(words[1]));
    }

    @Override
    public void close() {
        try {
            commands.close();
            if (!process.waitFor(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException | InterruptedException _) {
            process.destroyForcibly();
        }
    }
}

package dev.wattle.benchmarks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one benchmark in this process and writes its table. Ends when the one that started it does.
final class Worker {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    private Worker() {}

    /// @param arguments the benchmark's name and the file to write
    public static void main(String[] arguments) {
        Catalog one = Catalog.find(arguments[0]).orElseThrow();
        int status = 1;
        try {
            run(one, Path.of(arguments[1]));
            status = 0;
        } catch (Exception | Error e) {
            LOG.error("benchmark.failed name={}", one.word(), e);
        }
        System.exit(status);
    }

    private static void run(Catalog one, Path result) throws Exception {
        Path home = Path.of(Objects.requireNonNull(System.getProperty("wattle.home"), "wattle.home"));
        Path scratch = Files.createTempDirectory("wattle-bench-");
        boolean done = false;
        try {
            var skipped = new ArrayList<String>();
            var context = new Benchmark.Context(home, scratch, line -> say(one, line), reason -> {
                say(one, "SKIPPED: " + reason);
                skipped.add(reason);
            });
            List<Table> tables = one.benchmark().run(context);
            Files.writeString(result, text(one, tables, skipped));
            done = true;
        } finally {
            if (done) {
                delete(scratch);
            } else {
                System.err.println("wattle: " + one.word() + ": the logs of its processes are in " + scratch);
            }
        }
    }

    private static void say(Catalog one, String line) {
        System.err.println("wattle: " + one.word() + ": " + line);
    }

    private static String text(Catalog one, List<Table> tables, List<String> skipped) {
        var text = new StringBuilder("### " + one.word() + "\n" + one.title() + ". " + Machine.describe()
                + "; medians of " + Rounds.ROUNDS + " alternating rounds.\n");
        tables.forEach(table -> text.append('\n').append(table.toMarkdown()));
        skipped.forEach(
                reason -> text.append('\n').append(Bench.SKIPPED).append(reason).append('\n'));
        return text.toString();
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

package dev.wattle.lattice.transport.server;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// Sees to it that starting a server loses nothing of its store. A nats-server drops what it cannot read of a
/// damaged store while it starts, most of it without a word.
///
/// So the store is copied first, and put back when the start fails. A second copy is read by a server of its
/// own, without the store's index, so that it must read every block: it has to find all that the index
/// promises, which is what the real server reports.
final class StoreCheck {
    /// The server's own summary of a stream; without it, it reads the blocks.
    private static final String INDEX = "index.db";

    private static final long POLL_MILLIS = 10;

    private final NatsServerSettings settings;
    private final ServerFiles files;
    private final Path kept;
    private final Path copying;
    private final Path scanned;
    private boolean blocksWhole = true;

    StoreCheck(NatsServerSettings settings, ServerFiles files) {
        this.settings = settings;
        this.files = files;
        this.kept = files.beside("jetstream.kept");
        this.copying = files.beside("jetstream.copying");
        this.scanned = files.beside("jetstream.scanned");
    }

    /// Keeps a copy, and counts the messages of each stream that can be read.
    SortedMap<String, Long> begin() throws IOException {
        putBack();
        delete(copying);
        delete(scanned);
        if (!Files.isDirectory(files.store())) {
            return new TreeMap<>();
        }
        copy(files.store(), copying);
        Files.move(copying, kept, StandardCopyOption.ATOMIC_MOVE);
        copy(files.store(), scanned);
        deleteIndexes(scanned);
        try {
            SortedMap<String, Long> counts = scan();
            blocksWhole = sameBlocks();
            return counts;
        } finally {
            delete(scanned);
        }
    }

    /// Did the reader of the copy leave every block as long as it was? Then a bad index is no loss: it is made
    /// anew.
    boolean blocksWhole() {
        return blocksWhole;
    }

    private boolean sameBlocks() throws IOException {
        for (Path block : below(kept)) {
            Path read = scanned.resolve(kept.relativize(block).toString());
            if (block.toString().endsWith(".blk") && Files.size(block) > (Files.exists(read) ? Files.size(read) : 0)) {
                return false;
            }
        }
        return true;
    }

    /// What the server's log promises and the blocks do not hold: a sentence, or nothing.
    static String missing(Map<String, Long> promised, Map<String, Long> readable) {
        for (Map.Entry<String, Long> stream : promised.entrySet()) {
            long found = readable.getOrDefault(stream.getKey(), stream.getValue());
            if (found < stream.getValue()) {
                return "of the " + stream.getValue() + " messages in the stream " + stream.getKey() + ", " + found
                        + " can be read";
            }
        }
        return "";
    }

    /// The store is whole.
    void discard() throws IOException {
        delete(kept);
    }

    /// The store as it was before the start. Nothing runs on it now.
    void putBack() throws IOException {
        if (Files.exists(kept)) {
            delete(files.store());
            Files.move(kept, files.store(), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private SortedMap<String, Long> scan() throws IOException {
        Path log = files.beside("scan.log");
        Files.deleteIfExists(log);
        Process process = new ProcessBuilder(settings.binary().toString(), "-c", files.scanConfiguration(scanned, log))
                .directory(settings.folder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            long deadline = System.nanoTime() + settings.startTimeout().toNanos();
            // One that does not get ready counts nothing: the real one will say why.
            while (process.isAlive()
                    && System.nanoTime() < deadline
                    && !ServerLog.at(log).ready()) {
                process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            NatsServer.end(process.toHandle());
        }
        ServerLog told = ServerLog.at(log);
        return told.ready() ? told.restored() : new TreeMap<>();
    }

    private static void deleteIndexes(Path store) throws IOException {
        for (Path file : below(store)) {
            if (file.endsWith(INDEX)) {
                Files.delete(file);
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        for (Path file : below(from)) {
            Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void delete(Path file) throws IOException {
        if (Files.exists(file)) {
            for (Path one : below(file).reversed()) {
                Files.delete(one);
            }
        }
    }

    /// Folders come before what is in them.
    private static List<Path> below(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                found.add(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                found.add(file);
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }
}

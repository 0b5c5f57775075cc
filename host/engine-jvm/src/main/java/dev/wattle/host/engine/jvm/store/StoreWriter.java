package dev.wattle.host.engine.jvm.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Writes classes in the background, many at a time: when nothing new came for a moment, but not much later than that,
/// and when the process ends. Its thread ends when there is nothing to do.
final class StoreWriter {
    /// A guest that starts makes classes all the time: a longer gap means that it started.
    private static final Duration QUIET = Duration.ofMillis(500);

    /// Nothing waits longer, however busy guests are; each time, a whole pack is written.
    private static final Duration LATEST = Duration.ofSeconds(20);

    /// Between two times, because each writes whole packs. The end of the process does not wait for it.
    private static final Duration PAUSE = Duration.ofSeconds(10);

    /// What may wait to be written: more than the largest guest makes in so long.
    private static final long MAX_WAITING_BYTES = 64L << 20;

    /// After a failure, such as a full disk, nothing is tried for so long.
    private static final Duration RECOVERY = Duration.ofMinutes(1);

    private final StoreFiles files;
    private final Path folder;
    private final Object writing = new Object();

    private Map<StoreKey, SortedMap<String, byte[]>> waiting = new LinkedHashMap<>(); // guarded by this
    private long waitingBytes; // guarded by this
    private long offered; // guarded by this
    private long first; // guarded by this
    private long last; // guarded by this
    private @Nullable Thread worker; // guarded by this
    private @Nullable Thread atEnd; // guarded by this
    private @Nullable String note; // guarded by this
    private long written; // guarded by this
    private boolean everWritten; // guarded by this
    private long failedAt; // guarded by this
    private boolean failed; // guarded by this

    StoreWriter(StoreFiles files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    synchronized long offered() {
        return offered;
    }

    synchronized Optional<String> note() {
        return Optional.ofNullable(note);
    }

    /// Classes to be written; returns at once.
    synchronized void offer(StoreKey key, Map<String, byte[]> classes) {
        offered += classes.size();
        long now = System.nanoTime();
        long bytes = classes.values().stream().mapToLong(each -> each.length).sum();
        if (waitingBytes + bytes > MAX_WAITING_BYTES || (failed && now - failedAt < RECOVERY.toNanos())) {
            return; // they are made again in the next run
        }
        if (waiting.isEmpty()) {
            first = now;
        }
        last = now;
        waitingBytes += bytes;
        waiting.computeIfAbsent(key, _ -> new TreeMap<>()).putAll(classes);
        if (worker == null) {
            start();
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint only: nothing depends on it
    private void start() { // guarded by this
        Thread end = Thread.ofPlatform().name("wattle-classes-flush").unstarted(this::flush);
        try {
            Runtime.getRuntime().addShutdownHook(end);
            atEnd = end;
        } catch (IllegalStateException ending) {
            atEnd = null; // the process is ending: what comes now is not kept
        }
        worker = Thread.ofPlatform()
                .name("wattle-classes-writer")
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .start(this::run);
    }

    private void run() {
        try {
            while (isDue()) {
                flush();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            ended();
        }
    }

    private synchronized void ended() {
        if (Thread.currentThread().equals(worker)) {
            worker = null;
        }
    }

    /// Waits until there is something to write.
    ///
    /// @return false when there is nothing; this thread is not the worker any more then
    private synchronized boolean isDue() throws InterruptedException {
        while (true) {
            if (waiting.isEmpty()) {
                removeHook();
                worker = null;
                return false;
            }
            long now = System.nanoTime();
            long left = Math.min(last + QUIET.toNanos(), first + LATEST.toNanos()) - now;
            left = everWritten ? Math.max(left, written + PAUSE.toNanos() - now) : left;
            if (left <= 0) {
                return true;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left + 1);
        }
    }

    private void removeHook() { // guarded by this
        Thread hook = atEnd;
        atEnd = null;
        if (hook != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException ending) {
                // It runs already, and finds nothing to do.
            }
        }
    }

    /// Writes what is waiting, on this thread; returns when it is written, also by others.
    void flush() {
        synchronized (writing) {
            take().forEach(this::write);
        }
    }

    private synchronized Map<StoreKey, SortedMap<String, byte[]>> take() {
        var taken = waiting;
        waiting = new LinkedHashMap<>();
        waitingBytes = 0;
        written = System.nanoTime();
        everWritten = true;
        return taken;
    }

    private void write(StoreKey key, SortedMap<String, byte[]> classes) {
        try {
            SortedMap<String, Pack.Item> items = new TreeMap<>();
            classes.forEach((name, bytes) -> items.put(name, Pack.Item.of(bytes)));
            files.add(key, items);
            succeeded();
        } catch (IOException | RuntimeException failure) {
            failed(failure);
        }
    }

    private synchronized void succeeded() {
        failed = false;
        note = null;
    }

    private synchronized void failed(Exception failure) {
        failed = true;
        failedAt = System.nanoTime();
        note = "generated classes are not kept in %s: %s".formatted(folder, failure);
    }
}

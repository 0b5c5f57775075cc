package dev.wattle.host.engine.jvm.code;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Compiles in the background what guests will probably call next: what was called last calls it. One thread for all
/// modules of an engine, which ends when there is nothing to do; a module that is gone is forgotten. What it makes is
/// not loaded until somebody calls it. Safe for any thread.
public final class Ahead {
    /// Compiles nothing.
    public static final Ahead NEVER = new Ahead(0);

    /// What was called long ago has been compiled by now, or is not called from there.
    private static final int MAX_WAITING = 512;

    private static final Duration IDLE = Duration.ofSeconds(1);

    private final int maxWaiting;
    private final Deque<Job> waiting = new ArrayDeque<>(); // guarded by this; the newest first
    private @Nullable Thread worker; // guarded by this

    /// A function to be compiled, or one whose callees are.
    private record Job(WeakReference<ClassFiles> files, int function, boolean callees) {}

    /// In the background, where the machine has a processor that guests leave free.
    public Ahead() {
        this(java.lang.Runtime.getRuntime().availableProcessors() > 1 ? MAX_WAITING : 0);
    }

    private Ahead(int maxWaiting) {
        this.maxWaiting = maxWaiting;
    }

    /// A guest is about to call that function; returns at once.
    void called(ClassFiles files, int function) {
        if (maxWaiting > 0) {
            add(List.of(new Job(new WeakReference<>(files), function, true)));
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint only: nothing depends on it
    private synchronized void add(List<Job> jobs) {
        jobs.reversed().forEach(waiting::addFirst);
        while (waiting.size() > maxWaiting) {
            waiting.removeLast();
        }
        if (worker == null) {
            worker = Thread.ofPlatform()
                    .name("wattle-compile-ahead")
                    .daemon()
                    .priority(Thread.MIN_PRIORITY)
                    .start(this::run);
        } else {
            notifyAll();
        }
    }

    private void run() {
        try {
            for (Job job = next(); job != null; job = next()) {
                carryOut(job);
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

    /// @return null when nothing came for a while; this thread is not the worker any more then
    private synchronized @Nullable Job next() throws InterruptedException {
        if (waiting.isEmpty()) {
            TimeUnit.NANOSECONDS.timedWait(this, IDLE.toNanos());
        }
        Job job = waiting.pollFirst();
        if (job == null) {
            worker = null;
        }
        return job;
    }

    private void carryOut(Job job) {
        ClassFiles files = job.files().get();
        if (files == null) {
            return;
        }
        if (!job.callees()) {
            files.makeAhead(job.function());
            return;
        }
        List<Job> jobs = new ArrayList<>();
        for (int callee : files.callees(job.function())) {
            jobs.add(new Job(job.files(), callee, false));
        }
        add(jobs);
    }
}

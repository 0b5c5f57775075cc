package dev.wattle.provider.http.server;

import dev.wattle.provider.api.HttpCaller;
import dev.wattle.provider.api.HttpOutcome;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.provider.api.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The threads that call components: a bounded number, with a bounded queue.
final class Calls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final HttpCaller caller;
    private final ThreadPoolExecutor threads;

    Calls(HttpCaller caller, int running, int queued) {
        this.caller = caller;
        this.threads = new ThreadPoolExecutor(
                running,
                running,
                30,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(queued),
                Thread.ofPlatform().name("http-call-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Calls on a thread of its own, and hands the answer on there. Returns at once; never runs on the
    /// caller's thread.
    ///
    /// @param gone true when nobody waits for the answer any more: the call is left out
    void submit(Route route, HttpRequest request, BooleanSupplier gone, Consumer<HttpResponse> answer) {
        long end = System.nanoTime() + route.timeout().toNanos();
        try {
            threads.execute(() -> {
                if (!gone.getAsBoolean()) {
                    answer.accept(Reply.of(call(route, request, end)));
                }
            });
        } catch (RejectedExecutionException _) {
            answer.accept(Reply.of(new HttpOutcome.Overloaded("the server has as many calls waiting as it may")));
        }
    }

    private HttpOutcome call(Route route, HttpRequest request, long end) {
        Duration rest = Duration.ofNanos(end - System.nanoTime());
        if (!rest.isPositive()) {
            return new HttpOutcome.TimedOut("deadline exceeded waiting for a thread");
        }
        try {
            return caller.call(route.link(), request, rest);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.error("http.call.failed target={}", route.link().target(), e);
            return new HttpOutcome.Trapped("the host failed; its log says why");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}

package dev.wattle.chaos;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// Requests at a fixed rate, whatever becomes of those before: half of them conversions, half payments. One thread
/// sends them
/// all; it keeps every answer with the moments that belong to it.
final class SteadyLoad implements AutoCloseable {
    /// A request that takes longer hangs, as far as a client can tell: above every deadline that the system has.
    private static final Duration HANGING = Duration.ofSeconds(40);

    private final HttpClient client;
    private final ExecutorService threads;
    private final URI base;
    private final long intervalNanos;
    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread sender;

    /// One request and what became of it.
    ///
    /// @param beginNanos when it was sent
    /// @param endNanos when it was answered or failed
    /// @param status of HTTP, or 0 when there was no answer
    record Sample(long beginNanos, long endNanos, int status, String detail) {
        boolean succeeded() {
            return status == 200;
        }

        Duration duration() {
            return Duration.ofNanos(endNanos - beginNanos);
        }
    }

    private SteadyLoad(URI base, int perSecond) {
        this.base = base;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        this.sender = Thread.ofPlatform().name("steady-load").unstarted(this::send);
    }

    static SteadyLoad start(URI base, int perSecond) {
        var load = new SteadyLoad(base, perSecond);
        load.sender.start();
        return load;
    }

    private void send() {
        long next = System.nanoTime();
        for (int number = 0; running.get(); number++) {
            HttpRequest request = number % 2 == 0 ? conversion() : payment();
            threads.execute(() -> exchange(request));
            next += intervalNanos;
            while (running.get() && next - System.nanoTime() > 0) {
                LockSupport.parkNanos(next - System.nanoTime());
            }
        }
    }

    private HttpRequest conversion() {
        return HttpRequest.newBuilder(base.resolve("/convert?amount=100&from=USD&to=EUR"))
                .timeout(HANGING)
                .build();
    }

    private HttpRequest payment() {
        String body = "{\"user\":\"ada\",\"amount\":25,\"from\":\"EUR\",\"to\":\"USD\"}";
        return HttpRequest.newBuilder(base.resolve("/payments"))
                .timeout(HANGING)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private void exchange(HttpRequest request) {
        long begin = System.nanoTime();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            samples.add(new Sample(begin, System.nanoTime(), response.statusCode(), response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.io.IOException e) {
            samples.add(new Sample(begin, System.nanoTime(), 0, e.toString()));
        }
    }

    /// What has been answered so far.
    List<Sample> samples() {
        return new ArrayList<>(samples);
    }

    /// Stops sending and waits until every request has ended.
    List<Sample> stop() throws InterruptedException {
        running.set(false);
        sender.join();
        threads.shutdown();
        if (!threads.awaitTermination(HANGING.plusSeconds(5).toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("requests hang beyond their client's timeout");
        }
        return samples();
    }

    @Override
    public void close() {
        running.set(false);
        threads.shutdownNow();
        client.close();
    }
}

package dev.wattle.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Requests at a fixed rate, whatever becomes of those before: conversions, and payments among them. One thread
/// sends them all; it keeps every answer with the moments that belong to it.
final class SteadyLoad implements AutoCloseable {
    /// A request that takes longer hangs, as far as a client can tell: above every deadline that the system
    /// has.
    private static final Duration HANGING = Duration.ofSeconds(40);

    private final HttpClient client;
    private final ExecutorService threads;
    private final URI base;
    private final long intervalNanos;
    private final int paymentEvery;
    private final AtomicInteger sent = new AtomicInteger();
    private final ConcurrentSkipListSet<Long> underWay = new ConcurrentSkipListSet<>();
    private final ConcurrentLinkedQueue<Sample> samples = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean running = new AtomicBoolean(true);
    private final Thread sender;

    /// What is asked for.
    enum Kind {
        CONVERSION,
        PAYMENT
    }

    /// One request and what became of it.
    ///
    /// @param beginNanos when it was sent
    /// @param endNanos when it was answered or failed
    /// @param status of HTTP, or 0 when there was no answer
    record Sample(Kind kind, long beginNanos, long endNanos, int status, String detail) {
        boolean succeeded() {
            return status == 200;
        }

        Duration duration() {
            return Duration.ofNanos(endNanos - beginNanos);
        }
    }

    private SteadyLoad(URI base, int perSecond, int paymentEvery) {
        this.base = base;
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
        this.paymentEvery = paymentEvery;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build();
        this.sender = Thread.ofPlatform().name("steady-load").unstarted(this::send);
    }

    /// @param paymentEvery every so many requests one is a payment; the others are conversions
    static SteadyLoad start(URI base, int perSecond, int paymentEvery) {
        var load = new SteadyLoad(base, perSecond, paymentEvery);
        load.sender.start();
        return load;
    }

    private void send() {
        long next = System.nanoTime();
        for (int number = 0; running.get(); number++) {
            Kind kind = number % paymentEvery == 0 ? Kind.PAYMENT : Kind.CONVERSION;
            sent.incrementAndGet();
            threads.execute(() -> exchange(kind));
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

    private void exchange(Kind kind) {
        HttpRequest request = switch (kind) {
            case CONVERSION -> conversion();
            case PAYMENT -> payment();
        };
        long begin = System.nanoTime();
        while (!underWay.add(begin)) {
            begin++;
        }
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            samples.add(new Sample(kind, begin, System.nanoTime(), response.statusCode(), response.body()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            samples.add(new Sample(kind, begin, System.nanoTime(), 0, e.toString()));
        } finally {
            underWay.remove(begin);
        }
    }

    /// How many were sent so far.
    int sent() {
        return sent.get();
    }

    /// Has every request ended that began before a moment?
    boolean allEndedBegunBefore(long nanos) {
        return underWay.isEmpty() || underWay.stream().allMatch(begin -> begin - nanos > 0);
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

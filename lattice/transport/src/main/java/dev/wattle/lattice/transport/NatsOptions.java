package dev.wattle.lattice.transport;

import io.nats.client.Options;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// Our settings as the client library's options.
final class NatsOptions {
    /// Small messages that may wait to be written; the byte limits are the ones that are meant to bind.
    private static final int MAX_UNSENT_MESSAGES = 1 << 16;

    /// How long a publisher is held up when those are too many, before it gets an error. The library waits as
    /// long for the lock of its queue, which a publisher keeps while the system does not run it: on a busy
    /// machine that takes more than 100 ms, and what everyone else wanted to send was lost.
    private static final Duration PUSH_TIMEOUT = Duration.ofSeconds(2);

    /// Dead peers are found in seconds, not in minutes.
    private static final Duration PING_INTERVAL = Duration.ofSeconds(2);

    private NatsOptions() {}

    static Options of(NatsSettings settings, NatsThreads threads, NatsListener listener) {
        Options.Builder builder = new Options.Builder()
                .servers(settings.servers().stream()
                        .flatMap(server -> addresses(server).stream())
                        .toArray(String[]::new))
                .noRandomize()
                .connectionName(settings.connectionName())
                .connectionTimeout(settings.connectTimeout())
                .maxReconnects(-1)
                .reconnectDelayHandler(tries -> reconnectDelay(settings, tries))
                .reconnectBufferSize(settings.reconnectBufferBytes())
                .maxMessagesInOutgoingQueue(MAX_UNSENT_MESSAGES)
                .writeQueuePushTimeout(PUSH_TIMEOUT)
                .pingInterval(PING_INTERVAL)
                .reportNoResponders()
                .clientSideLimitChecks(false)
                .connectionListener(listener)
                .errorListener(listener)
                .executor(threads.callbacks())
                .scheduledExecutor(threads.timer())
                .connectThreadFactory(NatsThreads.named("wattle-nats-connect"))
                .callbackThreadFactory(NatsThreads.named("wattle-nats-event"))
                .readerThreadFactory(NatsThreads.named("wattle-nats-reader"))
                .writerThreadFactory(NatsThreads.named("wattle-nats-writer"));
        settings.credentials().ifPresent(who -> builder.userInfo(who.user(), who.password()));
        return builder.build();
    }

    /// A server's addresses as text. `localhost` is both loopback addresses, whatever the hosts file says: a
    /// server may listen on either.
    static List<String> addresses(URI server) {
        int port = server.getPort() < 0 ? NatsSettings.DEFAULT_PORT : server.getPort();
        Stream<String> hosts = "localhost".equalsIgnoreCase(server.getHost()) && "nats".equals(server.getScheme())
                ? Stream.of("127.0.0.1", "[::1]")
                : Stream.of(server.getHost());
        return hosts.map(host -> server.getScheme() + "://" + host + ":" + port).toList();
    }

    /// Doubles from the shortest to the longest wait, and takes a random part of that.
    private static Duration reconnectDelay(NatsSettings settings, long tries) {
        long min = settings.reconnectMin().toNanos();
        long ceiling = Math.min(settings.reconnectMax().toNanos(), min << Math.clamp(tries, 0, 16));
        return Duration.ofNanos(ThreadLocalRandom.current().nextLong(min, Math.max(min, ceiling) + 1));
    }
}

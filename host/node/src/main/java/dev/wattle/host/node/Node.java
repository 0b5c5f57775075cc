package dev.wattle.host.node;

import dev.wattle.host.engine.Engines;
import dev.wattle.host.runtime.HostRuntime;
import dev.wattle.host.runtime.RuntimeMetrics;
import dev.wattle.host.runtime.RuntimeSettings;
import dev.wattle.lattice.agent.AgentEvent;
import dev.wattle.lattice.agent.AgentSettings;
import dev.wattle.lattice.agent.Bucket;
import dev.wattle.lattice.agent.HostAgent;
import dev.wattle.lattice.protocol.ControlSubjects;
import dev.wattle.lattice.protocol.HostKey;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.transport.KeyValueStore;
import dev.wattle.lattice.transport.NatsCredentials;
import dev.wattle.lattice.transport.NatsSettings;
import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.wrpc.WrpcClient;
import dev.wattle.lattice.transport.wrpc.WrpcServer;
import dev.wattle.provider.sdk.BuiltinProviders;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One host of a lattice: wires the agent, the runtime, the providers and the connections together, and owns
/// them all. Safe for any thread.
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("wattle.host");

    private final String hostId;
    private final AdminServer admin;
    private final AgentThread agent;
    private final Deque<AutoCloseable> owned;
    private final CountDownLatch exited;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Node(
            String hostId, AdminServer admin, AgentThread agent, Deque<AutoCloseable> owned, CountDownLatch exited) {
        this.hostId = hostId;
        this.admin = admin;
        this.agent = agent;
        this.owned = owned;
        this.exited = exited;
    }

    /// Starts a host and joins the lattice; returns when it listens.
    ///
    /// @throws dev.wattle.lattice.transport.TransportException when the lattice cannot be reached
    /// @throws IllegalArgumentException when a setting is wrong
    public static Node start(NodeSettings settings) {
        var owned = new ArrayDeque<AutoCloseable>();
        try {
            return new Builder(settings, owned).start();
        } catch (RuntimeException e) {
            closeAll(owned);
            throw e;
        }
    }

    /// Its id in the lattice.
    public String hostId() {
        return hostId;
    }

    /// `host:port` of its metrics and health, on loopback.
    public String adminAddress() {
        return admin.address();
    }

    /// Waits until the host was stopped, by [#stop] or over the lattice.
    public void awaitStopped() throws InterruptedException {
        exited.await();
    }

    /// Lets what is in flight end, for that long at most, and leaves the lattice.
    public void stop(Duration drain) {
        agent.tell(new AgentEvent.StopRequested(OptionalLong.of(drain.toMillis())));
        try {
            // The agent's own bound is the drain; a second more for the last messages.
            if (!exited.await(drain.toMillis() + TimeUnit.SECONDS.toMillis(1), TimeUnit.MILLISECONDS)) {
                LOG.warn("host.stop.cut id={}", hostId);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    /// Gives everything back at once, without draining. Idempotent.
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            closeAll(owned);
            exited.countDown();
        }
    }

    private static void closeAll(Deque<AutoCloseable> owned) {
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                LOG.warn("host.close.failed", e);
            }
        }
    }

    /// The parts of a host while they are put together, each in the care of `owned` from its first moment.
    private static final class Builder {
        private final NodeSettings settings;
        private final Deque<AutoCloseable> owned;
        private final LatticeName lattice;
        private final HostKey key;
        private final RuntimeMetrics metrics = new RuntimeMetrics();
        private final CountDownLatch exited = new CountDownLatch(1);

        Builder(NodeSettings settings, Deque<AutoCloseable> owned) {
            this.settings = settings;
            this.owned = owned;
            this.lattice = new LatticeName(settings.lattice());
            var random = new SecureRandom();
            this.key = settings.hostSeed().map(HostKey::fromSeed).orElseGet(() -> HostKey.generate(random::nextBytes));
        }

        Node start() {
            long begin = System.nanoTime();
            NatsTransport control = own(connect());
            NatsTransport calls = own(connect());
            metrics.registerJvm();
            WrpcClient client = own(WrpcClient.open(calls));
            WrpcServer server = own(WrpcServer.open(calls));
            HostRuntime runtime = own(HostRuntime.start(
                    RuntimeSettings.DEFAULTS, Engines.create(), new WrpcLinks(lattice, client), metrics));
            AdminServer admin = own(AdminServer.start(settings.adminPort(), metrics::scrape, control::connected));

            BuiltinProviders builtins = BuiltinProviders.discover();
            var workloads = new Workloads(
                    new ImageLoader(settings.allowFiles()), runtime, new WrpcExports(lattice, server, runtime));
            var defaults = new TreeMap<String, String>();
            defaults.put("default_address", settings.httpDefaultAddress());
            var providers = new Providers(builtins, runtime, defaults);
            AgentThread agent = agent(builtins, control, runtime, workloads, providers);

            listen(control, agent);
            agent.tell(new AgentEvent.Started());
            control.flush(Duration.ofSeconds(5));
            LOG.info(
                    "host.started id={} lattice={} nats={} admin={} ms={}",
                    key.id(),
                    lattice,
                    settings.natsUrl(),
                    admin.address(),
                    Duration.ofNanos(System.nanoTime() - begin).toMillis());
            return new Node(key.id().value(), admin, agent, owned, exited);
        }

        private <T extends AutoCloseable> T own(T part) {
            owned.push(part);
            return part;
        }

        private NatsTransport connect() {
            NatsSettings nats = NatsSettings.at(URI.create(settings.natsUrl()));
            if (settings.credentialsFile().isPresent()) {
                nats = nats.withCredentials(
                        NatsCredentials.read(settings.credentialsFile().get()));
            }
            return NatsTransport.connect(nats);
        }

        private AgentThread agent(
                BuiltinProviders builtins,
                Transport control,
                HostRuntime runtime,
                Workloads workloads,
                Providers providers) {
            var random = new SecureRandom();
            var agent = new HostAgent(new AgentSettings(
                    key.id(),
                    lattice,
                    settings.friendlyName().orElseGet(() -> FriendlyName.invent(random)),
                    labels(),
                    version(),
                    System.currentTimeMillis(),
                    AgentThread.nowMillis(),
                    builtins.names(),
                    Optional.of(settings.natsUrl()),
                    Optional.of(settings.natsUrl()),
                    AgentSettings.BEAT_EVERY,
                    AgentSettings.HEARTBEAT_EVERY,
                    AgentSettings.STOP_GRACE));
            var self = new AgentThread[1];
            Effects effects = own(new Effects(
                    key.id(),
                    lattice,
                    control,
                    runtime,
                    workloads,
                    providers,
                    event -> self[0].tell(event),
                    () -> leave(control)));
            self[0] = own(new AgentThread(
                    agent, settings.friendlyName().orElse(key.id().value()), effects::apply));
            self[0].start();
            return self[0];
        }

        private void leave(Transport control) {
            try {
                control.flush(Duration.ofSeconds(1));
            } catch (RuntimeException e) {
                LOG.warn("host.flush.failed reason={}", e.getMessage());
            }
            LOG.info("host.stopped id={}", key.id());
            exited.countDown();
        }

        private SortedMap<String, String> labels() {
            var labels = new TreeMap<String, String>();
            labels.put("hostcore.arch", architecture());
            labels.put("hostcore.os", operatingSystem());
            labels.put("hostcore.osfamily", operatingSystem().equals("windows") ? "windows" : "unix");
            // What the host itself knows is not for others to say.
            settings.labels().forEach(labels::putIfAbsent);
            return labels;
        }

        private static String architecture() {
            String name = System.getProperty("os.arch", "unknown");
            return switch (name) {
                case "amd64" -> "x86_64";
                case "arm64" -> "aarch64";
                default -> name;
            };
        }

        private static String operatingSystem() {
            String name = System.getProperty("os.name", "unknown").toLowerCase(java.util.Locale.ROOT);
            if (name.startsWith("mac")) {
                return "macos";
            }
            return name.startsWith("windows") ? "windows" : name;
        }

        private static String version() {
            String version = Node.class.getPackage().getImplementationVersion();
            return version == null ? "0.1.0" : version.replace("-SNAPSHOT", "");
        }

        private void listen(Transport control, AgentThread agent) {
            var stores = new Stores(lattice, control);
            for (Bucket bucket : Bucket.values()) {
                own(stores.store(bucket).watch(new BucketWatcher(bucket, agent)));
            }
            for (ControlSubjects.Listen listen : ControlSubjects.of(lattice).listens(key.id())) {
                own(control.subscribe(
                        listen.subject(),
                        listen.queueGroup(),
                        message -> agent.tell(new AgentEvent.ControlMessage(
                                message.subject(), message.replyTo(), message.headers(), message.payload()))));
            }
            var first = new AtomicBoolean(true);
            control.onConnection(connected -> {
                if (!first.getAndSet(false)) {
                    agent.tell(connected ? new AgentEvent.ConnectionRestored() : new AgentEvent.ConnectionLost());
                }
            });
        }
    }

    /// Tells the agent what a store has.
    private record BucketWatcher(Bucket bucket, AgentThread agent) implements KeyValueStore.Watcher {
        @Override
        public void onPut(KeyValueStore.Entry entry) {
            agent.tell(new AgentEvent.EntryPut(bucket, entry.key(), entry.value(), entry.revision()));
        }

        @Override
        public void onDelete(String key, long revision) {
            agent.tell(new AgentEvent.EntryDeleted(bucket, key, revision));
        }

        @Override
        public void onCaughtUp() {
            agent.tell(new AgentEvent.CaughtUp(bucket));
        }
    }
}

package dev.wattle.benchmarks;

import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.ControlJson;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.ControlSubjects;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.LinkName;
import dev.wattle.lattice.protocol.ScaleComponentCommand;
import dev.wattle.lattice.protocol.StartProviderCommand;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.server.NatsServer;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Host processes that share a lattice, told what to run over the control interface, without a control plane.
final class BenchLattice implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /// As in the demo's manifest; more than the load has connections.
    private static final int INSTANCES = 100;

    private final Benchmark.Context context;
    private final NatsServer nats;
    private final LatticeName name;
    private final Transport control;
    private final List<Child> hosts = new ArrayList<>();

    BenchLattice(Benchmark.Context context, NatsServer nats, String name) {
        this.context = context;
        this.nats = nats;
        this.name = new LatticeName(name);
        this.control = NatsTransport.connect(nats.connection());
    }

    /// Starts a host process.
    ///
    /// @param httpAddress where its HTTP server listens, if it gets one
    Child host(String httpAddress) throws Exception {
        Child host = Child.start(
                context.home(),
                context.scratch().resolve(name + "-" + hosts.size() + ".log"),
                HostChild.class,
                name.value(),
                nats.url().toString(),
                nats.credentialsFile().toString(),
                httpAddress,
                context.prebuilt().toString());
        hosts.add(host);
        return host;
    }

    List<Child> hosts() {
        return List.copyOf(hosts);
    }

    LatticeName name() {
        return name;
    }

    void config(String config, Map<String, String> values) throws InterruptedException {
        ask(new ControlOperation.PutConfig(new ConfigName(config)), ControlJson.writeTexts(new TreeMap<>(values)));
    }

    void run(Child host, String guest, String... configs) throws InterruptedException {
        var command = new ScaleComponentCommand(
                new WorkloadId(guest),
                context.prebuilt(guest).toUri().toString().replaceFirst("^file:/+", "file:///"),
                new TreeMap<>(),
                INSTANCES,
                Optional.empty(),
                Optional.of(id(host)),
                List.of(configs).stream().map(ConfigName::new).toList(),
                false);
        ask(new ControlOperation.ScaleComponent(id(host)), command.toJson());
    }

    void runHttpServer(Child host) throws InterruptedException {
        var command = new StartProviderCommand(
                new WorkloadId("http-server"),
                "wasmcloud+builtin://http-server",
                Optional.of(id(host)),
                List.of(),
                new TreeMap<>());
        ask(new ControlOperation.StartProvider(id(host)), command.toJson());
    }

    void link(String source, String target, String namespace, String packageName, String interfaceName)
            throws InterruptedException {
        var link = new Link(
                new WorkloadId(source),
                new WorkloadId(target),
                new LinkName("default"),
                namespace,
                packageName,
                List.of(interfaceName),
                List.of(),
                List.of());
        ask(new ControlOperation.PutLink(), link.toJson());
    }

    private static HostId id(Child host) {
        return new HostId(host.told(0));
    }

    private void ask(ControlOperation operation, ByteString payload) throws InterruptedException {
        var replies = new ArrayBlockingQueue<Transport.Reply>(1);
        control.request(
                Message.of(ControlSubjects.of(name).of(operation), payload), ANSWER, reply -> replies.add(reply));
        Transport.Reply reply = replies.poll(2 * ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        if (!(reply instanceof Transport.Reply.Answer(Message message))) {
            throw new IllegalStateException(operation + " got " + reply);
        }
        ControlResponse response = ControlResponse.fromJson(message.payload());
        if (!response.success()) {
            throw new IllegalStateException(operation + " was refused: " + response.message());
        }
    }

    @Override
    public void close() {
        hosts.reversed().forEach(Child::close);
        control.close();
    }
}

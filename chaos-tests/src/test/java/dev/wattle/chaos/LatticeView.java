package dev.wattle.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppStatus;
import dev.wattle.control.server.client.WadmClient;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.ControlSubjects;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.HostSummary;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.NatsCredentials;
import dev.wattle.lattice.transport.NatsSettings;
import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.Transport.Reply;
import dev.wattle.wit.ByteString;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A lattice as a client with a connection of its own sees it.
final class LatticeView implements AutoCloseable {
    private static final LatticeName LATTICE = new LatticeName("default");
    private static final AppName APPLICATION = new AppName("payments");
    private static final ControlSubjects SUBJECTS = ControlSubjects.of(LATTICE);
    private static final Duration ANSWER = Duration.ofSeconds(5);

    /// Silence that long after an answer of a host means that no other host answers.
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration ASK_GAP = Duration.ofMillis(2);

    private final NatsTransport transport;
    private final SortedMap<String, HostId> hosts = new TreeMap<>();

    /// What hosts run, without what grows by itself.
    record Running(String host, List<String> workloads) {}

    private LatticeView(NatsTransport transport) {
        this.transport = transport;
    }

    /// Connects, and notes who is there.
    static LatticeView of(LatticeUnderTest lattice) throws InterruptedException {
        NatsTransport transport =
                NatsTransport.connect(NatsSettings.at(URI.create("nats://127.0.0.1:" + lattice.natsPort()))
                        .withCredentials(NatsCredentials.read(lattice.home().resolve(".wattle/nats/credentials.json")))
                        .withConnectionName("wattle-chaos"));
        var view = new LatticeView(transport);
        view.hosts.putAll(view.answering());
        return view;
    }

    /// Friendly names and ids of the hosts that answer a ping to all.
    SortedMap<String, HostId> answering() throws InterruptedException {
        BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
        String inbox = transport.newInbox();
        SortedMap<String, HostId> found = new TreeMap<>();
        try (var _ = transport.subscribe(inbox, Optional.empty(), answers::add)) {
            transport.flush(ANSWER);
            transport.publish(Message.of(SUBJECTS.of(new ControlOperation.Ping()), ByteString.EMPTY)
                    .replyingTo(inbox));
            @Nullable Message answer = answers.poll(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            while (answer != null) {
                HostSummary host = HostSummary.fromJson(
                        ControlResponse.fromJson(answer.payload()).requireResponse());
                found.put(host.friendlyName(), host.id());
                answer = answers.poll(QUIET.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
        return found;
    }

    /// A host that was there at the beginning.
    HostId id(String host) {
        @Nullable HostId id = hosts.get(host);
        assertThat(id).as("the id of %s", host).isNotNull();
        return java.util.Objects.requireNonNull(id);
    }

    /// A host has ended, or another took its name.
    void forget(String host) {
        hosts.remove(host);
    }

    /// Notes a host that came later.
    void learn() throws InterruptedException {
        hosts.clear();
        hosts.putAll(answering());
    }

    private Reply ask(HostId host) throws InterruptedException {
        BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
        transport.request(question(host), ANSWER, replies::add);
        @Nullable Reply reply = replies.poll(ANSWER.toMillis() * 2, TimeUnit.MILLISECONDS);
        return reply == null ? new Reply.TimedOut() : reply;
    }

    private static Message question(HostId host) {
        return Message.of(SUBJECTS.of(new ControlOperation.Inventory(host)), ByteString.EMPTY);
    }

    /// What every host that is known says that it runs; fails when one does not answer.
    List<HostInventory> inventories() throws InterruptedException {
        List<HostInventory> inventories = new ArrayList<>();
        for (HostId host : hosts.values()) {
            Reply reply = ask(host);
            assertThat(reply).as("the inventory of %s", host).isInstanceOf(Reply.Answer.class);
            inventories.add(HostInventory.fromJson(
                    ControlResponse.fromJson(((Reply.Answer) reply).message().payload())
                            .requireResponse()));
        }
        return inventories;
    }

    /// The same, comparable.
    List<Running> running() throws InterruptedException {
        List<Running> all = new ArrayList<>();
        for (HostInventory inventory : inventories()) {
            List<String> workloads = new ArrayList<>();
            inventory.components().forEach(each -> workloads.add(each.id() + " x" + each.maxInstances()));
            inventory.providers().forEach(each -> workloads.add(each.id().value()));
            workloads.sort(null);
            all.add(new Running(inventory.friendlyName(), workloads));
        }
        return all;
    }

    /// How many calls of a component may run at once on all hosts that are known.
    int replicas(String component) throws InterruptedException {
        return inventories().stream()
                .flatMap(inventory -> inventory.components().stream())
                .filter(each -> each.id().value().equals(APPLICATION + "-" + component))
                .mapToInt(HostInventory.ComponentDescription::maxInstances)
                .sum();
    }

    /// The names of the hosts that run a component.
    List<String> hostsOf(String component) throws InterruptedException {
        return inventories().stream()
                .filter(inventory -> inventory.components().stream()
                        .anyMatch(each -> each.id().value().equals(APPLICATION + "-" + component)))
                .map(HostInventory::friendlyName)
                .toList();
    }

    /// Waits until the NATS server has let go of a host that was killed: from then on no call can reach its
    /// socket.
    ///
    /// @return when the server was first seen to say so
    long awaitDropped(HostId host) {
        var dropped = new AtomicLong();
        long end = System.nanoTime() + LatticeUnderTest.PATIENCE.toNanos();
        while (dropped.get() == 0 && System.nanoTime() - end < 0) {
            transport.request(question(host), ANSWER, reply -> {
                if (reply instanceof Reply.NoResponders) {
                    dropped.compareAndSet(0, System.nanoTime());
                }
            });
            LockSupport.parkNanos(ASK_GAP.toNanos());
        }
        assertThat(dropped.get()).as("when the NATS server let %s go", host).isNotZero();
        return dropped.get();
    }

    /// What the control plane says about the application.
    AppStatus.Type status() {
        return new WadmClient(transport, LATTICE, ANSWER)
                .status(APPLICATION)
                .status()
                .map(AppStatus::type)
                .orElse(AppStatus.Type.FAILED);
    }

    @Override
    public void close() {
        transport.close();
    }
}

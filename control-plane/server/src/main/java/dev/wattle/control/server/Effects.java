package dev.wattle.control.server;

import dev.wattle.control.loop.ControlEffect;
import dev.wattle.control.loop.ControlEvent;
import dev.wattle.control.loop.ControlEvent.Answer;
import dev.wattle.control.model.AppName;
import dev.wattle.control.model.Step;
import dev.wattle.control.model.WadmAnswer;
import dev.wattle.lattice.protocol.ControlJson;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.ControlSubjects;
import dev.wattle.lattice.protocol.DeleteLinkCommand;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.protocol.ProtocolException;
import dev.wattle.lattice.protocol.ScaleComponentCommand;
import dev.wattle.lattice.protocol.StartProviderCommand;
import dev.wattle.lattice.protocol.StopProviderCommand;
import dev.wattle.lattice.protocol.WrpcHeaders;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.Transport.Reply;
import dev.wattle.lattice.transport.TransportException;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does what the loop says. Called on the loop's thread: messages go out at once, what blocks gets a virtual
/// thread, and what comes of either is an event.
final class Effects {
    private static final Logger LOG = LoggerFactory.getLogger(Effects.class);

    private final LatticeName lattice;
    private final Transport transport;
    private final ControlSubjects subjects;
    private final AppStore store;
    private final StatusBoard statuses;
    private final Consumer<ControlEvent> events;
    private final Supplier<String> inbox;
    private final ExecutorService blocking;

    Effects(
            LatticeName lattice,
            Transport transport,
            AppStore store,
            StatusBoard statuses,
            Consumer<ControlEvent> events,
            Supplier<String> inbox) {
        this.lattice = lattice;
        this.transport = transport;
        this.subjects = ControlSubjects.of(lattice);
        this.store = store;
        this.statuses = statuses;
        this.events = events;
        this.inbox = inbox;
        this.blocking = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("control-store-", 0).factory());
    }

    void apply(ControlEffect effect) {
        switch (effect) {
            case ControlEffect.FindHosts _ ->
                publish(Message.of(subjects.of(new ControlOperation.Ping()), ByteString.EMPTY)
                        .replyingTo(inbox.get()));
            case ControlEffect.AskHost(HostId host, long timeout) -> ask(host, timeout);
            case ControlEffect.Execute execute -> execute(execute);
            case ControlEffect.WriteLease write -> blocking("lease.write", () -> write(write));
            case ControlEffect.StatusChanged changed -> {
                statuses.put(changed.app(), changed.status(), changed.revision());
                if (changed.publish()) {
                    publish(Message.of(
                            "wadm.status." + lattice + "." + changed.app(), WadmAnswer.statusJson(changed.status())));
                }
            }
            case ControlEffect.StatusGone(AppName app) -> statuses.remove(app);
            case ControlEffect.ForgetLeftovers(AppName app, long revision) ->
                blocking("app.forget", () -> forget(app, revision));
            case ControlEffect.Note(boolean degraded, String event, String details) -> {
                if (degraded) {
                    LOG.warn("{} lattice={} {}", event, lattice, details);
                } else {
                    LOG.info("{} lattice={} {}", event, lattice, details);
                }
            }
        }
    }

    private void publish(Message message) {
        try {
            transport.publish(message);
        } catch (TransportException failure) {
            LOG.warn("publish.failed subject={} code={}", message.subject(), failure.code());
        }
    }

    private void blocking(String what, Runnable task) {
        blocking.execute(() -> {
            try {
                task.run();
            } catch (TransportException failure) {
                LOG.warn(
                        "{}.failed lattice={} code={} reason=\"{}\"",
                        what,
                        lattice,
                        failure.code(),
                        failure.getMessage());
            }
        });
    }

    private void write(ControlEffect.WriteLease write) {
        var bucket = transport.keyValue(Listening.leaseBucket(lattice));
        var value = write.record().toJson();
        Optional<Long> revision = write.expected().isPresent()
                ? bucket.update(Listening.LEASE_KEY, value, write.expected().getAsLong())
                : bucket.create(Listening.LEASE_KEY, value);
        events.accept(new ControlEvent.LeaseWritten(write.attempt(), revision));
    }

    private void forget(AppName app, long revision) {
        store.change(
                app,
                found -> new AppStore.Change<>(
                        found.filter(stored -> stored.revision() == revision)
                                .map(stored -> stored.record().withoutLeftovers()),
                        revision));
    }

    private void ask(HostId host, long timeoutMillis) {
        var question = Message.of(subjects.of(new ControlOperation.Inventory(host)), ByteString.EMPTY);
        request(
                question,
                timeoutMillis,
                reply -> events.accept(
                        switch (reply) {
                            case Reply.Answer(Message answer) -> inventory(host, answer);
                            case Reply.NoResponders _ -> new ControlEvent.HostUnreachable(host);
                            case Reply.TimedOut _, Reply.Disconnected _ -> new ControlEvent.HostSilent(host);
                        }));
    }

    private static ControlEvent inventory(HostId host, Message answer) {
        try {
            var inventory = HostInventory.fromJson(
                    ControlResponse.fromJson(answer.payload()).requireResponse());
            return inventory.hostId().equals(host)
                    ? new ControlEvent.InventoryReceived(inventory)
                    : new ControlEvent.HostSilent(host);
        } catch (ProtocolException unreadable) {
            LOG.warn("inventory.unreadable host={} reason=\"{}\"", host, unreadable.getMessage());
            return new ControlEvent.HostSilent(host);
        }
    }

    private void execute(ControlEffect.Execute execute) {
        Step step = execute.step();
        LOG.info(
                "step.started lattice={} app={} workload={} step={} host={} reason=\"{}\"",
                lattice,
                step.app(),
                step.workload(),
                step.getClass().getSimpleName(),
                step.findHost().map(HostId::value).orElse("-"),
                step.reason());
        Message command = command(step).withHeader(WrpcHeaders.EPOCH, Long.toString(execute.epoch()));
        request(
                command,
                execute.timeoutMillis(),
                reply -> events.accept(new ControlEvent.StepAnswered(execute.id(), answer(reply))));
    }

    private static Answer answer(Reply reply) {
        return switch (reply) {
            case Reply.Answer(Message message) -> {
                try {
                    var response = ControlResponse.fromJson(message.payload());
                    yield response.success() ? new Answer.Accepted() : new Answer.Refused(response.message());
                } catch (ProtocolException unreadable) {
                    yield new Answer.Refused("an answer that cannot be read: " + unreadable.getMessage());
                }
            }
            case Reply.NoResponders _ -> new Answer.Nobody();
            case Reply.TimedOut _, Reply.Disconnected _ -> new Answer.Unknown();
        };
    }

    private void request(Message message, long timeoutMillis, Transport.ReplyHandler handler) {
        try {
            transport.request(message, Duration.ofMillis(timeoutMillis), handler);
        } catch (TransportException failure) {
            handler.onReply(new Reply.Disconnected(false));
        }
    }

    private Message command(Step step) {
        return switch (step) {
            case Step.PutConfig put ->
                message(new ControlOperation.PutConfig(put.name()), ControlJson.writeTexts(put.values()));
            case Step.DeleteConfig delete ->
                message(new ControlOperation.DeleteConfig(delete.name()), ByteString.EMPTY);
            case Step.PutLink put ->
                message(new ControlOperation.PutLink(), put.link().toJson());
            case Step.DeleteLink delete ->
                message(
                        new ControlOperation.DeleteLink(),
                        new DeleteLinkCommand(
                                        delete.key().source(),
                                        delete.key().name(),
                                        delete.key().witNamespace(),
                                        delete.key().witPackage())
                                .toJson());
            case Step.StartProvider start ->
                message(
                        new ControlOperation.StartProvider(start.host()),
                        new StartProviderCommand(
                                        start.id(),
                                        start.image(),
                                        Optional.of(start.host()),
                                        start.config(),
                                        start.annotations())
                                .toJson());
            case Step.StopProvider stop ->
                message(
                        new ControlOperation.StopProvider(stop.host()),
                        new StopProviderCommand(stop.id(), Optional.of(stop.host())).toJson());
            case Step.ScaleComponent scale ->
                message(
                        new ControlOperation.ScaleComponent(scale.host()),
                        scaleCommand(scale).toJson());
            case Step.Wait wait -> throw new IllegalArgumentException("nothing to do: " + wait);
        };
    }

    private static ScaleComponentCommand scaleCommand(Step.ScaleComponent scale) {
        return new ScaleComponentCommand(
                scale.id(),
                scale.image(),
                scale.annotations(),
                scale.count(),
                Optional.empty(),
                Optional.of(scale.host()),
                scale.config(),
                true);
    }

    private Message message(ControlOperation operation, ByteString payload) {
        return Message.of(subjects.of(operation), payload);
    }

    /// Waits for what is being written.
    void close(Duration timeout) throws InterruptedException {
        blocking.shutdown();
        if (!blocking.awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            blocking.shutdownNow();
        }
    }
}

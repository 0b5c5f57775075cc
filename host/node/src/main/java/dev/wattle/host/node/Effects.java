package dev.wattle.host.node;

import dev.wattle.host.runtime.HostRuntime;
import dev.wattle.host.runtime.RouteKey;
import dev.wattle.host.runtime.RoutingTable;
import dev.wattle.lattice.agent.AgentEffect;
import dev.wattle.lattice.agent.AgentEvent;
import dev.wattle.lattice.agent.ConfigValues;
import dev.wattle.lattice.agent.Routes;
import dev.wattle.lattice.protocol.CloudEvent;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.LatticeEvent;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.protocol.LatticeSubjects;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.provider.api.ProviderLink;
import dev.wattle.provider.sdk.HostedProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Applies what the agent decided. Runs on the agent's thread and never blocks it: components are deployed by
/// one thread of their own, in order; stores are asked on virtual threads; every end comes back as an event.
final class Effects implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("wattle.host");

    /// How long a stopped component may finish what it has begun, when the host itself goes on.
    private static final Duration STOP_DRAIN = Duration.ofSeconds(30);

    private final HostId host;
    private final LatticeName lattice;
    private final Transport transport;
    private final HostRuntime runtime;
    private final Workloads workloads;
    private final Providers providers;
    private final Stores stores;
    private final Consumer<AgentEvent> agent;
    private final Runnable exit;
    private final ExecutorService deployer;
    private final ExecutorService waiting;
    private final ConcurrentHashMap<WorkloadId, Long> stopping = new ConcurrentHashMap<>();

    /// @param agent gets the events that effects lead to
    /// @param exit called once, at the end
    Effects(
            HostId host,
            LatticeName lattice,
            Transport transport,
            HostRuntime runtime,
            Workloads workloads,
            Providers providers,
            Consumer<AgentEvent> agent,
            Runnable exit) {
        this.host = host;
        this.lattice = lattice;
        this.transport = transport;
        this.runtime = runtime;
        this.workloads = workloads;
        this.providers = providers;
        this.stores = new Stores(lattice, transport);
        this.agent = agent;
        this.exit = exit;
        this.deployer = Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("wattle-deployer-", 0).factory());
        this.waiting = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("wattle-effect-", 0).factory());
    }

    void apply(AgentEffect effect) {
        switch (effect) {
            case AgentEffect.Reply(String replyTo, var payload) -> transport.publish(Message.of(replyTo, payload));
            case AgentEffect.Publish(String subject, var payload) -> transport.publish(Message.of(subject, payload));
            case AgentEffect.PublishEvent(LatticeEvent event) -> publish(event);
            case AgentEffect.StartComponent start ->
                deploy(
                        start.operation(),
                        () -> workloads.run(
                                start.id(), start.imageRef(), start.maxInstances(), start.limits(), start.config()));
            case AgentEffect.UpdateComponent update ->
                deploy(
                        update.operation(),
                        () -> workloads.run(
                                update.id(),
                                update.imageRef(),
                                update.maxInstances(),
                                update.limits(),
                                update.config()));
            case AgentEffect.ScaleComponent scale ->
                deploy(scale.operation(), () -> {
                    workloads.scale(scale.id(), scale.maxInstances(), scale.limits(), scale.config());
                    return Optional.empty();
                });
            case AgentEffect.StopComponent(long operation, WorkloadId id) -> stopComponent(operation, id);
            case AgentEffect.StartProvider start ->
                providers.start(
                        start.id(), start.providerRef(), start.config(), new Watch(start.id(), start.operation()));
            case AgentEffect.StopProvider(long operation, WorkloadId id) -> stopProvider(operation, id);
            case AgentEffect.PutProviderLink put ->
                providers.putLink(put.provider(), put.link(), put.sourceConfig(), put.targetConfig());
            case AgentEffect.DeleteProviderLink delete -> providers.deleteLink(delete.provider(), delete.link());
            case AgentEffect.UseRoutes(Routes routes) -> runtime.routes(table(routes));
            case AgentEffect.ComponentConfig(WorkloadId id, ConfigValues config) -> workloads.configure(id, config);
            case AgentEffect.ProviderConfig(WorkloadId id, ConfigValues config) -> providers.configure(id, config);
            case AgentEffect.KvFind find -> store(find.operation(), () -> stores.find(find));
            case AgentEffect.KvCreate create -> store(create.operation(), () -> stores.create(create));
            case AgentEffect.KvUpdate update -> store(update.operation(), () -> stores.update(update));
            case AgentEffect.KvPut put -> store(put.operation(), () -> stores.put(put));
            case AgentEffect.KvDelete delete -> store(delete.operation(), () -> stores.delete(delete));
            case AgentEffect.SetTimer _ -> throw new IllegalStateException("timers belong to the agent's thread");
            case AgentEffect.StopHost(long deadlineMillis) -> deployer.execute(() -> drain(deadlineMillis));
            case AgentEffect.Exit _ -> exit.run();
            case AgentEffect.Log log -> log(log);
        }
    }

    private void publish(LatticeEvent event) {
        var cloudEvent = new CloudEvent(UUID.randomUUID().toString(), host, Instant.now(), event);
        transport.publish(Message.of(LatticeSubjects.event(lattice, event), cloudEvent.toJson()));
    }

    /// Something that ends with a reason why it failed, or with nothing.
    @FunctionalInterface
    private interface Deployment {
        Optional<String> run();
    }

    private void deploy(long operation, Deployment deployment) {
        deployer.execute(() -> {
            AgentEvent.Outcome outcome;
            try {
                outcome = deployment
                        .run()
                        .<AgentEvent.Outcome>map(AgentEvent.Outcome.Failed::new)
                        .orElseGet(AgentEvent.Outcome.Done::new);
            } catch (RuntimeException | Error e) {
                LOG.error("deployment.failed operation={}", operation, e);
                outcome = new AgentEvent.Outcome.Failed("the host failed: " + e);
            }
            ended(operation, outcome);
        });
    }

    private void stopComponent(long operation, WorkloadId id) {
        deployer.execute(() -> {
            HostRuntime.Drain drain = workloads.stop(id);
            waiting.execute(() -> {
                await(id, drain, STOP_DRAIN);
                ended(operation, new AgentEvent.Outcome.Done());
            });
        });
    }

    private static void await(WorkloadId id, HostRuntime.Drain drain, Duration bound) {
        try {
            if (!drain.await(bound)) {
                LOG.warn("component.drain.cut id={} ms={}", id, bound.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopProvider(long operation, WorkloadId id) {
        stopping.put(id, operation);
        if (!providers.stop(id)) {
            stopping.remove(id);
            ended(operation, new AgentEvent.Outcome.Failed("no provider " + id + " runs here"));
        }
    }

    private void store(long operation, Supplier<AgentEvent.Outcome> work) {
        waiting.execute(() -> {
            AgentEvent.Outcome outcome;
            try {
                outcome = work.get();
            } catch (RuntimeException e) {
                outcome = new AgentEvent.Outcome.Failed(String.valueOf(e.getMessage()));
            }
            ended(operation, outcome);
        });
    }

    private void ended(long operation, AgentEvent.Outcome outcome) {
        agent.accept(new AgentEvent.OperationEnded(operation, outcome));
    }

    /// Stops every workload: first nothing new, then what is in flight until the deadline, then the providers.
    private void drain(long deadlineMillis) {
        List<Runnable> drains = new ArrayList<>();
        providers.close();
        for (WorkloadId id : workloads.running()) {
            HostRuntime.Drain drain = workloads.stop(id);
            drains.add(() ->
                    await(id, drain, Duration.ofMillis(Math.max(0, deadlineMillis - AgentThread.nowMillis()))));
        }
        waiting.execute(() -> {
            drains.forEach(Runnable::run);
            agent.accept(new AgentEvent.Drained());
        });
    }

    private static RoutingTable table(Routes routes) {
        var table = new TreeMap<RouteKey, RoutingTable.Route>();
        routes.targets().forEach((key, target) -> {
            var route = new RoutingTable.Route(target.value(), key.link().value());
            var routeKey =
                    new RouteKey(key.source().value(), key.interfaceName().toString());
            // Guests that choose among named links come later; until then the default one counts, else the only one.
            if (key.link().value().equals("default") || !table.containsKey(routeKey)) {
                table.put(routeKey, route);
            }
        });
        return new RoutingTable(table);
    }

    private static void log(AgentEffect.Log log) {
        var text = new StringBuilder(log.event());
        log.fields()
                .forEach((name, value) ->
                        text.append(' ').append(name).append('=').append(value.replaceAll("\\p{Cntrl}", "?")));
        switch (log.level()) {
            case INFO -> LOG.info("{}", text);
            case WARNING -> LOG.warn("{}", text);
        }
    }

    /// Turns what becomes of a provider into events of the agent. On the provider's thread.
    private final class Watch implements HostedProvider.Observer {
        private final WorkloadId id;
        private final long operation;

        Watch(WorkloadId id, long operation) {
            this.id = id;
            this.operation = operation;
        }

        @Override
        public void started() {
            ended(operation, new AgentEvent.Outcome.Done());
        }

        @Override
        public void startFailed(String reason) {
            ended(operation, new AgentEvent.Outcome.Failed(reason));
        }

        @Override
        public void linkFailed(ProviderLink link, String reason) {
            LOG.error("provider.link.failed provider={} link={} reason={}", id, link, reason);
            publish(new LatticeEvent.LinkSetFailed(Providers.link(link), reason));
        }

        @Override
        public void stopped() {
            Long stop = stopping.remove(id);
            if (stop != null) {
                ended(stop, new AgentEvent.Outcome.Done());
            }
        }
    }

    @Override
    public void close() {
        deployer.shutdownNow();
        waiting.shutdownNow();
        providers.close();
        workloads.close();
    }
}

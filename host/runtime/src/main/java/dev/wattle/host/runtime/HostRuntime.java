package dev.wattle.host.runtime;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.ComponentType;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CpuPermits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.wasi.WasiHttp;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.provider.api.HttpResponse;
import dev.wattle.wit.WitValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// Runs components: each call from outside in a fresh sandbox. Safe for any thread.
///
/// Calls run on the calling thread: any, when the engine polls. Guests of another engine need platform threads
/// ([#guestThreads()] has them): one that spins on a virtual thread would keep its carrier from all others.
public final class HostRuntime implements AutoCloseable {
    private final ComponentCache components;
    private final RootCalls rootCalls;
    private final Watchdog watchdog;
    private final GuestThreads threads;
    private final AtomicReference<HostView> view = new AtomicReference<>(HostView.EMPTY);

    private HostRuntime(ComponentCache components, RootCalls rootCalls, Watchdog watchdog, GuestThreads threads) {
        this.components = components;
        this.rootCalls = rootCalls;
        this.watchdog = watchdog;
        this.threads = threads;
    }

    /// Starts a runtime that runs nothing yet.
    ///
    /// @param remote takes the calls whose target does not run here
    public static HostRuntime start(
            RuntimeSettings settings, Engine engine, LinkTarget remote, RuntimeMetrics metrics) {
        Watchdog watchdog = Watchdog.start();
        var router = new LinkRouter(remote, settings, metrics);
        Optional<CpuPermits> processors = engine.polls() ? Optional.of(CpuPermits.ofProcessors()) : Optional.empty();
        processors.ifPresent(metrics::watch);
        var rootCalls = new RootCalls(metrics, router, watchdog, settings.maxRootCalls(), processors);
        return new HostRuntime(
                new ComponentCache(engine), rootCalls, watchdog, GuestThreads.start(settings.maxRootCalls()));
    }

    /// Compiles and links a component and runs it from now on, in place of one with the same id; sandboxes in
    /// flight keep the old one. Blocks while it compiles.
    ///
    /// @throws dev.wattle.host.component.ComponentException when it cannot be used
    public ComponentType deploy(DeploymentSpec spec) {
        Component component = components.load(spec.binary());
        var linked = component.link(new LinkedImports(spec.id(), spec.imports()));
        var deployment = new Deployment(
                spec.id(), linked, spec.limits(), spec.maxExecution(), new InstancePermits(spec.maxInstances()));
        view.updateAndGet(now -> now.with(deployment));
        return component.type();
    }

    /// Changes how many instances may run at once, and the limits of those that begin from now on. Calls in
    /// flight are not touched. Unknown ids are no error.
    ///
    /// @param maxInstances at least 1
    public void scale(String id, int maxInstances, CoreLimits limits, Duration maxExecution) {
        view.updateAndGet(now -> now.find(id)
                .map(found -> now.with(new Deployment(id, found.component(), limits, maxExecution, found.permits())))
                .orElse(now));
        view.get().find(id).ifPresent(found -> found.permits().changeLimit(maxInstances));
    }

    /// Takes no new calls for that component. Unknown ids are no error.
    ///
    /// @return to wait for those in flight
    public Drain remove(String id) {
        Optional<Deployment> removed = view.getAndUpdate(now -> now.without(id)).find(id);
        return bound -> removed.isEmpty() || removed.get().permits().awaitIdle(Deadline.in(bound));
    }

    /// The end of the calls in flight of a removed component.
    @FunctionalInterface
    public interface Drain {
        /// Waits until all have ended, or that long.
        ///
        /// @return whether all had ended
        boolean await(Duration bound) throws InterruptedException;
    }

    /// Swaps all routes at once; sandboxes in flight keep the old ones.
    public void routes(RoutingTable routes) {
        view.updateAndGet(now -> now.with(routes));
    }

    /// Does that component run here?
    public boolean runs(String id) {
        return view.get().find(id).isPresent();
    }

    /// Threads that guests of any engine may run on.
    public Executor guestThreads() {
        return threads;
    }

    /// Calls an exported function in a fresh sandbox.
    public CallOutcome invoke(Invocation invocation, FunctionName name, List<WitValue> arguments) {
        return rootCalls.run(view.get(), invocation, (_, instance) -> call(instance, invocation, name, arguments));
    }

    private static Optional<WitValue> call(
            ComponentInstance instance, Invocation invocation, FunctionName name, List<WitValue> arguments) {
        ComponentFunction function = name.interfaceName()
                .map(interfaceName -> instance.function(interfaceName, name.function()))
                .orElseGet(() -> instance.function(name.function()))
                .orElseThrow(() ->
                        new RootCalls.RefusedException(invocation.target() + " does not export the function " + name));
        try {
            return function.call(arguments);
        } catch (IllegalArgumentException e) {
            throw new RootCalls.RefusedException(name + ": " + e.getMessage());
        }
    }

    /// Hands an HTTP request to a component's `wasi:http/incoming-handler` in a fresh sandbox.
    ///
    /// @param answer gets the response when the outcome is [CallOutcome.Answered], before this returns
    public CallOutcome http(Invocation invocation, HttpRequest request, Consumer<HttpResponse> answer) {
        return rootCalls.run(view.get(), invocation, (rootCall, instance) -> {
            answer.accept(WasiHttp.handle(instance, rootCall.sandbox(), request));
            return Optional.empty();
        });
    }

    /// Stops all calls in flight, and the threads.
    @Override
    public void close() {
        watchdog.close();
        threads.close();
    }
}

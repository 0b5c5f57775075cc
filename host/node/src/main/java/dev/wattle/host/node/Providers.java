package dev.wattle.host.node;

import dev.wattle.host.runtime.CallOutcome;
import dev.wattle.host.runtime.Deadline;
import dev.wattle.host.runtime.HostRuntime;
import dev.wattle.host.runtime.Invocation;
import dev.wattle.lattice.agent.ConfigValues;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.LinkName;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.provider.api.HttpCaller;
import dev.wattle.provider.api.HttpOutcome;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.provider.api.HttpResponse;
import dev.wattle.provider.api.ProviderContext;
import dev.wattle.provider.api.ProviderException;
import dev.wattle.provider.api.ProviderLink;
import dev.wattle.provider.sdk.BuiltinProviders;
import dev.wattle.provider.sdk.HostedProvider;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// The providers in this JVM. Used by the agent's thread alone, but for the calls that providers make.
final class Providers implements AutoCloseable {
    private final BuiltinProviders builtins;
    private final HostRuntime runtime;
    private final SortedMap<String, String> defaults;
    private final Map<WorkloadId, HostedProvider> running = new HashMap<>();

    /// @param defaults configuration that stands below each provider's own
    Providers(BuiltinProviders builtins, HostRuntime runtime, SortedMap<String, String> defaults) {
        this.builtins = builtins;
        this.runtime = runtime;
        this.defaults = new TreeMap<>(defaults);
    }

    /// Starts a provider; the observer is told how that went.
    void start(WorkloadId id, String providerRef, ConfigValues config, HostedProvider.Observer observer) {
        try {
            running.put(id, HostedProvider.start(builtins.find(providerRef), new Context(id, config), observer));
        } catch (ProviderException e) {
            observer.startFailed(String.valueOf(e.getMessage()));
        }
    }

    /// @return false when it does not run
    boolean stop(WorkloadId id) {
        HostedProvider provider = running.remove(id);
        if (provider == null) {
            return false;
        }
        provider.close();
        return true;
    }

    void putLink(WorkloadId id, Link link, ConfigValues sourceConfig, ConfigValues targetConfig) {
        with(id, provider -> provider.putLink(providerLink(link, sourceConfig, targetConfig)));
    }

    void deleteLink(WorkloadId id, Link link) {
        with(id, provider -> provider.deleteLink(providerLink(link, ConfigValues.NONE, ConfigValues.NONE)));
    }

    void configure(WorkloadId id, ConfigValues config) {
        with(id, provider -> provider.updateConfig(merged(config)));
    }

    private void with(WorkloadId id, Consumer<HostedProvider> action) {
        HostedProvider provider = running.get(id);
        if (provider != null) {
            action.accept(provider);
        }
    }

    private SortedMap<String, String> merged(ConfigValues config) {
        var merged = new TreeMap<>(defaults);
        merged.putAll(config.values());
        return merged;
    }

    private static ProviderLink providerLink(Link link, ConfigValues sourceConfig, ConfigValues targetConfig) {
        return new ProviderLink(
                link.source().value(),
                link.target().value(),
                link.name().value(),
                link.witNamespace(),
                link.witPackage(),
                link.interfaces(),
                sourceConfig.values(),
                targetConfig.values());
    }

    /// The link that a provider speaks of, for an event about it.
    static Link link(ProviderLink link) {
        List<ConfigName> none = List.of();
        return new Link(
                new WorkloadId(link.source()),
                new WorkloadId(link.target()),
                new LinkName(link.name()),
                link.witNamespace(),
                link.witPackage(),
                link.interfaces(),
                none,
                none);
    }

    private final class Context implements ProviderContext {
        private final WorkloadId id;
        private final SortedMap<String, String> config;

        Context(WorkloadId id, ConfigValues config) {
            this.id = id;
            this.config = merged(config);
        }

        @Override
        public String providerId() {
            return id.value();
        }

        @Override
        public SortedMap<String, String> config() {
            return config;
        }

        @Override
        public HttpCaller http() {
            return Providers.this::call;
        }
    }

    /// The first rung for a provider: the component on this host. HTTP bodies do not cross the lattice yet, so
    /// that the control plane places both ends together.
    private HttpOutcome call(ProviderLink link, HttpRequest request, Duration deadline) {
        String words = link.source() + " -> " + link.target() + " wasi:http/incoming-handler";
        if (!runtime.runs(link.target())) {
            return new HttpOutcome.LinkFailed(
                    words, "no instance of " + link.target() + " runs on the host of " + link.source());
        }
        var answer = new AtomicReference<Optional<HttpResponse>>(Optional.empty());
        CallOutcome outcome = runtime.http(
                new Invocation(link.target(), link.source(), Deadline.in(deadline), 0),
                request,
                response -> answer.set(Optional.of(response)));
        return switch (outcome) {
            case CallOutcome.Answered _ ->
                answer.get()
                        .<HttpOutcome>map(HttpOutcome.Answered::new)
                        .orElseGet(() -> new HttpOutcome.Trapped("the component gave no response"));
            case CallOutcome.Refused(String reason) -> new HttpOutcome.LinkFailed(words, reason);
            case CallOutcome.LinkFailed(var _, String failed, String reason) ->
                new HttpOutcome.LinkFailed(failed, reason);
            case CallOutcome.Trapped(var kind, String reason) ->
                new HttpOutcome.Trapped(reason.isEmpty() ? kind.reason() : reason);
            case CallOutcome.TimedOut(var _, String reason) -> new HttpOutcome.TimedOut(reason);
            case CallOutcome.Overloaded(String reason) -> new HttpOutcome.Overloaded(reason);
            case CallOutcome.Failed(String reason) -> new HttpOutcome.Trapped(reason);
        };
    }

    @Override
    public void close() {
        running.values().forEach(HostedProvider::close);
        running.clear();
    }
}

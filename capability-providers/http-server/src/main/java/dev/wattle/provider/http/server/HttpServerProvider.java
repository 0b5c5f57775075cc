package dev.wattle.provider.http.server;

import dev.wattle.provider.api.Provider;
import dev.wattle.provider.api.ProviderContext;
import dev.wattle.provider.api.ProviderException;
import dev.wattle.provider.api.ProviderLink;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HTTP server whose requests go along links to components. Addresses are bound when the first link needs
/// them (in path and host mode at the start) and freed with the last.
///
/// Links change under a lock; requests read an immutable table.
public final class HttpServerProvider implements Provider {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServerProvider.class);

    /// Event loops only move bytes.
    private static final int EVENT_LOOPS = 2;

    private final ProviderContext context;
    private final Vertx vertx;
    private final Calls calls;
    private final Map<BindAddress, Listener> listeners = new HashMap<>(); // guarded by this
    private final Map<Route.Key, Route> routes = new LinkedHashMap<>(); // guarded by this
    private SortedMap<String, String> config; // guarded by this
    private boolean closed; // guarded by this

    private HttpServerProvider(ProviderContext context, int running, int queued) {
        this.context = context;
        this.config = context.config();
        this.calls = new Calls(context.http(), running, queued);
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(EVENT_LOOPS)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    static HttpServerProvider start(ProviderContext context) {
        return start(context, Limits.MAX_CALLS, Limits.MAX_QUEUED_CALLS);
    }

    static HttpServerProvider start(ProviderContext context, int running, int queued) {
        RoutingMode mode = RoutingMode.of(Config.of(context.config()));
        var provider = new HttpServerProvider(context, running, queued);
        if (mode != RoutingMode.ADDRESS) {
            try {
                provider.openShared();
            } catch (ProviderException e) {
                provider.close();
                throw e;
            }
        }
        return provider;
    }

    @Override
    public synchronized void putLink(ProviderLink link) {
        if (closed) {
            throw new ProviderException("the HTTP server " + context.providerId() + " is closed", null);
        }
        Route route = Route.of(mode(), config, link);
        Route before = routes.get(route.key());
        Listener listener = listeners.get(route.address());
        if (listener == null) {
            listeners.put(
                    route.address(),
                    Listener.open(vertx, calls, route.address(), emptyTable().with(route)));
            LOG.info("http.listening address={} port={}", route.address(), port(route.address()));
        } else {
            listener.routes(listener.routes().with(route));
        }
        routes.put(route.key(), route);
        if (before != null && !before.address().equals(route.address())) {
            leave(before);
        }
    }

    @Override
    public synchronized void deleteLink(ProviderLink link) {
        Route route = routes.get(Route.Key.of(link));
        // The link may have been replaced by one to another component.
        if (route != null && route.link().target().equals(link.target())) {
            routes.remove(route.key());
            leave(route);
        }
    }

    /// Takes effect for links that come after it.
    @Override
    public synchronized void updateConfig(SortedMap<String, String> changed) {
        if (RoutingMode.of(Config.of(changed)) != mode()) {
            throw new ProviderException("routing_mode cannot change while the HTTP server runs", null);
        }
        config = new TreeMap<>(changed);
    }

    /// The ports that are bound now, by the address as it was asked for (`localhost:0`).
    public synchronized SortedMap<String, Integer> ports() {
        SortedMap<String, Integer> ports = new TreeMap<>();
        listeners.forEach((address, listener) -> ports.put(address.toString(), listener.port()));
        return ports;
    }

    @Override
    public void close() {
        Map<BindAddress, Listener> open;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            open = new LinkedHashMap<>(listeners);
            listeners.clear();
            routes.clear();
        }
        open.values().forEach(listener -> listener.close(Limits.GRACE.toMillis()));
        calls.close();
        try {
            vertx.close().await(Limits.GRACE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            LOG.warn("http.close.slow provider={}", context.providerId(), e);
        }
    }

    private synchronized void openShared() {
        BindAddress address = Route.sharedAddress(config);
        listeners.put(address, Listener.open(vertx, calls, address, emptyTable()));
    }

    private void leave(Route route) { // guarded by this
        Listener listener = listeners.get(route.address());
        if (listener == null) {
            return;
        }
        listener.routes(listener.routes().without(route.key()));
        if (listener.routes().isEmpty() && mode() == RoutingMode.ADDRESS) {
            listeners.remove(route.address());
            listener.close(Limits.GRACE.toMillis());
            LOG.info("http.closed address={}", route.address());
        }
    }

    private RoutingMode mode() { // guarded by this
        return RoutingMode.of(Config.of(config));
    }

    private RouteTable emptyTable() { // guarded by this
        return RouteTable.empty(mode(), Config.of(config).find("header").orElse("host"));
    }

    private Optional<Integer> port(BindAddress address) { // guarded by this
        return Optional.ofNullable(listeners.get(address)).map(Listener::port);
    }
}

package dev.wattle.provider.sdk;

import dev.wattle.provider.api.Provider;
import dev.wattle.provider.api.ProviderContext;
import dev.wattle.provider.api.ProviderException;
import dev.wattle.provider.api.ProviderFactory;
import dev.wattle.provider.api.ProviderLink;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// A provider in this JVM: runs every call to it on one thread of its own, in order, so that a slow one holds
/// up nobody. The methods return at once; outcomes come to the [Observer] on that thread.
public final class HostedProvider implements AutoCloseable {
    private final ExecutorService thread;
    private final Observer observer;
    private @Nullable Provider provider; // used on its thread alone
    private volatile boolean closed;

    private HostedProvider(ExecutorService thread, Observer observer) {
        this.thread = thread;
        this.observer = observer;
    }

    /// Takes what becomes of the calls.
    public interface Observer {
        void started();

        /// The provider is of no use and was given up.
        void startFailed(String reason);

        void linkFailed(ProviderLink link, String reason);

        void stopped();
    }

    /// Starts a provider.
    public static HostedProvider start(ProviderFactory factory, ProviderContext context, Observer observer) {
        var hosted = new HostedProvider(
                Executors.newSingleThreadExecutor(Thread.ofVirtual()
                        .name("wattle-provider-" + context.providerId())
                        .factory()),
                observer);
        hosted.submit(() -> hosted.open(factory, context));
        return hosted;
    }

    private void open(ProviderFactory factory, ProviderContext context) {
        try {
            provider = factory.start(context);
            observer.started();
        } catch (RuntimeException e) {
            observer.startFailed(reason(e));
        }
    }

    /// Hands over a link, or its changed configuration.
    public void putLink(ProviderLink link) {
        submit(() -> {
            if (provider == null) {
                return;
            }
            try {
                provider.putLink(link);
            } catch (RuntimeException e) {
                observer.linkFailed(link, reason(e));
            }
        });
    }

    /// Takes a link away.
    public void deleteLink(ProviderLink link) {
        submit(() -> {
            if (provider != null) {
                provider.deleteLink(link);
            }
        });
    }

    /// Hands over changed configuration.
    public void updateConfig(SortedMap<String, String> config) {
        submit(() -> {
            if (provider != null) {
                provider.updateConfig(config);
            }
        });
    }

    /// Stops the provider after what was handed over before. Returns at once; [Observer#stopped()] tells the
    /// end.
    @Override
    public void close() {
        if (closed) {
            return;
        }
        submit(() -> {
            try {
                if (provider != null) {
                    provider.close();
                }
            } finally {
                provider = null;
                observer.stopped();
            }
        });
        closed = true;
        thread.shutdown();
    }

    private void submit(Runnable work) {
        try {
            thread.execute(work);
        } catch (RejectedExecutionException e) {
            assert closed : e;
        }
    }

    private static String reason(RuntimeException e) {
        return e instanceof ProviderException ? String.valueOf(e.getMessage()) : e.toString();
    }
}

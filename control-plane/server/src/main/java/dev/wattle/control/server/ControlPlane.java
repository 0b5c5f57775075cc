package dev.wattle.control.server;

import dev.wattle.control.loop.ControlEffect;
import dev.wattle.control.loop.ControlEvent;
import dev.wattle.control.loop.ControlLoop;
import dev.wattle.lattice.transport.Transport;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running control plane: turns what the lattice says into events of one queue, which one thread hands to the
/// loop, and does what the loop says. Answers wadm's API beside.
///
/// The transport stays its owner's to close. A lost connection is no failure: the loop waits for it to come
/// back.
public final class ControlPlane implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    /// Long enough to hand the lease on; others take it anyway, a little later.
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final ControlPlaneSettings settings;
    private final BlockingQueue<ControlEvent> events = new LinkedBlockingQueue<>();
    private final ControlLoop loop;
    private final StatusBoard statuses = new StatusBoard();
    private final Listening listening;
    private final Effects effects;
    private final WadmService service;
    private final Thread thread;
    private volatile boolean closing;
    private boolean ended; // the loop's thread alone

    private ControlPlane(ControlPlaneSettings settings, Transport transport) {
        this.settings = settings;
        this.loop = new ControlLoop(settings.loop());
        var store = new AppStore(transport, settings.lattice());
        this.listening = new Listening(settings.lattice(), transport, events::add);
        this.effects = new Effects(settings.lattice(), transport, store, statuses, events::add, listening::inbox);
        this.service = new WadmService(settings.lattice(), transport, store, statuses);
        this.thread = Thread.ofPlatform()
                .name("control-loop-" + settings.lattice())
                .daemon()
                .unstarted(this::run);
    }

    /// Starts one over a connection.
    ///
    /// @throws dev.wattle.lattice.transport.TransportException when the lattice's store cannot be read
    public static ControlPlane start(ControlPlaneSettings settings, Transport transport) {
        var plane = new ControlPlane(settings, transport);
        try {
            plane.listening.open();
            plane.thread.start();
            plane.service.open();
        } catch (RuntimeException failure) {
            plane.close();
            throw failure;
        }
        LOG.info(
                "control.started lattice={} id={}",
                settings.lattice(),
                settings.loop().id());
        return plane;
    }

    private void run() {
        long tickNanos = TimeUnit.MILLISECONDS.toNanos(settings.loop().tickMillis());
        long nextTick = System.nanoTime();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                long wait = nextTick - System.nanoTime();
                @Nullable ControlEvent event = wait > 0 ? events.poll(wait, TimeUnit.NANOSECONDS) : null;
                if (event != null) {
                    take(event);
                }
                if (System.nanoTime() - nextTick >= 0) {
                    drain();
                    take(new ControlEvent.Tick());
                    nextTick = System.nanoTime() + tickNanos;
                }
                if (ended) {
                    return;
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /// What was heard before a tick is taken before it: after a standstill the signs of life lie in the queue.
    private void drain() {
        for (int left = events.size(); left > 0; left--) {
            @Nullable ControlEvent event = events.poll();
            if (event != null) {
                take(event);
            }
        }
    }

    private void take(ControlEvent event) {
        ended |= event instanceof ControlEvent.Ending;
        long start = System.nanoTime();
        try {
            for (ControlEffect effect : loop.handle(event, TimeUnit.NANOSECONDS.toMillis(start))) {
                settings.observer().effect(effect);
                effects.apply(effect);
            }
        } catch (RuntimeException bug) {
            LOG.error("control.bug event={}", event.getClass().getSimpleName(), bug);
        }
        settings.observer().handled(event.getClass().getSimpleName(), System.nanoTime() - start);
    }

    /// Hands the lease on and ends. What runs in the lattice goes on running.
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        service.close();
        events.add(new ControlEvent.Ending());
        try {
            if (thread.isAlive()) {
                thread.join(CLOSE_TIMEOUT);
            }
            effects.close(CLOSE_TIMEOUT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread.interrupt();
        listening.close();
        LOG.info(
                "control.stopped lattice={} id={}",
                settings.lattice(),
                settings.loop().id());
    }
}

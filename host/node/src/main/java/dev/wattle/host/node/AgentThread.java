package dev.wattle.host.node;

import dev.wattle.lattice.agent.AgentEffect;
import dev.wattle.lattice.agent.AgentEvent;
import dev.wattle.lattice.agent.HostAgent;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that owns the agent: events go in from anywhere, effects come out in order on this thread.
final class AgentThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentThread.class);

    private final HostAgent agent;
    private final BlockingQueue<AgentEvent> events = new LinkedBlockingQueue<>();
    private final Map<AgentEvent.Timer, Future<?>> timers = new EnumMap<>(AgentEvent.Timer.class);
    private final ScheduledThreadPoolExecutor timer;
    private final Thread thread;

    /// @param effects applies one effect; must not block
    AgentThread(HostAgent agent, String name, Consumer<AgentEffect> effects) {
        this.agent = agent;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("wattle-timer-" + name).factory());
        this.timer.setRemoveOnCancelPolicy(true);
        this.thread = Thread.ofPlatform().daemon().name("wattle-agent-" + name).unstarted(() -> run(effects));
    }

    void start() {
        thread.start();
    }

    /// Tells the agent. From any thread; never blocks.
    void tell(AgentEvent event) {
        events.add(event);
    }

    /// The clock of the agent, in milliseconds; not the time of day.
    static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    private void run(Consumer<AgentEffect> effects) {
        try {
            while (true) {
                AgentEvent event = events.take();
                for (AgentEffect effect : agent.handle(event, nowMillis())) {
                    apply(event, effect, effects);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("agent.failed what=the host takes no more commands; restart it", e);
            throw e;
        }
    }

    private void apply(AgentEvent event, AgentEffect effect, Consumer<AgentEffect> effects) {
        try {
            if (effect instanceof AgentEffect.SetTimer(var which, long atMillis)) {
                set(which, atMillis);
            } else {
                effects.accept(effect);
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "effect.failed event={} effect={}",
                    event.getClass().getSimpleName(),
                    effect.getClass().getSimpleName(),
                    e);
        }
    }

    private void set(AgentEvent.Timer which, long atMillis) {
        Future<?> before = timers.put(
                which,
                timer.schedule(
                        () -> tell(new AgentEvent.TimerFired(which)),
                        Math.max(0, atMillis - nowMillis()),
                        TimeUnit.MILLISECONDS));
        if (before != null) {
            before.cancel(false);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        thread.interrupt();
    }
}

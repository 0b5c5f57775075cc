package dev.wattle.lattice.agent;

import dev.wattle.lattice.agent.AgentEffect.Level;
import dev.wattle.lattice.agent.AgentEvent.Outcome;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.LatticeEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/// Collects the effects of one event, and remembers what goes on when an operation ends.
final class Outbox {
    private final Map<Long, Consumer<Outcome>> waiting = new HashMap<>();
    private List<AgentEffect> effects = new ArrayList<>();
    private long lastOperation;
    private boolean connected = true;

    List<AgentEffect> take() {
        List<AgentEffect> taken = List.copyOf(effects);
        effects = new ArrayList<>();
        return taken;
    }

    void connected(boolean now) {
        connected = now;
    }

    boolean connected() {
        return connected;
    }

    void add(AgentEffect effect) {
        effects.add(effect);
    }

    /// Without a connection an event is dropped: the heartbeat that follows the reconnection tells the state.
    void event(LatticeEvent event) {
        if (connected) {
            effects.add(new AgentEffect.PublishEvent(event));
        }
    }

    void reply(Optional<String> replyTo, ControlResponse response) {
        replyTo.ifPresent(subject -> effects.add(new AgentEffect.Reply(subject, response.toJson())));
    }

    void log(Level level, String event, String... keysAndValues) {
        SortedMap<String, String> fields = new TreeMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        effects.add(new AgentEffect.Log(level, event, fields));
    }

    /// Asks for an effect and goes on with `then` when it ended.
    void operation(LongFunction<AgentEffect> effect, Consumer<Outcome> then) {
        long operation = ++lastOperation;
        waiting.put(operation, then);
        effects.add(effect.apply(operation));
    }

    void ended(long operation, Outcome outcome) {
        Consumer<Outcome> then = waiting.remove(operation);
        if (then == null) {
            log(Level.WARNING, "operation.unknown", "operation", Long.toString(operation));
        } else {
            then.accept(outcome);
        }
    }

    /// What an operation that should have ended otherwise says.
    static String unexpected(Outcome outcome) {
        return outcome instanceof Outcome.Failed(var reason) ? reason : "unexpected outcome " + outcome;
    }
}

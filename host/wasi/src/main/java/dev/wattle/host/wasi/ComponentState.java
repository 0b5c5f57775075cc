package dev.wattle.host.wasi;

import dev.wattle.host.component.Sandbox;
import java.util.IdentityHashMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one component has in one sandbox. Several components may live in a sandbox, each with its own grants.
final class ComponentState {
    private final WasiContext context;
    private final LineOutput stdout;
    private final LineOutput stderr;
    private @Nullable SortedMap<String, String> config;

    /// All components of a sandbox.
    static final class All {
        private final IdentityHashMap<WasiContext, ComponentState> states = new IdentityHashMap<>();
    }

    private ComponentState(WasiContext context, LineRate rate) {
        this.context = context;
        this.stdout = new LineOutput(context.stdout(), rate);
        this.stderr = new LineOutput(context.stderr(), rate);
    }

    static ComponentState of(Sandbox sandbox, WasiContext context, LineRate rate) {
        IdentityHashMap<WasiContext, ComponentState> states = sandbox.state(All.class, All::new).states;
        ComponentState known = states.get(context);
        if (known != null) {
            return known;
        }
        var state = new ComponentState(context, rate);
        states.put(context, state);
        sandbox.own(state.stdout);
        sandbox.own(state.stderr);
        return state;
    }

    LineOutput stdout() {
        return stdout;
    }

    LineOutput stderr() {
        return stderr;
    }

    /// The same for the whole sandbox, so that a guest never sees half of a change.
    SortedMap<String, String> config() {
        if (config == null) {
            config = new TreeMap<>(context.config().get());
        }
        return config;
    }
}

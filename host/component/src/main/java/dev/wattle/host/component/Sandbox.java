package dev.wattle.host.component;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/// One root call: all instances made for it live and die together. One thread at a time.
///
/// Carries what host functions keep for the sandbox (streams, configuration, the link router's state), by the
/// class of the state.
public final class Sandbox implements AutoCloseable {
    private final GuestControl control;
    private final CoreLimits limits;
    private final AbiLimits abiLimits;
    private final MemoryBudget budget;
    private final Map<Class<?>, Object> states = new HashMap<>();
    private final java.util.ArrayDeque<AutoCloseable> owned = new java.util.ArrayDeque<>();
    private int instances;
    private boolean locked;

    /// With the budget that this process has for guests.
    public Sandbox(GuestControl control, CoreLimits limits) {
        this(control, limits, MemoryBudget.ofThisProcess());
    }

    /// @param budget for the host's heap that values of guests take
    public Sandbox(GuestControl control, CoreLimits limits, MemoryBudget budget) {
        this(control, limits, AbiLimits.DEFAULTS, budget);
    }

    /// @param budget for the host's heap that values of guests take
    public Sandbox(GuestControl control, CoreLimits limits, AbiLimits abiLimits, MemoryBudget budget) {
        this.control = Objects.requireNonNull(control, "control");
        this.limits = Objects.requireNonNull(limits, "limits");
        this.abiLimits = Objects.requireNonNull(abiLimits, "abiLimits");
        this.budget = Objects.requireNonNull(budget, "budget");
    }

    /// Stops its guest code.
    public GuestControl control() {
        return control;
    }

    /// For each core instance.
    public CoreLimits limits() {
        return limits;
    }

    /// For what its instances move and keep.
    public AbiLimits abiLimits() {
        return abiLimits;
    }

    /// An instance of a core module is about to be made.
    ///
    /// @throws Trap when it would be one too many
    void countInstance() {
        if (instances >= abiLimits.instances()) {
            throw new Trap(Trap.Kind.LIMIT, "more than " + abiLimits.instances() + " instances of core modules");
        }
        instances++;
    }

    /// For the host's heap that values of guests take.
    public MemoryBudget budget() {
        return budget;
    }

    /// The state of that class, made on first use.
    public <T> T state(Class<T> type, Supplier<? extends T> initial) {
        return type.cast(states.computeIfAbsent(type, _ -> initial.get()));
    }

    /// Puts a state in before the first call. Replaces one of the same class.
    public <T> void putState(Class<T> type, T state) {
        states.put(type, state);
    }

    /// Closes `resource` when the sandbox ends, last in, first out.
    public void own(AutoCloseable resource) {
        owned.push(resource);
    }

    /// The host wants no instance of this sandbox to be entered again. A guest that traps does not go that
    /// far: it locks the instances that had a frame on the stack.
    public void lock() {
        locked = true;
    }

    /// May none of its instances be entered? It is closed then, or the host has locked it.
    public boolean locked() {
        return locked;
    }

    /// Ends the sandbox: closes all that it owns, losing no error. Idempotent.
    @Override
    public void close() {
        locked = true;
        RuntimeException first = null;
        while (!owned.isEmpty()) {
            try {
                owned.pop().close();
            } catch (Exception e) {
                if (first == null) {
                    first = new IllegalStateException("closing a sandbox", e);
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}

package dev.wattle.host.component;

import org.jspecify.annotations.Nullable;

/// A component whose imports are known: what is left is to run it. Immutable; safe for any thread.
public final class LinkedComponent {
    private final Plan plan;
    private final ComponentType type;
    private final @Nullable Wiring wiring;

    LinkedComponent(Plan plan, ComponentType type, Layer layer) {
        this.plan = plan;
        this.type = type;
        this.wiring = layer == Layer.GENERATED && !plan.needsTasks() ? new WiringBuilder(plan).build() : null;
    }

    /// What the component imports and exports.
    public ComponentType type() {
        return type;
    }

    /// Makes an instance in the sandbox, which owns it from then on. Runs the core modules' start functions.
    ///
    /// @throws dev.wattle.host.engine.Trap when a start function traps or a limit is hit; the sandbox is locked
    public ComponentInstance instantiate(Sandbox sandbox) {
        return wiring == null ? new Instantiation(plan, sandbox).run() : wiring.instantiate(sandbox);
    }
}

package dev.wattle.host.component;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.Optional;
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

    /// One handle to a function of an exported interface, for whichever instance of this component is its first
    /// argument: `(ComponentInstance, parameters…) → result`, with Java's own types as [TypedHostFunction] has
    /// them. Kept in a constant it is as fast as calls of guests from Java are; with numbers alone it allocates
    /// nothing. Making it takes a while.
    ///
    /// Empty when there is no such function, when the component passes one of the host on, or when its values are
    /// moved by the interpreter.
    ///
    /// @param types without the instance
    /// @throws IllegalArgumentException when a type of Java's does not fit WIT's
    public Optional<MethodHandle> handle(String interfaceName, String name, MethodType types) {
        return plan.exports().get(interfaceName) instanceof Plan.Export.OfInstance(var exports)
                ? handle(exports.get(name), types)
                : Optional.empty();
    }

    /// The same for a function at the root of the world.
    public Optional<MethodHandle> handle(String name, MethodType types) {
        return handle(plan.exports().get(name), types);
    }

    private Optional<MethodHandle> handle(Plan.@Nullable Export export, MethodType types) {
        return wiring != null
                        && export instanceof Plan.Export.OfFunction(var function)
                        && function instanceof Plan.Function.Lifted(int slot)
                ? wiring.typed(slot, types)
                : Optional.empty();
    }
}

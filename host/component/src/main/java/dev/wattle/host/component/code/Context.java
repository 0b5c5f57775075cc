package dev.wattle.host.component.code;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.ResourceDefinition;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.GuestMemory;
import org.jspecify.annotations.Nullable;

/// What generated code works on: all that one instance of a linked component consists of, with what is nested in
/// it, by the slots of its plan. Every generated method has it as its first parameter. It is there before the
/// instances are, and is filled as they are made; a call that comes before what it needs finds null. One
/// sandbox, one thread at a time.
///
/// The fields are public for generated code; nobody else writes them.
public final class Context {
    public final Sandbox sandbox;

    /// The component instances.
    public final @Nullable InstanceState[] states;

    /// The core instances; not those that linking sees through.
    public final @Nullable CoreInstance[] instances;

    /// The memories that canonical options name.
    public final @Nullable GuestMemory[] memories;

    /// The resource types that signatures and built-ins name: the host's are there from the start.
    public final @Nullable ResourceDefinition[] resources;

    /// The functions of the host that are imported; the same array for all instances.
    public final HostFunction[] hostFunctions;

    /// The arrays are kept, not copied.
    public Context(
            Sandbox sandbox,
            @Nullable InstanceState[] states,
            @Nullable CoreInstance[] instances,
            @Nullable GuestMemory[] memories,
            @Nullable ResourceDefinition[] resources,
            HostFunction[] hostFunctions) {
        this.sandbox = sandbox;
        this.states = states;
        this.instances = instances;
        this.memories = memories;
        this.resources = resources;
        this.hostFunctions = hostFunctions;
    }
}

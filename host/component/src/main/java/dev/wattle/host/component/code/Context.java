package dev.wattle.host.component.code;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.ResourceDefinition;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// What generated code works on: all that one instance of a linked component consists of, with what is nested in
/// it, by the slots of its plan. Every generated method has it as its first parameter. It is there before the
/// instances are, and is filled as they are made; a call that comes before what it needs finds null. One
/// sandbox, one thread at a time.
///
/// The fields are public for generated code and for whoever fills them; nobody else writes them.
public final class Context implements AutoCloseable {
    private static final MethodHandle REQUIRE_READY = requireReadyHandle();

    public final Sandbox sandbox;

    /// The component instances.
    public final InstanceState[] states;

    /// The core instances; null where linking saw through one, or before it is made.
    public final CoreInstance[] instances;

    /// The memories that canonical options name.
    public final GuestMemory[] memories;

    /// The resource types that signatures and built-ins name: the host's are there from the start.
    public final ResourceDefinition[] resources;

    /// The functions of the host that are imported; the same array for all instances.
    public final HostFunction[] hostFunctions;

    /// Functions that no code was generated for.
    private final Interpreter interpreter;

    private @Nullable Object interpreted;

    /// Has what linking saw through come to the point where its tables are filled? By the number of the core instance.
    public final boolean[] ready;

    /// How many slots an instance needs.
    public record Sizes(int states, int instances, int memories, int resources, boolean tables) {}

    /// Does what no code was generated for.
    public interface Interpreter {
        /// A lowered function as guests of the context call it: of the exact type of the core function.
        MethodHandle lowered(Context context, int function);
    }

    /// @param resources as they are when nothing was instantiated; copied when guests have some
    /// @param hostFunctions kept, not copied
    public Context(
            Sandbox sandbox,
            Sizes sizes,
            ResourceDefinition[] resources,
            HostFunction[] hostFunctions,
            Interpreter interpreter) {
        this.sandbox = sandbox;
        this.states = new InstanceState[sizes.states()];
        this.instances = new CoreInstance[sizes.instances()];
        this.memories = sizes.memories() == 0 ? NO_MEMORIES : new GuestMemory[sizes.memories()];
        this.resources = resources.length == 0 ? resources : resources.clone();
        this.hostFunctions = hostFunctions;
        this.interpreter = interpreter;
        this.ready = sizes.tables() ? new boolean[sizes.instances()] : NO_TABLES;
    }

    /// One that is filled already, and knows no interpreter. The arrays are kept.
    public Context(
            Sandbox sandbox,
            InstanceState[] states,
            CoreInstance[] instances,
            GuestMemory[] memories,
            ResourceDefinition[] resources,
            HostFunction[] hostFunctions) {
        this.sandbox = sandbox;
        this.states = states;
        this.instances = instances;
        this.memories = memories;
        this.resources = resources;
        this.hostFunctions = hostFunctions;
        this.interpreter = (_, function) -> {
            throw new IllegalStateException("no code for function " + function);
        };
        this.ready = NO_TABLES;
    }

    private static final GuestMemory[] NO_MEMORIES = {};
    private static final boolean[] NO_TABLES = {};

    /// Code that traps as a table's entry does which nobody has filled, until that core instance is made.
    ///
    /// @param code `(Context, parameters…) → result`
    public static MethodHandle whenReady(MethodHandle code, int instance) {
        return MethodHandles.foldArguments(code, MethodHandles.insertArguments(REQUIRE_READY, 1, instance));
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static void requireReady(Context context, int instance) {
        if (!context.ready[instance]) {
            throw new Trap(Trap.Kind.UNINITIALIZED_ELEMENT);
        }
    }

    private static MethodHandle requireReadyHandle() {
        try {
            return MethodHandles.lookup()
                    .findStatic(
                            Context.class, "requireReady", MethodType.methodType(void.class, Context.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    Interpreter interpreter() {
        return interpreter;
    }

    /// What the interpreter keeps for this context.
    public @Nullable Object interpreted() {
        return interpreted;
    }

    public void keepInterpreted(Object made) {
        interpreted = made;
    }

    /// Ends the core instances, the last one first. Idempotent.
    @Override
    public void close() {
        for (int i = instances.length - 1; i >= 0; i--) {
            CoreInstance instance = instances[i];
            if (instance != null) {
                instance.close();
            }
        }
    }
}

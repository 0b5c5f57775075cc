package dev.wattle.host.component;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.ResourceDefinition;
import dev.wattle.host.component.code.Context;
import dev.wattle.host.component.code.CoreCallee;
import dev.wattle.host.component.code.JavaForm;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A plan in its fast form: core modules that are wired to each other and to the code of what they import, and what
/// is left to do for an instance. Immutable; safe for any thread.
final class Wiring {
    private static final MethodHandle CONTEXT = contextHandle();

    private final Plan plan;
    private final Context.Sizes sizes;
    private final ResourceDefinition[] resources;
    private final HostFunction[] hostFunctions;
    private final Stage[] stages;
    private final Interpreted.Functions interpreted;
    private final List<WiringCode.Lifted> lifted;
    private final ToIntFunction<ResourceType> slots;

    /// @param slots where a context has what a resource type of a signature stands for
    Wiring(
            Plan plan,
            Context.Sizes sizes,
            List<@Nullable ResourceDefinition> resources,
            List<HostFunction> hostFunctions,
            List<Stage> stages,
            Interpreted.Functions interpreted,
            List<WiringCode.Lifted> lifted,
            ToIntFunction<ResourceType> slots) {
        this.plan = plan;
        this.sizes = sizes;
        this.resources = resources.toArray(ResourceDefinition[]::new);
        this.hostFunctions = hostFunctions.toArray(HostFunction[]::new);
        this.stages = stages.toArray(Stage[]::new);
        this.interpreted = interpreted;
        this.lifted = List.copyOf(lifted);
        this.slots = slots;
    }

    ComponentInstance instantiate(Sandbox sandbox) {
        if (sandbox.locked()) {
            throw new Trap(Trap.Kind.INSTANCE_LOCKED);
        }
        var context = new Context(sandbox, sizes, resources, hostFunctions, interpreted);
        sandbox.own(context);
        for (Stage stage : stages) {
            stage.run(context);
        }
        return new LinkedInstance(plan.exports(), sandbox, new Parts(this, context));
    }

    /// A handle to an exported function with Java's own types, for whichever instance is its first argument.
    Optional<MethodHandle> typed(int slot, MethodType types) {
        Interpreted.Lifted function = interpreted.lifted().get(slot);
        if (!JavaForm.fits(function.type(), types)) {
            throw new IllegalArgumentException(
                    "a function of the type " + function.type() + " cannot be called as " + types);
        }
        return WiringCode.typed(function, slots, types)
                .map(code -> MethodHandles.filterArguments(code, 0, CONTEXT.bindTo(this)));
    }

    private static MethodHandle contextHandle() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(
                            Wiring.class, "context", MethodType.methodType(Context.class, ComponentInstance.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    @SuppressWarnings({"ReferenceEquality", "UnusedMethod"}) // an instance is of what made it; called by its handle
    private Context context(ComponentInstance instance) {
        if (instance instanceof LinkedInstance linked
                && linked.parts() instanceof Parts parts
                && parts.wiring() == this) {
            return parts.context();
        }
        throw new IllegalArgumentException("an instance of another component");
    }

    private record Parts(Wiring wiring, Context context) implements LinkedInstance.Parts {
        @Override
        public ComponentFunction lifted(int slot) {
            Optional<MethodHandle> code = wiring.lifted.get(slot).values();
            Interpreted interpreted = wiring.interpreted.of(context);
            return code.isEmpty()
                    ? interpreted.lifted(slot)
                    : new GeneratedFunction(
                            context, interpreted.liftedType(slot), code.get(), () -> interpreted.lifted(slot));
        }

        @Override
        public ResourceType resource(int slot) {
            return context.resources[slot].type();
        }
    }

    /// One thing to do for an instance.
    sealed interface Stage {
        void run(Context context);
    }

    /// The state of a component instance.
    record NewState(int state, int parent) implements Stage {
        @Override
        public void run(Context context) {
            context.states[state] =
                    new InstanceState(context.sandbox, parent == Plan.NONE ? null : context.states[parent]);
        }
    }

    /// A resource type of a guest.
    record NewResource(
            int state, ResourceType standIn, @Nullable CoreCallee destructor, int resource) implements Stage {
        @Override
        public void run(Context context) {
            Optional<MethodHandle> handle = Optional.ofNullable(destructor).map(each -> each.in(context));
            context.resources[resource] =
                    new ResourceDefinition.Guest(new ResourceType(standIn.name()), context.states[state], handle);
        }
    }

    /// The table that a core instance fills is seen through: from here on, calls through it reach what is in it.
    record Ready(int instance) implements Stage {
        @Override
        public void run(Context context) {
            context.ready[instance] = true;
        }
    }

    /// A core instance.
    @SuppressWarnings("ArrayRecordComponent") // written once, and compared by nobody
    record NewInstance(int state, CoreModule module, Supply[] imports, MemoryExport[] memories, int instance)
            implements Stage {
        @Override
        public void run(Context context) {
            List<CoreExtern> supplied = supplied(context);
            Sandbox sandbox = context.sandbox;
            InstanceState entered = context.states[state];
            boolean root = entered.enterFromHost();
            CoreInstance made;
            try {
                sandbox.countInstance();
                made = module.instantiate(supplied, sandbox.limits(), sandbox.control());
            } catch (LinkException e) {
                throw entered.abandon(
                        root,
                        new ComponentException(
                                Code.INVALID,
                                -1,
                                "core modules of the component do not fit together: " + e.getMessage(),
                                e));
            } catch (Throwable e) {
                throw entered.abandon(root, e);
            }
            entered.leaveToHost(root);
            context.instances[instance] = made;
            for (MemoryExport memory : memories) {
                context.memories[memory.slot()] = ((CoreExtern.Memory) made.export(memory.name())).bytes();
            }
        }

        private List<CoreExtern> supplied(Context context) {
            if (imports.length == 0) {
                return List.of();
            }
            CoreExtern[] externs = new CoreExtern[imports.length];
            for (int i = 0; i < externs.length; i++) {
                externs[i] = imports[i].in(context);
            }
            return Arrays.asList(externs);
        }
    }

    /// A memory that canonical options name, by the instance's export.
    record MemoryExport(int slot, String name) {}

    /// Where an import of a core instance comes from.
    sealed interface Supply {
        CoreExtern in(Context context);
    }

    /// Another core instance.
    record OfInstance(int instance, String export) implements Supply {
        @Override
        public CoreExtern in(Context context) {
            return context.instances[instance].export(export);
        }
    }

    /// Code of the context.
    record OfContext(CoreType.Function type, MethodHandle code) implements Supply {
        @Override
        public CoreExtern in(Context context) {
            return CoreExtern.hostFunction(type, code, context);
        }
    }
}

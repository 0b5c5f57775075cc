package dev.wattle.host.component;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.Plan.PlanStep;
import dev.wattle.host.component.abi.CanonLift;
import dev.wattle.host.component.abi.CanonLower;
import dev.wattle.host.component.abi.CanonicalFunction;
import dev.wattle.host.component.abi.CanonicalOptions;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.PreparedType;
import dev.wattle.host.component.abi.ResourceDefinition;
import dev.wattle.host.component.abi.ResourceFunctions;
import dev.wattle.host.component.abi.ThreadFunctions;
import dev.wattle.host.component.binary.Substitution;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Runs a plan in one sandbox. Afterwards it is what the instance's functions are found in. One thread.
final class Instantiation implements LinkedInstance.Parts {
    private final Plan plan;
    private final Sandbox sandbox;
    private final InstanceState[] states;
    private final CoreInstance[] coreInstances;
    private final CoreExtern[] externs;
    private final CanonLift[] lifted;
    private final ResourceDefinition.Guest[] resources;
    private final Substitution fresh = Substitution.empty();

    Instantiation(Plan plan, Sandbox sandbox) {
        this.plan = plan;
        this.sandbox = sandbox;
        Plan.Sizes sizes = plan.sizes();
        this.states = new InstanceState[sizes.states()];
        this.coreInstances = new CoreInstance[sizes.coreInstances()];
        this.externs = new CoreExtern[sizes.externs()];
        this.lifted = new CanonLift[sizes.lifted()];
        this.resources = new ResourceDefinition.Guest[sizes.resources()];
    }

    ComponentInstance run() {
        if (sandbox.locked()) {
            throw new Trap(Trap.Kind.INSTANCE_LOCKED);
        }
        for (PlanStep step : plan.steps()) {
            run(step);
        }
        return new LinkedInstance(plan.exports(), sandbox, this);
    }

    @Override
    public ComponentFunction lifted(int slot) {
        return lifted[slot];
    }

    @Override
    public ResourceType resource(int slot) {
        return resources[slot].type();
    }

    private void run(PlanStep step) {
        switch (step) {
            case PlanStep.NewState(int state, int parent) ->
                states[state] = new InstanceState(sandbox, parent == Plan.NONE ? null : states[parent]);
            case PlanStep.NewCoreInstance instance -> newCoreInstance(instance);
            case PlanStep.Extract(int instance, String name, int extern) ->
                externs[extern] = coreInstances[instance].export(name);
            case PlanStep.NewResource resource -> newResource(resource);
            case PlanStep.Lift lift ->
                lifted[lift.lifted()] = new CanonLift(
                        states[lift.state()], type(lift.signature()), function(lift.callee()), options(lift.options()));
            case PlanStep.Lower lower ->
                externs[lower.extern()] = CanonLower.of(
                        states[lower.state()],
                        type(lower.signature()),
                        callee(lower.callee()),
                        options(lower.options()));
            case PlanStep.ResourceCall call -> externs[call.extern()] = resourceCall(call);
            case PlanStep.NewThread thread ->
                externs[thread.extern()] = ThreadFunctions.newIndirect(
                        states[thread.state()],
                        function(thread.get()).handle(),
                        function(thread.call()).handle());
            case PlanStep.BuiltinCall call ->
                externs[call.extern()] = BuiltinFunctions.of(
                        states[call.state()], call.builtin(), call.type().map(fresh::apply), options(call.options()));
        }
    }

    private void newCoreInstance(PlanStep.NewCoreInstance step) {
        CoreExtern[] imports = new CoreExtern[step.imports().length];
        for (int index = 0; index < imports.length; index++) {
            imports[index] = externs[step.imports()[index]];
        }
        List<CoreExtern> supplied = Arrays.asList(imports);
        InstanceState state = states[step.state()];
        boolean root = state.enterFromHost();
        try {
            sandbox.countInstance();
            state.runCore(() -> coreInstances[step.instance()] = instantiate(step.module(), supplied));
        } catch (Throwable e) {
            throw state.abandon(root, e);
        }
        state.leaveToHost(root);
        sandbox.own(coreInstances[step.instance()]);
    }

    private CoreInstance instantiate(CoreModule module, List<CoreExtern> supplied) {
        try {
            return module.instantiate(supplied, sandbox.limits(), sandbox.control());
        } catch (LinkException e) {
            throw new ComponentException(
                    Code.INVALID, -1, "core modules of the component do not fit together: " + e.getMessage(), e);
        }
    }

    private void newResource(PlanStep.NewResource step) {
        ResourceType type = new ResourceType(step.standIn().name());
        fresh.bind(step.standIn(), type);
        resources[step.resource()] =
                new ResourceDefinition.Guest(type, states[step.state()], handle(step.destructor()));
    }

    private CoreExtern resourceCall(PlanStep.ResourceCall call) {
        ResourceDefinition definition = switch (call.resource()) {
            case Plan.Resource.Guest(int slot) -> resources[slot];
            case Plan.Resource.Host(HostResource host) -> new ResourceDefinition.Host(host);
        };
        return switch (call.builtin()) {
            case DROP -> ResourceFunctions.resourceDrop(states[call.state()], definition);
            case NEW -> ResourceFunctions.resourceNew((ResourceDefinition.Guest) definition);
            case REP -> ResourceFunctions.resourceRep((ResourceDefinition.Guest) definition);
        };
    }

    private PreparedType type(Plan.Signature signature) {
        return signature.fresh() ? new PreparedType(fresh.apply(signature.type().type())) : signature.type();
    }

    private CanonicalFunction callee(Plan.Function function) {
        return switch (function) {
            case Plan.Function.Lifted(int slot) -> lifted[slot];
            case Plan.Function.Imported imported -> imported.callee();
        };
    }

    private CanonicalOptions options(Plan.Options options) {
        return new CanonicalOptions(
                options.encoding(),
                memory(options.memory()),
                handle(options.realloc()),
                handle(options.postReturn()),
                options.async(),
                handle(options.callback()));
    }

    private Optional<GuestMemory> memory(int slot) {
        return slot == Plan.NONE ? Optional.empty() : Optional.of(((CoreExtern.Memory) externs[slot]).bytes());
    }

    private Optional<MethodHandle> handle(int slot) {
        return slot == Plan.NONE ? Optional.empty() : Optional.of(function(slot).handle());
    }

    private CoreExtern.Function function(int slot) {
        return (CoreExtern.Function) externs[slot];
    }
}

package dev.wattle.host.component;

import dev.wattle.host.component.Plan.PlanStep;
import dev.wattle.host.component.Wiring.MemoryExport;
import dev.wattle.host.component.Wiring.Stage;
import dev.wattle.host.component.Wiring.Supply;
import dev.wattle.host.component.abi.ResourceDefinition;
import dev.wattle.host.component.code.Context;
import dev.wattle.host.component.code.CoreCallee;
import dev.wattle.host.component.code.PlanCode;
import dev.wattle.host.component.code.ResourceCode;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.LinkException;
import dev.wattle.host.engine.Wire;
import dev.wattle.wit.ResourceType;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the wiring of a plan: finds out what each core import is before there is an instance. First it looks at
/// what there is, then it makes the code of all functions, then it wires the core modules to that code and to each
/// other, in their order. One use, one thread.
final class WiringBuilder {
    private static final CoreType.Function I32_TO_I32 =
            new CoreType.Function(List.of(CoreType.Value.I32), List.of(CoreType.Value.I32));
    private static final CoreType.Function I32_TO_NOTHING =
            new CoreType.Function(List.of(CoreType.Value.I32), List.of());

    private final Plan plan;
    private final Map<Integer, Source> sources = new HashMap<>();
    private final Map<Integer, CoreModule> modules = new HashMap<>();
    private final Map<Integer, List<CoreCallee>> callees = new HashMap<>();
    private final Map<Integer, Integer> memories = new LinkedHashMap<>();
    private final List<@Nullable ResourceDefinition> resources = new ArrayList<>();
    private final Map<ResourceType, Integer> hostResources = new HashMap<>();
    private final List<HostFunction> hostFunctions = new ArrayList<>();
    private final IdentityHashMap<HostFunction, Integer> hostSlots = new IdentityHashMap<>();
    private final List<Interpreted.Lifted> lifted = new ArrayList<>();
    private final List<Interpreted.Lowered> lowered = new ArrayList<>();
    private final List<Interpreted.FreshResource> fresh = new ArrayList<>();
    private final List<Stage> stages = new ArrayList<>();
    private final WiringCode code;
    private final Shims shims = new Shims(sources);
    private final Set<Integer> used = new HashSet<>();

    /// What is in a slot of externs.
    sealed interface Source {
        record Export(int instance, String name) implements Source {}

        /// @param function its number among the lowered ones
        record Lowered(int function) implements Source {}

        record Builtin(CoreType.Function type, MethodHandle code) implements Source {}
    }

    WiringBuilder(Plan plan) {
        this.plan = plan;
        for (int i = 0; i < plan.sizes().resources(); i++) {
            resources.add(null);
        }
        this.code = new WiringCode(this::resource, this::hostFunction);
    }

    Wiring build() {
        plan.steps().forEach(this::look);
        shims.look(
                plan.steps().stream()
                        .filter(PlanStep.NewCoreInstance.class::isInstance)
                        .map(PlanStep.NewCoreInstance.class::cast)
                        .toList(),
                used);
        code.make(lifted, lowered);
        plan.steps().forEach(this::wire);
        code.initialize();
        Plan.Sizes slots = plan.sizes();
        var sizes =
                new Context.Sizes(slots.states(), slots.coreInstances(), memories.size(), resources.size(), hasShims());
        var functions = new Interpreted.Functions(List.copyOf(lifted), List.copyOf(lowered), List.copyOf(fresh));
        return new Wiring(plan, sizes, resources, hostFunctions, stages, functions, code.lifted(), this::known);
    }

    private boolean hasShims() {
        return plan.steps().stream()
                .anyMatch(step -> step instanceof PlanStep.NewCoreInstance made && shims.isFixup(made.instance()));
    }

    private void look(PlanStep step) {
        switch (step) {
            case PlanStep.NewState _, PlanStep.NewCoreInstance _ -> {}
            case PlanStep.Extract(int instance, String name, int extern) ->
                sources.put(extern, new Source.Export(instance, name));
            case PlanStep.NewResource resource -> {
                fresh.add(new Interpreted.FreshResource(resource.standIn(), resource.resource()));
                if (resource.destructor() != Plan.NONE) {
                    used.add(resource.destructor());
                }
            }
            case PlanStep.Lift lift ->
                lifted.add(new Interpreted.Lifted(
                        lift.state(), lift.signature(), callee(lift.callee()), options(lift.options())));
            case PlanStep.Lower lower -> {
                sources.put(lower.extern(), new Source.Lowered(lowered.size()));
                lowered.add(new Interpreted.Lowered(
                        lower.state(), lower.signature(), lower.callee(), options(lower.options())));
            }
            case PlanStep.ResourceCall call -> sources.put(call.extern(), builtin(call));
            case PlanStep.BuiltinCall _, PlanStep.NewThread _ -> throw noTasks(step);
        }
    }

    private static IllegalStateException noTasks(PlanStep step) {
        return new IllegalStateException("no code is generated for " + step);
    }

    private Source builtin(PlanStep.ResourceCall call) {
        int resource = slot(call.resource());
        return switch (call.builtin()) {
            case NEW -> new Source.Builtin(I32_TO_I32, ResourceCode.resourceNew(resource));
            case REP -> new Source.Builtin(I32_TO_I32, ResourceCode.resourceRep(resource));
            case DROP -> new Source.Builtin(I32_TO_NOTHING, ResourceCode.resourceDrop(call.state(), resource));
        };
    }

    /// Where the context has what a resource type of a signature stands for.
    private int resource(ResourceType type) {
        Plan.Resource resource = plan.resources().get(type);
        if (resource == null) {
            throw new IllegalStateException("the resource '" + type + "' is bound to nothing");
        }
        return slot(resource);
    }

    /// The same when the wiring is made: no slot is added any more.
    private int known(ResourceType type) {
        return switch (plan.resources().get(type)) {
            case Plan.Resource.Guest(int slot) -> slot;
            case Plan.Resource.Host(HostResource host) -> Objects.requireNonNull(hostResources.get(host.type()));
            case null -> throw new IllegalStateException("the resource '" + type + "' is bound to nothing");
        };
    }

    private int slot(Plan.Resource resource) {
        return switch (resource) {
            case Plan.Resource.Guest(int slot) -> slot;
            case Plan.Resource.Host(HostResource host) ->
                hostResources.computeIfAbsent(host.type(), _ -> {
                    resources.add(new ResourceDefinition.Host(host));
                    return resources.size() - 1;
                });
        };
    }

    private int hostFunction(HostFunction function) {
        return hostSlots.computeIfAbsent(function, _ -> {
            hostFunctions.add(function);
            return hostFunctions.size() - 1;
        });
    }

    private PlanCode.Options options(Plan.Options options) {
        int memory = options.memory() == Plan.NONE
                ? Plan.NONE
                : memories.computeIfAbsent(options.memory(), _ -> memories.size());
        used.add(options.memory());
        return new PlanCode.Options(
                options.encoding(), memory, optional(options.realloc()), optional(options.postReturn()));
    }

    private @Nullable CoreCallee optional(int extern) {
        return extern == Plan.NONE ? null : callee(extern);
    }

    private CoreCallee callee(int extern) {
        used.add(extern);
        return switch (source(extern)) {
            case Source.Builtin(var _, var handle) -> CoreCallee.code(() -> handle);
            case Source.Lowered(int function) ->
                CoreCallee.code(() -> code.lowered(function).code());
            case Source.Export(int instance, String name) -> {
                CoreCallee made = CoreCallee.export(instance, name);
                if (modules.containsKey(instance)) {
                    made.belongsTo(module(instance));
                } else {
                    callees.computeIfAbsent(instance, _ -> new ArrayList<>()).add(made);
                }
                yield made;
            }
        };
    }

    private Source source(int extern) {
        Source source = sources.get(extern);
        if (source == null) {
            throw new IllegalStateException("a step uses what no step before it has made");
        }
        return source;
    }

    private void wire(PlanStep step) {
        switch (step) {
            case PlanStep.NewState(int state, int parent) -> stages.add(new Wiring.NewState(state, parent));
            case PlanStep.NewCoreInstance instance -> wire(instance);
            case PlanStep.NewResource resource ->
                stages.add(new Wiring.NewResource(
                        resource.state(), resource.standIn(), optional(resource.destructor()), resource.resource()));
            case PlanStep.Extract _, PlanStep.Lift _, PlanStep.Lower _, PlanStep.ResourceCall _ -> {}
            case PlanStep.BuiltinCall _, PlanStep.NewThread _ -> throw noTasks(step);
        }
    }

    private void wire(PlanStep.NewCoreInstance step) {
        if (shims.isFixup(step.instance())) {
            stages.add(new Wiring.Ready(step.instance()));
        }
        if (shims.isUnseen(step.instance())) {
            return;
        }
        List<CoreModule.CoreImport> imports = step.module().imports();
        Supply[] supplies = new Supply[imports.size()];
        List<Wire> wires = new ArrayList<>();
        for (int i = 0; i < supplies.length; i++) {
            boolean function = imports.get(i).type() instanceof CoreType.Function;
            Shims.Target target = shims.target(step.instance(), i);
            switch (source(target == null ? step.imports()[i] : target.extern())) {
                case Source.Builtin(var type, var handle) -> {
                    MethodHandle entry = target == null ? handle : code.ready(handle, target.fixup());
                    supplies[i] = new Wiring.OfContext(type, entry);
                    wires.add(new Wire.Host(type, entry));
                }
                case Source.Lowered(int number) -> {
                    WiringCode.Lowered made = code.lowered(number);
                    WiringCode.Lowered entry = target == null ? made : code.ready(made, target.fixup());
                    supplies[i] = new Wiring.OfContext(entry.type(), entry.code());
                    wires.add(entry.wire());
                }
                case Source.Export(int instance, String name) -> {
                    supplies[i] = new Wiring.OfInstance(instance, name);
                    wires.add(function ? new Wire.Export(module(instance), name) : new Wire.Open());
                }
            }
        }
        CoreModule wired = wire(step.module(), wires);
        modules.put(step.instance(), wired);
        callees.getOrDefault(step.instance(), List.of()).forEach(each -> each.belongsTo(wired));
        stages.add(new Wiring.NewInstance(step.state(), wired, supplies, memories(step.instance()), step.instance()));
    }

    /// What does not fit is refused when there shall be an instance of it, and not before.
    private static CoreModule wire(CoreModule module, List<Wire> wires) {
        try {
            return module.wire(wires);
        } catch (LinkException e) {
            return module;
        }
    }

    private CoreModule module(int instance) {
        CoreModule module = modules.get(instance);
        if (module == null) {
            throw new IllegalStateException("an instance is used before it is made");
        }
        return module;
    }

    private MemoryExport[] memories(int instance) {
        List<MemoryExport> exports = new ArrayList<>();
        memories.forEach((extern, slot) -> {
            if (source(extern) instanceof Source.Export(int owner, String name) && owner == instance) {
                exports.add(new MemoryExport(slot, name));
            }
        });
        return exports.toArray(MemoryExport[]::new);
    }
}

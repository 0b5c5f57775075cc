package dev.wattle.host.component;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.Plan.PlanStep;
import dev.wattle.host.component.PlanItem.CoreItem;
import dev.wattle.host.component.PlanScope.CoreExports;
import dev.wattle.host.component.abi.PreparedType;
import dev.wattle.host.component.abi.StringEncoding;
import dev.wattle.host.component.binary.Builtin;
import dev.wattle.host.component.binary.Definition;
import dev.wattle.host.component.binary.Entity;
import dev.wattle.host.component.binary.ModuleShape.ImportName;
import dev.wattle.host.component.binary.Sort;
import dev.wattle.host.component.binary.Step;
import dev.wattle.host.component.binary.ThreadStarter;
import dev.wattle.host.component.binary.TypeQuestions;
import dev.wattle.host.component.binary.ValidComponent;
import dev.wattle.host.component.binary.Work;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// Makes the plan of a linked component: runs through its steps once with slots in place of things, going into
/// nested components as they are instantiated. One use, one thread.
final class Planner {
    /// Instances that make instances: compositions nest a few deep. Keeps recursion far from the stack's end.
    private static final int MAX_DEPTH = 100;

    private final Map<ResourceType, Plan.Resource> resources;
    private final List<PlanStep> steps = new ArrayList<>();
    private final Map<CoreItem, Integer> extracted = new HashMap<>();
    private final Work work = new Work();
    private int states;
    private int coreInstances;
    private int externs;
    private int lifted;
    private int guestResources;
    private int depth;

    /// @param hostResources what the resource types of the imports stand for
    Planner(Map<ResourceType, Plan.Resource> hostResources) {
        this.resources = new HashMap<>(hostResources);
    }

    /// @param imports by name, for every import of the component
    Plan plan(PlanItem.OfComponent component, Map<String, PlanItem> imports) {
        PlanScope root = new PlanScope(component.outer(), null, component.names());
        run(component.component(), root, imports);
        SequencedMap<String, Plan.Export> exports =
                exports(component.component().shape().exports(), root.exports);
        Plan.Sizes sizes = new Plan.Sizes(states, coreInstances, externs, lifted, guestResources);
        return new Plan(sizes, List.copyOf(steps), exports, Map.copyOf(resources));
    }

    /// What is seen from outside: an item may have more exports than the type that it is shown with.
    private SequencedMap<String, Plan.Export> exports(Map<String, Entity> shown, Map<String, PlanItem> items) {
        work.copy(shown.size());
        SequencedMap<String, Plan.Export> exports = new LinkedHashMap<>();
        shown.forEach((name, entity) -> exports.put(name, export(entity, PlanScope.known(items, name))));
        return exports;
    }

    private Plan.Export export(Entity shown, PlanItem item) {
        return switch (item) {
            case PlanItem.OfFunction(Plan.Function function) -> new Plan.Export.OfFunction(function);
            case PlanItem.OfResource(ResourceType type) -> new Plan.Export.OfResource(resource(type));
            case PlanItem.OfModule(CoreModule module) -> new Plan.Export.OfModule(module);
            case PlanItem.OfInstance(var exports)
            when shown instanceof Entity.OfInstance(var shape) ->
                new Plan.Export.OfInstance(exports(shape.exports(), exports));
            case PlanItem.OfComponent component -> new Plan.Export.OfComponent(component);
            case PlanItem.OfInstance _, PlanItem.OfType _ -> new Plan.Export.OfType();
        };
    }

    private void run(ValidComponent component, PlanScope scope, Map<String, PlanItem> imports) {
        if (++depth > MAX_DEPTH) {
            throw new ComponentException(Code.LIMIT, -1, "instances make instances deeper than " + MAX_DEPTH, null);
        }
        work.instance();
        for (Step step : component.steps()) {
            work.copy(0);
            run(step, scope, imports);
        }
        depth--;
    }

    private void run(Step step, PlanScope scope, Map<String, PlanItem> imports) {
        switch (step) {
            case Step.DefineModule(var module) -> scope.coreModules.add(module);
            case Step.InstantiateModule instantiate -> instantiate(instantiate, scope);
            case Step.BundleCore(var exports) -> scope.coreInstances.add(bundle(exports, scope));
            case Step.DefineComponent(var component) ->
                scope.components.add(new PlanItem.OfComponent(component, scope, scope.names));
            case Step.InstantiateComponent instantiate -> instantiate(instantiate, scope);
            case Step.Bundle(var exports) -> scope.instances.add(new PlanItem.OfInstance(items(exports, scope)));
            case Step.AliasExport alias -> {
                Map<String, PlanItem> exports =
                        scope.instances.get(alias.instance()).exports();
                scope.add(PlanScope.known(exports, alias.name()));
            }
            case Step.AliasCoreExport alias ->
                scope.core(alias.sort())
                        .add(scope.coreInstances.get(alias.instance()).export(alias.name()));
            case Step.AliasOuter alias -> outer(alias, scope);
            case Step.DefineResource(var type, var representation, var destructor) -> {
                if (representation != CoreType.Value.I32) {
                    throw new ComponentException(
                            Code.UNSUPPORTED, -1, "a resource represented by an i64 cannot be run", null);
                }
                defineResource(type, destructor, scope);
            }
            case Step.LiftFunction lift -> lift(lift, scope);
            case Step.LowerFunction lower -> lower(lower, scope);
            case Step.ResourceFunction call -> resourceFunction(call, scope);
            case Step.BuiltinFunction builtin -> builtinFunction(builtin, scope);
            case Step.NewThreadFunction(var starter, int table) -> newThread(starter, table, scope);
            case Step.DefineValue _, Step.CallStart _ -> throw PlanScope.noValues();
            case Step.TakeImport(var name, var entity) -> {
                PlanItem item = PlanScope.known(imports, name);
                scope.add(item);
                scope.bind(entity, item, work);
            }
            case Step.GiveExport(var given, var shown) -> give(given, shown, scope);
        }
    }

    private void resourceFunction(Step.ResourceFunction call, PlanScope scope) {
        Plan.Resource resource = resource(scope.apply(call.type()));
        int extern = externs++;
        steps.add(new PlanStep.ResourceCall(state(scope), call.builtin(), resource, extern));
        scope.core(Sort.CORE_FUNCTION).add(made(extern));
    }

    private void builtinFunction(Step.BuiltinFunction step, PlanScope scope) {
        Plan.Options options = switch (step.builtin()) {
            case Builtin.TaskReturn(var _, var given) -> options(given, scope);
            case Builtin.Copy copy -> options(copy.options(), scope);
            case Builtin.ErrorContextNew(var given) -> options(given, scope);
            case Builtin.ErrorContextDebugMessage(var given) -> options(given, scope);
            case Builtin.WaitableSetWait(boolean _, int memory) -> memory(memory, scope);
            case Builtin.WaitableSetPoll(boolean _, int memory) -> memory(memory, scope);
            case Builtin.Plain _,
                    Builtin.ContextGet _,
                    Builtin.ContextSet _,
                    Builtin.SubtaskCancel _,
                    Builtin.CarrierNew _,
                    Builtin.CancelCopy _,
                    Builtin.DropEnd _,
                    Builtin.GiveTurn _,
                    Builtin.ThreadAvailableParallelism _ -> Plan.Options.ofMemory(Plan.NONE);
            case Builtin.ThreadNewIndirect _, Builtin.ThreadSpawnRef _, Builtin.ThreadSpawnIndirect _ ->
                throw new ComponentException(
                        Code.UNSUPPORTED, -1, "the built-in " + step.builtin().words() + " cannot be run yet", null);
        };
        int extern = externs++;
        Optional<WitType> type = step.type().map(scope::apply);
        steps.add(new PlanStep.BuiltinCall(state(scope), step.builtin(), type, options, extern));
        scope.core(Sort.CORE_FUNCTION).add(made(extern));
    }

    private void newThread(CoreModule starter, int table, PlanScope scope) {
        int[] imports = {extern(scope.core(Sort.CORE_TABLE).get(table))};
        int instance = coreInstances++;
        steps.add(new PlanStep.NewCoreInstance(state(scope), starter, imports, instance));
        int get = extern(new CoreItem(instance, ThreadStarter.GET, Plan.NONE));
        int call = extern(new CoreItem(instance, ThreadStarter.CALL, Plan.NONE));
        int extern = externs++;
        steps.add(new PlanStep.NewThread(state(scope), get, call, extern));
        scope.core(Sort.CORE_FUNCTION).add(made(extern));
    }

    private Plan.Options memory(int memory, PlanScope scope) {
        return Plan.Options.ofMemory(extern(scope.core(Sort.CORE_MEMORY).get(memory)));
    }

    private void give(Step.Item given, Entity shown, PlanScope scope) {
        PlanItem item = scope.item(given.index(), given.entity());
        scope.add(item);
        scope.bind(shown, item, work);
        scope.exports.put(given.name(), item);
    }

    private void instantiate(Step.InstantiateModule instantiate, PlanScope scope) {
        CoreModule module = scope.coreModules.get(instantiate.module());
        work.spend(1 + instantiate.imports().size() + module.imports().size());
        Map<ImportName, Integer> instances = new HashMap<>();
        instantiate.imports().forEach(wanted -> instances.put(wanted.name(), wanted.instance()));
        int[] imports = module.imports().stream()
                .mapToInt(wanted -> {
                    Integer from = instances.get(new ImportName(wanted.module(), wanted.name()));
                    if (from == null) {
                        throw new IllegalStateException("validation let an import through that nobody supplies");
                    }
                    return extern(scope.coreInstances.get(from).export(wanted.name()));
                })
                .toArray();
        int instance = coreInstances++;
        steps.add(new PlanStep.NewCoreInstance(state(scope), module, imports, instance));
        scope.coreInstances.add(new CoreExports(instance, Map.of()));
    }

    private CoreExports bundle(List<Definition.Argument> exports, PlanScope scope) {
        work.copy(exports.size());
        Map<String, CoreItem> items = new HashMap<>();
        for (Definition.Argument export : exports) {
            items.put(export.name(), scope.core(export.sort()).get(export.index()));
        }
        return new CoreExports(Plan.NONE, items);
    }

    private void instantiate(Step.InstantiateComponent instantiate, PlanScope scope) {
        PlanItem.OfComponent component = scope.components.get(instantiate.component());
        PlanScope inner = new PlanScope(component.outer(), scope, component.names());
        run(component.component(), inner, items(instantiate.arguments(), scope));
        PlanItem.OfInstance instance = new PlanItem.OfInstance(inner.exports);
        scope.instances.add(instance);
        scope.bind(new Entity.OfInstance(instantiate.shape()), instance, work);
    }

    private Map<String, PlanItem> items(List<Step.Item> items, PlanScope scope) {
        work.copy(items.size());
        Map<String, PlanItem> result = new LinkedHashMap<>();
        items.forEach(item -> result.put(item.name(), scope.item(item.index(), item.entity())));
        return result;
    }

    private void outer(Step.AliasOuter alias, PlanScope scope) {
        PlanScope target = scope;
        for (int count = alias.count(); count > 0 && target.outer != null; count--) {
            target = target.outer;
        }
        if (alias.sort() == Sort.COMPONENT) {
            scope.components.add(target.components.get(alias.index()));
        } else {
            scope.coreModules.add(target.coreModules.get(alias.index()));
        }
    }

    private void defineResource(ResourceType type, OptionalInt destructor, PlanScope scope) {
        ResourceType own = new ResourceType(type.name());
        int slot = guestResources++;
        scope.resources.bind(type, own);
        resources.put(own, new Plan.Resource.Guest(slot));
        int function = destructor.isPresent() ? extern(core(scope, Sort.CORE_FUNCTION, destructor)) : Plan.NONE;
        steps.add(new PlanStep.NewResource(state(scope), own, function, slot));
    }

    private void lift(Step.LiftFunction lift, PlanScope scope) {
        int callee = extern(scope.core(Sort.CORE_FUNCTION).get(lift.coreFunction()));
        Plan.Options options = options(lift.options(), scope);
        int slot = lifted++;
        steps.add(new PlanStep.Lift(state(scope), signature(lift.type(), scope), callee, options, slot));
        scope.functions.add(new Plan.Function.Lifted(slot));
    }

    private void lower(Step.LowerFunction lower, PlanScope scope) {
        Plan.Options options = options(lower.options(), scope);
        int extern = externs++;
        Plan.Function callee = scope.functions.get(lower.function());
        steps.add(new PlanStep.Lower(state(scope), signature(lower.type(), scope), callee, options, extern));
        scope.core(Sort.CORE_FUNCTION).add(made(extern));
    }

    private Plan.Options options(Definition.Options options, PlanScope scope) {
        StringEncoding encoding = switch (options.encoding()) {
            case UTF8 -> StringEncoding.UTF8;
            case UTF16 -> StringEncoding.UTF16;
            case LATIN1_UTF16 -> StringEncoding.LATIN1_UTF16;
        };
        return new Plan.Options(
                encoding,
                optional(scope, Sort.CORE_MEMORY, options.memory()),
                optional(scope, Sort.CORE_FUNCTION, options.realloc()),
                optional(scope, Sort.CORE_FUNCTION, options.postReturn()),
                options.async(),
                optional(scope, Sort.CORE_FUNCTION, options.callback()));
    }

    private int optional(PlanScope scope, Sort sort, OptionalInt index) {
        return index.isPresent() ? extern(core(scope, sort, index)) : Plan.NONE;
    }

    private static CoreItem core(PlanScope scope, Sort sort, OptionalInt index) {
        return scope.core(sort).get(index.getAsInt());
    }

    private Plan.Signature signature(FunctionType type, PlanScope scope) {
        FunctionType actual = scope.apply(type, work);
        boolean[] fresh = {false};
        TypeQuestions.resources(actual, (resource, _) -> fresh[0] |= resource(resource) instanceof Plan.Resource.Guest);
        return new Plan.Signature(new PreparedType(actual), fresh[0]);
    }

    private Plan.Resource resource(ResourceType type) {
        Plan.Resource resource = resources.get(type);
        if (resource == null) {
            throw new ComponentException(
                    Code.INVALID, -1, "the resource '" + type + "' belongs to an instance that is not here", null);
        }
        return resource;
    }

    private static CoreItem made(int extern) {
        return new CoreItem(Plan.NONE, "", extern);
    }

    /// The slot of a core item; what a core instance exports is taken out when somebody wants it.
    private int extern(CoreItem item) {
        if (item.extern() != Plan.NONE) {
            return item.extern();
        }
        return extracted.computeIfAbsent(item, wanted -> {
            int extern = externs++;
            steps.add(new PlanStep.Extract(wanted.instance(), wanted.name(), extern));
            return extern;
        });
    }

    /// The slot of the state of a scope's instance. Components that only pass things on have none.
    private int state(PlanScope scope) {
        if (scope.state == Plan.NONE) {
            int parent = scope.parent == null ? Plan.NONE : state(scope.parent);
            scope.state = states++;
            steps.add(new PlanStep.NewState(scope.state, parent));
        }
        return scope.state;
    }
}

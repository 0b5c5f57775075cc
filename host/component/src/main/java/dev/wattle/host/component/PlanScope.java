package dev.wattle.host.component;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.PlanItem.CoreItem;
import dev.wattle.host.component.binary.Entity;
import dev.wattle.host.component.binary.Sort;
import dev.wattle.host.component.binary.Substitution;
import dev.wattle.host.component.binary.TypeNames;
import dev.wattle.host.component.binary.TypeQuestions;
import dev.wattle.host.component.binary.Work;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The index spaces of one component instance while a plan is made.
final class PlanScope {
    /// The scope that the component was defined in: what its outer aliases see.
    final @Nullable PlanScope outer;

    /// The scope that instantiates it.
    final @Nullable PlanScope parent;

    /// What the component's resource types stand for in this instance.
    final Substitution resources = Substitution.empty();

    final Map<Sort, List<CoreItem>> core = new EnumMap<>(Sort.class);
    final List<CoreModule> coreModules = new ArrayList<>();
    final List<CoreExports> coreInstances = new ArrayList<>();
    final List<Plan.Function> functions = new ArrayList<>();
    final List<PlanItem.OfInstance> instances = new ArrayList<>();
    final List<PlanItem.OfComponent> components = new ArrayList<>();
    final SequencedMap<String, PlanItem> exports = new LinkedHashMap<>();
    int state = Plan.NONE;

    /// The types of the file that the component is in.
    final TypeNames names;

    PlanScope(@Nullable PlanScope outer, @Nullable PlanScope parent, TypeNames names) {
        this.outer = outer;
        this.parent = parent;
        this.names = names;
    }

    /// What a resource type stands for here. Through a component of an enclosing scope, the resources of that one
    /// are seen too.
    ResourceType apply(ResourceType type) {
        for (PlanScope scope = this; scope != null; scope = scope.outer) {
            if (scope.resources.binds(type)) {
                return scope.resources.apply(type);
            }
        }
        return type;
    }

    /// The function type with all resource types replaced.
    FunctionType apply(FunctionType type, Work work) {
        TypeQuestions.spend(type, work);
        FunctionType applied = type;
        for (PlanScope scope = this; scope != null; scope = scope.outer) {
            if (!scope.resources.isEmpty()) {
                TypeQuestions.spend(type, work);
                applied = scope.resources.apply(applied);
            }
        }
        return applied;
    }

    /// The type with all resource types replaced.
    WitType apply(WitType type) {
        WitType applied = type;
        for (PlanScope scope = this; scope != null; scope = scope.outer) {
            applied = scope.resources.apply(applied);
        }
        return applied;
    }

    /// A core instance: of a module, by its slot, or a bundle of items.
    record CoreExports(int instance, Map<String, CoreItem> bundle) {
        CoreItem export(String name) {
            CoreItem item = bundle.get(name);
            return item != null ? item : new CoreItem(instance, name, Plan.NONE);
        }
    }

    List<CoreItem> core(Sort sort) {
        return core.computeIfAbsent(sort, _ -> new ArrayList<>());
    }

    /// What a validated item stands for.
    PlanItem item(int index, Entity entity) {
        return switch (entity) {
            case Entity.OfFunction _ -> new PlanItem.OfFunction(functions.get(index));
            case Entity.OfInstance _ -> instances.get(index);
            case Entity.OfComponent _ -> components.get(index);
            case Entity.OfModule _ -> new PlanItem.OfModule(coreModules.get(index));
            case Entity.OfResource(ResourceType type) -> new PlanItem.OfResource(apply(type));
            case Entity.OfValueType _, Entity.OfFunctionType _, Entity.OfInstanceType _, Entity.OfComponentType _ ->
                new PlanItem.OfType();
            case Entity.OfValue _ -> throw noValues();
        };
    }

    /// Values are validated, and no more.
    static ComponentException noValues() {
        return new ComponentException(Code.UNSUPPORTED, -1, "a component with values cannot be run", null);
    }

    /// Appends an item to the index space that it belongs to.
    void add(PlanItem item) {
        switch (item) {
            case PlanItem.OfFunction(Plan.Function function) -> functions.add(function);
            case PlanItem.OfInstance instance -> instances.add(instance);
            case PlanItem.OfModule(CoreModule module) -> coreModules.add(module);
            case PlanItem.OfComponent component -> components.add(component);
            case PlanItem.OfResource _, PlanItem.OfType _ -> {}
        }
    }

    /// What is there under a name; validation has seen to it that something is.
    static PlanItem known(Map<String, PlanItem> items, String name) {
        PlanItem item = items.get(name);
        if (item == null) {
            throw new IllegalStateException("validation let the missing '" + name + "' through");
        }
        return item;
    }

    /// Binds the resource types of `shown` to those of the item behind it.
    void bind(Entity shown, PlanItem item, Work work) {
        work.spend(1);
        if (shown instanceof Entity.OfResource(ResourceType type)
                && item instanceof PlanItem.OfResource(ResourceType actual)
                && !resources.binds(type)
                && !type.equals(actual)) {
            resources.bind(type, actual);
        }
        if (shown instanceof Entity.OfInstance(var shape) && item instanceof PlanItem.OfInstance(var actual)) {
            shape.exports().forEach((name, entity) -> bind(entity, known(actual, name), work));
        }
    }
}

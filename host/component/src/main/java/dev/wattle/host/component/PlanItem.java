package dev.wattle.host.component;

import dev.wattle.host.component.binary.TypeNames;
import dev.wattle.host.component.binary.ValidComponent;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.ResourceType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a component-level index stands for while a plan is made.
sealed interface PlanItem {
    record OfFunction(Plan.Function function) implements PlanItem {}

    record OfInstance(Map<String, PlanItem> exports) implements PlanItem {}

    record OfResource(ResourceType type) implements PlanItem {}

    /// Types but resources need nothing when running.
    record OfType() implements PlanItem {}

    record OfModule(CoreModule module) implements PlanItem {}

    /// A component with the scope that its outer aliases see; none when it is a file of its own.
    ///
    /// @param names of the types in its file
    record OfComponent(ValidComponent component, @Nullable PlanScope outer, TypeNames names) implements PlanItem {}

    /// An export of a core instance that may never be asked for.
    record CoreItem(int instance, String name, int extern) {}
}

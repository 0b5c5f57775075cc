package dev.wattle.host.component;

import dev.wattle.host.component.binary.ValidComponent;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.ResourceType;
import java.util.Map;

/// What a component-level index stands for while a plan is made.
sealed interface PlanItem {
    record OfFunction(Plan.Function function) implements PlanItem {}

    record OfInstance(Map<String, PlanItem> exports) implements PlanItem {}

    record OfResource(ResourceType type) implements PlanItem {}

    /// Types of values need nothing when running.
    record OfValueType() implements PlanItem {}

    record OfModule(CoreModule module) implements PlanItem {}

    /// A component with the scope that its outer aliases see.
    record OfComponent(ValidComponent component, PlanScope outer) implements PlanItem {}

    /// An export of a core instance that may never be asked for.
    record CoreItem(int instance, String name, int extern) {}
}

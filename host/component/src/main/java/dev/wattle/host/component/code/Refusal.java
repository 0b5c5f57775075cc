package dev.wattle.host.component.code;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.ResourceTypes;
import dev.wattle.wit.Values;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The words for arguments that do not fit: types with the resource types of an instance.
///
/// @param slots where the context has what the type's resource types stand for
record Refusal(FunctionType type, Map<ResourceType, Integer> slots) {
    static Refusal of(FunctionType type, TypeNodes nodes) {
        return new Refusal(type, nodes.slots(type));
    }

    @SuppressWarnings("UnusedMethod") // by generated code
    RuntimeException arguments(Context context, List<WitValue> arguments) {
        FunctionType actual = ResourceTypes.replace(type, resource -> {
            var definition = context.resources[Objects.requireNonNull(slots.get(resource))];
            return Objects.requireNonNull(definition).type();
        });
        Values.checkArguments(actual, arguments);
        return new IllegalStateException("the layers disagree about arguments of " + type);
    }
}

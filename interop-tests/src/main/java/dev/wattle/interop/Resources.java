package dev.wattle.interop;

import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Resources inside of values.
final class Resources {
    private Resources() {}

    /// The value with each resource replaced. Looks into what the test world has resources in.
    static WitValue mapped(WitValue value, UnaryOperator<WitValue.Resource> change) {
        return switch (value) {
            case WitValue.Resource resource -> change.apply(resource);
            case WitValue.ListValue(var elements) ->
                new WitValue.ListValue(
                        elements.stream().map(each -> mapped(each, change)).toList());
            case WitValue.OptionValue(var some) -> new WitValue.OptionValue(some.map(each -> mapped(each, change)));
            case WitValue.ResultValue(var ok, var payload) ->
                new WitValue.ResultValue(ok, payload.map(each -> mapped(each, change)));
            default -> value;
        };
    }

    /// The values with what was kept in place of placeholders; nothing where that was never got, because a step
    /// before ended in a trap.
    static Optional<List<WitValue>> replaced(List<WitValue> values, Map<String, WitValue> kept) {
        var missing = new ArrayList<String>();
        List<WitValue> replaced = values.stream()
                .map(value -> mapped(value, resource -> {
                    if (resource.representation() instanceof Step.Kept(var name)) {
                        if (kept.get(name) instanceof WitValue.Resource found) {
                            return found;
                        }
                        missing.add(name);
                    }
                    return resource;
                }))
                .toList();
        return missing.isEmpty() ? Optional.of(replaced) : Optional.empty();
    }

    /// Keeps the resources of a result by those names, in order; a guest may have answered with more or fewer.
    static void keep(Optional<WitValue> result, List<String> names, Map<String, WitValue> kept) {
        var found = new ArrayList<WitValue>();
        result.ifPresent(value -> mapped(value, resource -> {
            found.add(resource);
            return resource;
        }));
        for (int i = 0; i < Math.min(names.size(), found.size()); i++) {
            kept.put(names.get(i), found.get(i));
        }
    }
}

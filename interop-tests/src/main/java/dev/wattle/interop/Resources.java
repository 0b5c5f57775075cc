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

    /// The value with what was kept in place of placeholders.
    static WitValue replaced(WitValue value, Map<String, WitValue> kept) {
        return mapped(value, resource -> resource.representation() instanceof Step.Kept(var name)
                ? (WitValue.Resource) kept.get(name)
                : resource);
    }

    /// Keeps the resources of a result by those names.
    static void keep(Optional<WitValue> result, List<String> names, Map<String, WitValue> kept) {
        var found = new ArrayList<WitValue>();
        result.ifPresent(value -> mapped(value, resource -> {
            found.add(resource);
            return resource;
        }));
        if (found.size() != names.size()) {
            throw new IllegalStateException("%d resources for the names %s".formatted(found.size(), names));
        }
        for (int i = 0; i < names.size(); i++) {
            kept.put(names.get(i), found.get(i));
        }
    }
}

package dev.wattle.host.component.binary;

import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.CoreType.Value;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// Core types as people write them, for messages.
final class CoreText {
    private CoreText() {}

    static String of(CoreType type) {
        return switch (type) {
            case CoreType.Function(var parameters, var results) ->
                "func [" + values(parameters) + "] -> [" + values(results) + "]";
            case CoreType.Table(Value element, long minimum, OptionalLong maximum) ->
                "table " + limits(minimum, maximum) + " " + value(element);
            case CoreType.Memory(long minimum, OptionalLong maximum, boolean shared) ->
                "memory " + limits(minimum, maximum) + (shared ? " shared" : "");
            case CoreType.Global(Value value, boolean mutable) ->
                mutable ? "global mut " + value(value) : "global " + value(value);
            case CoreType.Tag(CoreType.Function function) -> "tag " + of(function);
        };
    }

    private static String values(List<Value> values) {
        return values.stream().map(CoreText::value).collect(Collectors.joining(" "));
    }

    private static String value(Value value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String limits(long minimum, OptionalLong maximum) {
        return maximum.isPresent() ? minimum + " " + maximum.getAsLong() : Long.toString(minimum);
    }
}

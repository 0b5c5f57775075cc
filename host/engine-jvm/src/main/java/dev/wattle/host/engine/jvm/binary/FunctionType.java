package dev.wattle.host.engine.jvm.binary;

import java.util.List;

/// Parameters and results.
///
/// @spec core `functype`
public record FunctionType(List<ValueType> parameters, List<ValueType> results) {
    public FunctionType {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }
}

package dev.wattle.wit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The type of a component function. Immutable.
///
/// @spec Explainer.md `functype`
public record FunctionType(List<Parameter> parameters, Optional<WitType> result) {
    public FunctionType {
        parameters = List.copyOf(parameters);
        Objects.requireNonNull(result, "result");
    }

    /// A named parameter.
    public record Parameter(String name, WitType type) {
        public Parameter {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
        }
    }
}

package dev.wattle.wit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// The type of a component function. Immutable.
///
/// @param async may a call of it block before it returns? Such a function is of another type than one that may
/// not
/// @spec Explainer.md `functype`
public record FunctionType(List<Parameter> parameters, Optional<WitType> result, boolean async) {
    public FunctionType {
        parameters = List.copyOf(parameters);
        Objects.requireNonNull(result, "result");
    }

    /// The type of a function that returns at once.
    public FunctionType(List<Parameter> parameters, Optional<WitType> result) {
        this(parameters, result, false);
    }

    /// A named parameter.
    public record Parameter(String name, WitType type) {
        public Parameter {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(type, "type");
        }
    }
}

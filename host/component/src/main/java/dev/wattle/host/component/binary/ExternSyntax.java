package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.TypeSyntax.ValueSyntax;

/// `externtype`: what an import or export is declared to be.
///
/// @spec Binary.md `externtype`
public sealed interface ExternSyntax {
    /// `func (type index)`.
    record OfFunction(int type) implements ExternSyntax {}

    /// `type (eq index)`.
    record OfEqualType(int type) implements ExternSyntax {}

    /// `type (sub resource)`.
    record OfResource() implements ExternSyntax {}

    /// `core module (type index)`.
    record OfModule(int type) implements ExternSyntax {}

    /// `component (type index)`.
    record OfComponent(int type) implements ExternSyntax {}

    /// `value type`.
    record OfValue(ValueSyntax type) implements ExternSyntax {}

    /// `value (eq index)`. That it is the same value is not followed any further: only its type counts.
    record OfEqualValue(int value) implements ExternSyntax {}

    /// `instance (type index)`.
    record OfInstance(int type) implements ExternSyntax {}
}

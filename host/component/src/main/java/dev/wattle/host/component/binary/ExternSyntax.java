package dev.wattle.host.component.binary;

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

    /// `instance (type index)`.
    record OfInstance(int type) implements ExternSyntax {}
}

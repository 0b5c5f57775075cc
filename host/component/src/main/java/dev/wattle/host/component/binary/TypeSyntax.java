package dev.wattle.host.component.binary;

import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.WitType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A type definition as it stands in the file.
///
/// @spec Binary.md `deftype`
public sealed interface TypeSyntax {
    /// `valtype`: a primitive, or the index of a type.
    sealed interface ValueSyntax {
        record Index(int index) implements ValueSyntax {}

        record Of(WitType.Primitive primitive) implements ValueSyntax {}

        /// `error-context`, which the binary format counts among the primitives.
        record ErrorContext() implements ValueSyntax {}
    }

    /// `labelvaltype`, or `case` when there may be no type.
    record Labelled(long offset, String label, Optional<ValueSyntax> type) {}

    record PrimitiveSyntax(WitType.Primitive primitive) implements TypeSyntax {}

    record RecordSyntax(List<Labelled> fields) implements TypeSyntax {}

    record VariantSyntax(List<Labelled> cases) implements TypeSyntax {}

    record ListSyntax(ValueSyntax element) implements TypeSyntax {}

    /// @param length unsigned
    record FixedListSyntax(ValueSyntax element, int length) implements TypeSyntax {}

    record MapSyntax(ValueSyntax key, ValueSyntax value) implements TypeSyntax {}

    record ErrorContextSyntax() implements TypeSyntax {}

    record StreamSyntax(Optional<ValueSyntax> element) implements TypeSyntax {}

    record FutureSyntax(Optional<ValueSyntax> element) implements TypeSyntax {}

    record TupleSyntax(List<ValueSyntax> types) implements TypeSyntax {}

    record FlagsSyntax(List<String> labels) implements TypeSyntax {}

    record EnumSyntax(List<String> labels) implements TypeSyntax {}

    record OptionSyntax(ValueSyntax some) implements TypeSyntax {}

    record ResultSyntax(Optional<ValueSyntax> ok, Optional<ValueSyntax> error) implements TypeSyntax {}

    record OwnSyntax(int resource) implements TypeSyntax {}

    record BorrowSyntax(int resource) implements TypeSyntax {}

    record FunctionSyntax(List<Labelled> parameters, Optional<ValueSyntax> result, boolean async)
            implements TypeSyntax {}

    record InstanceSyntax(List<Definition> declarations) implements TypeSyntax {
        public InstanceSyntax {
            declarations = List.copyOf(declarations);
        }
    }

    record ComponentSyntax(List<Definition> declarations) implements TypeSyntax {
        public ComponentSyntax {
            declarations = List.copyOf(declarations);
        }
    }

    /// `resource`, represented by an i32 or an i64.
    record ResourceSyntax(CoreType.Value representation, OptionalInt destructor) implements TypeSyntax {}
}

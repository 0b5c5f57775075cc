package dev.wattle.host.component.binary;

import dev.wattle.host.engine.CoreType;
import java.util.List;
import java.util.OptionalLong;

/// A core type definition as it stands in the file.
///
/// @spec Binary.md `core:deftype`
public sealed interface CoreTypeSyntax {
    /// A recursion group: each of its types gets an index of its own. A lone type is a group of one.
    record Group(List<SubType> types) implements CoreTypeSyntax {
        public Group {
            types = List.copyOf(types);
        }
    }

    /// `core:moduletype`.
    record ModuleSyntax(List<ModuleDeclaration> declarations) implements CoreTypeSyntax {
        public ModuleSyntax {
            declarations = List.copyOf(declarations);
        }
    }

    /// A type of a group.
    ///
    /// @param supertypes indices
    record SubType(long offset, boolean open, List<Integer> supertypes, Composite composite) {}

    /// `core:comptype`.
    sealed interface Composite {
        /// @param shared threads that run at the same time may call it
        record FunctionSyntax(List<ValueSyntax> parameters, List<ValueSyntax> results, boolean shared)
                implements Composite {}

        record StructSyntax(List<ValueSyntax> fields) implements Composite {}

        record ArraySyntax(ValueSyntax element) implements Composite {}
    }

    /// A core value type.
    ///
    /// @param kind what it is without looking at other types
    /// @param index of the type that it refers to, or [#NO_INDEX]
    record ValueSyntax(CoreType.Value kind, int index) {
        static final int NO_INDEX = -1;
    }

    /// `core:moduledecl`.
    sealed interface ModuleDeclaration {
        long offset();

        record ImportDeclaration(long offset, String module, String name, CoreExternSyntax type)
                implements ModuleDeclaration {}

        record TypeDeclaration(long offset, CoreTypeSyntax type) implements ModuleDeclaration {}

        /// `alias outer` of a core type.
        record OuterType(long offset, int count, int index) implements ModuleDeclaration {}

        record ExportDeclaration(long offset, String name, CoreExternSyntax type) implements ModuleDeclaration {}
    }

    /// `core:externtype`.
    sealed interface CoreExternSyntax {
        record OfFunction(int type) implements CoreExternSyntax {}

        record OfTable(ValueSyntax element, long minimum, OptionalLong maximum) implements CoreExternSyntax {}

        record OfMemory(long minimum, OptionalLong maximum, boolean shared) implements CoreExternSyntax {}

        record OfGlobal(ValueSyntax value, boolean mutable) implements CoreExternSyntax {}

        record OfTag(int type) implements CoreExternSyntax {}
    }
}

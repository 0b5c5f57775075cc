package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.TypeSyntax.ValueSyntax;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// One definition of a component (or declarator of an instance type), as it stands in the file: indices are not
/// resolved.
/// `offset` is where it starts, in bytes of the whole file.
///
/// @spec Binary.md, one case for each production
public sealed interface Definition {
    long offset();

    /// An embedded core module: the bytes from `start` to `end` of the file.
    record CoreModuleBytes(long offset, int start, int end) implements Definition {}

    /// `core:instanceexpr` 0x00.
    record CoreInstantiate(long offset, int module, List<Argument> arguments) implements Definition {
        public CoreInstantiate {
            arguments = List.copyOf(arguments);
        }
    }

    /// `core:instanceexpr` 0x01.
    record CoreInlineInstance(long offset, List<Argument> exports) implements Definition {
        public CoreInlineInstance {
            exports = List.copyOf(exports);
        }
    }

    /// A name for something in an index space: an argument, or an inline export.
    record Argument(long offset, String name, Sort sort, int index) {}

    /// A component inside of the component.
    record NestedComponent(long offset, ComponentDefinition component) implements Definition {}

    /// `instanceexpr` 0x00.
    record Instantiate(long offset, int component, List<Argument> arguments) implements Definition {
        public Instantiate {
            arguments = List.copyOf(arguments);
        }
    }

    /// `instanceexpr` 0x01.
    record InlineInstance(long offset, List<Argument> exports) implements Definition {
        public InlineInstance {
            exports = List.copyOf(exports);
        }
    }

    /// `alias export`.
    record AliasExport(long offset, Sort sort, int instance, String name) implements Definition {}

    /// `alias core export`.
    record AliasCoreExport(long offset, Sort sort, int instance, String name) implements Definition {}

    /// `alias outer`.
    record AliasOuter(long offset, Sort sort, int count, int index) implements Definition {}

    /// A core type.
    record CoreTypeDefinition(long offset, CoreTypeSyntax type) implements Definition {}

    /// A type.
    record TypeDefinition(long offset, TypeSyntax type) implements Definition {}

    /// The built-ins on resource types.
    enum ResourceBuiltin {
        NEW,
        DROP,
        REP
    }

    /// `canon lift`.
    record Lift(long offset, int coreFunction, Options options, int type) implements Definition {}

    /// `canon lower`.
    record Lower(long offset, int function, Options options) implements Definition {}

    /// `canon resource.new`, `resource.drop`, `resource.rep`.
    record ResourceCanon(long offset, ResourceBuiltin builtin, int type) implements Definition {}

    /// Any other canonical built-in.
    record BuiltinCanon(long offset, Builtin builtin) implements Definition {}

    /// `canonopt*`.
    record Options(
            Encoding encoding,
            OptionalInt memory,
            OptionalInt realloc,
            OptionalInt postReturn,
            boolean async,
            OptionalInt callback) {}

    /// `string-encoding`.
    enum Encoding {
        UTF8,
        UTF16,
        LATIN1_UTF16
    }

    /// `start`: calls a function when the component is instantiated.
    ///
    /// @param arguments values, by index
    /// @param results how many values it adds
    record Start(long offset, int function, List<Integer> arguments, int results) implements Definition {
        public Start {
            arguments = List.copyOf(arguments);
        }
    }

    /// `value`: a value that stands in the file.
    record ValueDefinition(long offset, ValueSyntax type, Literal literal) implements Definition {}

    /// An import, of a component or component type.
    record Import(long offset, String name, ExternSyntax type) implements Definition {}

    /// An export of a component: something from an index space, and the type that it is shown with.
    record Export(long offset, String name, Sort sort, int index, Optional<ExternSyntax> type) implements Definition {}

    /// `exportdecl` of a component or instance type.
    record ExportDeclaration(long offset, String name, ExternSyntax type) implements Definition {}
}

package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.Definition.Options;
import dev.wattle.host.component.binary.Definition.ResourceBuiltin;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A validated definition: what is to be done when the component is instantiated. Indices are in range, types
/// fit, and type indices are gone. Each step appends to the index space of its sort, as its definition does.
public sealed interface Step {
    /// A core module.
    record DefineModule(CoreModule module) implements Step {}

    /// Instantiates a core module.
    ///
    /// @param imports one for each import of the module's type; a module that is supplied may import less
    record InstantiateModule(int module, List<CoreImport> imports) implements Step {}

    /// An export of a core instance that a core module imports.
    record CoreImport(int instance, ModuleShape.ImportName name) {}

    /// A core instance made of named items.
    record BundleCore(List<Definition.Argument> exports) implements Step {}

    /// A component, for later use.
    record DefineComponent(ValidComponent component) implements Step {}

    /// Instantiates a component.
    ///
    /// @param shape of the new instance; its resource types stand for what that instance exports
    record InstantiateComponent(int component, List<Item> arguments, InstanceShape shape) implements Step {}

    /// An instance made of named items.
    record Bundle(List<Item> exports) implements Step {}

    /// Something of an index space under a name.
    ///
    /// @param index not used when `entity` is a type
    record Item(String name, int index, Entity entity) {}

    /// An export of an instance; for anything but types.
    record AliasExport(Entity entity, int instance, String name) implements Step {}

    /// An export of a core instance.
    record AliasCoreExport(Sort sort, int instance, String name) implements Step {}

    /// A component or core module of an enclosing component.
    record AliasOuter(Sort sort, int count, int index) implements Step {}

    /// A resource type of the component's own.
    ///
    /// @param representation i32 or i64
    record DefineResource(ResourceType type, CoreType.Value representation, OptionalInt destructor) implements Step {}

    /// `canon lift`.
    record LiftFunction(int coreFunction, Options options, FunctionType type) implements Step {}

    /// `canon lower`.
    record LowerFunction(int function, Options options, FunctionType type) implements Step {}

    /// `canon resource.*`.
    record ResourceFunction(ResourceBuiltin builtin, ResourceType type) implements Step {}

    /// Any other canonical built-in; memories, functions and tables among its immediates are indices.
    ///
    /// @param type the stream or future that the built-in is about, or the result of `task.return`
    /// @param signature of the core function that it is
    record BuiltinFunction(Builtin builtin, Optional<WitType> type, CoreType.Function signature) implements Step {}

    /// `canon thread.new-indirect`.
    ///
    /// @param starter calls functions of the table: an instance of [ThreadStarter]'s module
    record NewThreadFunction(CoreModule starter, int table) implements Step {}

    /// A value that stands in the file.
    record DefineValue(WitType type, Literal literal) implements Step {}

    /// Calls a function with values; its result is a further value.
    record CallStart(int function, List<Integer> arguments, FunctionType type) implements Step {}

    /// Takes an import; its resource types are bound to what is supplied.
    record TakeImport(String name, Entity entity) implements Step {}

    /// Exports an item.
    ///
    /// @param shown what it is from outside and for later definitions; its resource types are bound to those of
    /// the
    ///     item
    record GiveExport(Item item, Entity shown) implements Step {}
}

package dev.wattle.host.component;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// What a component imports or exports under one name. Immutable.
///
/// The resource types of a component that is not linked are stand-ins: the imported ones for those of the host,
/// the exported ones for those that each instance makes.
public sealed interface ExternType {
    /// A function at the root of the world.
    record FunctionItem(FunctionType type) implements ExternType {}

    /// An interface, in the order of the binary.
    ///
    /// @param functions under their full names: `convert`, `[method]input-stream.read`
    /// @param inner what WIT cannot say: instances, core modules and components inside
    record InterfaceItem(
            SequencedMap<String, FunctionType> functions,
            SequencedMap<String, ResourceType> resources,
            SequencedMap<String, WitType> types,
            SequencedMap<String, ExternType> inner)
            implements ExternType {
        public InterfaceItem(
                SequencedMap<String, FunctionType> functions,
                SequencedMap<String, ResourceType> resources,
                SequencedMap<String, WitType> types) {
            this(functions, resources, types, new LinkedHashMap<>());
        }

        public InterfaceItem {
            inner = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(inner));
            functions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(functions));
            resources = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(resources));
            types = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(types));
        }
    }

    /// A name for a value type at the root of the world.
    record TypeItem(WitType type) implements ExternType {}

    /// A core module.
    record ModuleItem(List<CoreModule.CoreImport> imports, List<CoreModule.CoreExport> exports) implements ExternType {
        public ModuleItem {
            imports = List.copyOf(imports);
            exports = List.copyOf(exports);
        }
    }

    /// A component.
    record ComponentItem(ComponentType type) implements ExternType {}

    /// A name for a type that is not one of values: of functions, instances or components.
    record OtherTypeItem() implements ExternType {}

    /// A value. A component that has some can be loaded, not run.
    record ValueItem(WitType type) implements ExternType {}

    /// A resource at the root of the world.
    record ResourceItem(ResourceType type) implements ExternType {}
}

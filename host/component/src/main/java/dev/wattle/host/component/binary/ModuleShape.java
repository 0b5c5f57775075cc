package dev.wattle.host.component.binary;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.CoreType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// The type of a core module: what it imports and exports, in the order of the file. No name stands there twice.
public record ModuleShape(SequencedMap<ImportName, CoreType> imports, SequencedMap<String, CoreType> exports) {
    public ModuleShape {
        imports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(imports));
        exports = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(exports));
    }

    /// The two names of a core import.
    public record ImportName(String module, String name) {
        @Override
        public String toString() {
            return "'" + module + "' '" + name + "'";
        }
    }

    /// The type of a module that is compiled. Two imports of the same name are valid in a core module, but not in
    /// a component's: an instance has one export of a name.
    ///
    /// @param offset of the module, for messages; -1 when it is not in the file
    public static ModuleShape of(long offset, CoreModule module) {
        SequencedMap<ImportName, CoreType> imports = new LinkedHashMap<>();
        for (CoreModule.CoreImport one : module.imports()) {
            addImport(offset, imports, new ImportName(one.module(), one.name()), one.type());
        }
        SequencedMap<String, CoreType> exports = new LinkedHashMap<>();
        module.exports().forEach(export -> exports.put(export.name(), export.type()));
        return new ModuleShape(imports, exports);
    }

    static void addImport(long offset, SequencedMap<ImportName, CoreType> imports, ImportName name, CoreType type) {
        if (imports.put(name, type) != null) {
            throw Failures.invalid(offset, "the core module imports " + name + " twice");
        }
    }
}

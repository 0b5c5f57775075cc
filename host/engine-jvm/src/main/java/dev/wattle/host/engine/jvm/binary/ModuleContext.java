package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.binary.WasmModule.Custom;
import dev.wattle.host.engine.jvm.binary.WasmModule.Data;
import dev.wattle.host.engine.jvm.binary.WasmModule.Elements;
import dev.wattle.host.engine.jvm.binary.WasmModule.Export;
import dev.wattle.host.engine.jvm.binary.WasmModule.ExternKind;
import dev.wattle.host.engine.jvm.binary.WasmModule.Global;
import dev.wattle.host.engine.jvm.binary.WasmModule.Import;
import dev.wattle.host.engine.jvm.binary.WasmModule.Memory;
import dev.wattle.host.engine.jvm.binary.WasmModule.Table;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/// What is known of a module while it is being decoded: its index spaces so far, and what validation asks about them.
///
/// @spec core validation, contexts
final class ModuleContext {
    final ModuleLimits limits;
    final TypeSection types;

    final List<Import> imports = new ArrayList<>();
    final IntList functions = new IntList();
    final List<Table> tables = new ArrayList<>();
    final IntList tableTypes = new IntList();
    final List<Memory> memories = new ArrayList<>();
    final List<Global> globals = new ArrayList<>();
    final IntList globalTypes = new IntList();
    final IntList tags = new IntList();
    final List<Export> exports = new ArrayList<>();
    final List<Elements> elements = new ArrayList<>();
    final IntList elementTypes = new IntList();
    final List<Data> data = new ArrayList<>();
    final List<Body> bodies = new ArrayList<>();
    final List<Custom> customs = new ArrayList<>();

    /// Functions that are mentioned outside of bodies.
    final BitSet referenced = new BitSet();

    int importedFunctions;
    int importedTables;
    int importedMemories;
    int importedGlobals;
    int importedTags;
    OptionalInt start = OptionalInt.empty();

    /// Where the contents of the code section start; -1 without one.
    int codeStart = -1;

    /// What the data count section says; -1 without one.
    int dataCount = -1;

    ModuleContext(ModuleLimits limits) {
        this.limits = limits;
        this.types = new TypeSection(limits);
    }

    int[] parameters(int function) {
        return types.parameters(functions.get(function));
    }

    int[] results(int function) {
        return types.results(functions.get(function));
    }

    /// The parameters of a tag's type: what an exception carries.
    int[] tagParameters(int tag) {
        return types.parameters(tags.get(tag));
    }

    int size(ExternKind kind) {
        return switch (kind) {
            case FUNCTION -> functions.size();
            case TABLE -> tables.size();
            case MEMORY -> memories.size();
            case GLOBAL -> globals.size();
            case TAG -> tags.size();
        };
    }

    void countImport(ExternKind kind) {
        switch (kind) {
            case FUNCTION -> importedFunctions++;
            case TABLE -> importedTables++;
            case MEMORY -> importedMemories++;
            case GLOBAL -> importedGlobals++;
            case TAG -> importedTags++;
        }
    }

    /// The module, complete.
    WasmModule module(byte[] binary) {
        return new WasmModule(
                binary,
                Collections.unmodifiableList(types.types()),
                Collections.unmodifiableList(imports),
                definedTypes(functions),
                Collections.unmodifiableList(tables),
                Collections.unmodifiableList(memories),
                Collections.unmodifiableList(globals),
                definedTypes(tags),
                Collections.unmodifiableList(exports),
                start,
                Collections.unmodifiableList(elements),
                Collections.unmodifiableList(data),
                Collections.unmodifiableList(bodies),
                referenced,
                importedFunctions,
                importedTables,
                importedMemories,
                importedGlobals,
                importedTags,
                codeStart,
                Collections.unmodifiableList(customs));
    }

    private List<DefinedType> definedTypes(IntList indices) {
        List<DefinedType> defined = new ArrayList<>(indices.size());
        for (int i = 0; i < indices.size(); i++) {
            defined.add(types.types().get(indices.get(i)));
        }
        return Collections.unmodifiableList(defined);
    }
}

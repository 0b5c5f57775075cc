package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.DefinedType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.binary.WasmModule.Export;
import dev.wattle.host.engine.jvm.binary.WasmModule.ExternKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the code of all functions of a module agrees on: names of classes and fields, and JVM types. Safe for
/// any thread.
final class ModuleShape {
    /// Of what is numbered from this, generated code takes an array's element, not a field: a class has at most
    /// 65,535 constants, and a field takes three of them, an imported function's or a vector's twice as many.
    static final int MAX_FIELDS = 2000;

    /// Constant expressions of more instructions are not compiled but evaluated, for the same reason.
    private static final int MAX_COMPILED_STEPS = 4;

    /// Memories whose arrays are kept in the JVM's locals.
    static final int MAX_CACHED_MEMORIES = 8;

    final WasmModule module;
    final CodeOptions options;
    final String packageName;
    final ClassDesc instance;
    private final FunctionNames names;
    private final Map<String, Signature> signatures = new ConcurrentHashMap<>();
    private final BitSet cells = new BitSet();

    ModuleShape(WasmModule module, CodeOptions options, String packageName, FunctionNames names) {
        this.module = module;
        this.options = options;
        this.packageName = packageName;
        this.names = names;
        this.instance = ClassDesc.of(packageName, "Instance");
        cells.set(0, module.importedGlobals());
        for (Export export : module.exports()) {
            if (export.kind() == ExternKind.GLOBAL
                    && module.globals().get(export.index()).mutable()) {
                cells.set(export.index());
            }
        }
    }

    Signature signature(DefinedType type) {
        return signatures.computeIfAbsent(type.id(), _ -> new Signature(type));
    }

    Signature signatureOf(int function) {
        return signature(module.functions().get(function));
    }

    boolean isImport(int function) {
        return function < module.importedFunctions();
    }

    Body body(int function) {
        return module.bodies().get(function - module.importedFunctions());
    }

    /// Whether a call of its code may return with a tail call pending.
    boolean leavesCallsPending(int function) {
        return body(function).traits().tailCalls();
    }

    ClassDesc functionClass(int function) {
        return ClassDesc.of(packageName, "F" + function);
    }

    ClassDesc frameClass(int function) {
        return ClassDesc.of(packageName, "L" + function);
    }

    /// The static method with a function's code.
    String functionName(int function) {
        return names.methodName(function);
    }

    /// Whether a global is in a cell, because others see it or because it is far.
    boolean isCell(int global) {
        return cells.get(global) || isFar(global);
    }

    /// Whether a global's cell is in an array, and the engine gives it its value: there are too many for fields, or
    /// its initial value is too long for code.
    boolean isFar(int global) {
        return global >= MAX_FIELDS
                || (global >= module.importedGlobals()
                        && module.globals().get(global).initial().steps().size() > MAX_COMPILED_STEPS);
    }

    ValueType globalType(int global) {
        return module.globals().get(global).type();
    }

    /// The member of an instance that is numbered so.
    Member field(String letter, int index, ClassDesc type) {
        return Member.get(instance, letter + index, type);
    }

    Member memoryBytes(int memory) {
        return field("m", memory, Runtime.BYTES);
    }

    Member memoryCards(int memory) {
        return field("c", memory, Runtime.BYTES);
    }

    Member memory(int memory) {
        return field("M", memory, Runtime.MEMORY);
    }

    Member table(int table) {
        return field("t", table, Runtime.TABLE);
    }

    Member tag(int tag) {
        return field("x", tag, Runtime.TAG);
    }

    Member globalCell(int global) {
        return field("G", global, Runtime.CELL);
    }

    Member global(int global) {
        return field("g", global, Kind.of(globalType(global)).descriptor);
    }

    Member globalHigh(int global) {
        return Member.get(instance, "g" + global + "h", ConstantDescs.CD_long);
    }

    /// The cells of globals that are far, by global index.
    Member farCells() {
        return Member.get(instance, "cells", Runtime.CELL.arrayType());
    }

    /// All tables, where there are too many for fields.
    Member tables() {
        return Member.get(instance, "tables", Runtime.TABLE.arrayType());
    }

    /// All tags, likewise.
    Member tags() {
        return Member.get(instance, "tags", Runtime.TAG.arrayType());
    }

    /// All imported functions, likewise.
    Member importedFunctions() {
        return Member.get(instance, "imports", Runtime.FUNCTION.arrayType());
    }

    Member importedFunction(int function) {
        return field("i", function, signatureOf(function).signatureClass);
    }
}

package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.DefinedType;
import dev.wattle.host.engine.jvm.binary.NameSection;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.binary.WasmModule.Export;
import dev.wattle.host.engine.jvm.binary.WasmModule.ExternKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.BitSet;
import java.util.List;
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

    private static final int DIGEST_DIGITS = 8;
    private static final ImportCode UNKNOWN = new ImportCode.Unknown();

    final WasmModule module;
    final CodeOptions options;
    final String packageName;
    final ClassDesc instance;
    final ClassDesc instanceFactory;
    private final FunctionNames names;
    private final List<ImportCode> imports;
    private final Map<String, Signature> signatures = new ConcurrentHashMap<>();
    private final BitSet cells = new BitSet();

    /// @param imports by function; empty when nothing is known of any
    ModuleShape(
            WasmModule module, CodeOptions options, String packageName, FunctionNames names, List<ImportCode> imports) {
        this.module = module;
        this.options = options;
        this.packageName = packageName;
        this.names = names;
        this.imports = List.copyOf(imports);
        this.instance = ClassDesc.of(packageName, "Instance");
        this.instanceFactory = ClassDesc.of(packageName, "Instances");
        cells.set(0, module.importedGlobals());
        for (Export export : module.exports()) {
            if (export.kind() == ExternKind.GLOBAL
                    && module.globals().get(export.index()).mutable()) {
                cells.set(export.index());
            }
        }
    }

    /// @param digest of the binary and of what is known of its imports, in hexadecimal digits
    /// @param imports by function; empty when nothing is known of any
    static ModuleShape of(WasmModule module, String digest, CodeOptions options, List<ImportCode> imports) {
        NameSection names = NameSection.of(module);
        FunctionNames functionNames = index -> names.function(index)
                .map(each -> FunctionNames.legal(each, index))
                .orElse("f" + index);
        return new ModuleShape(module, options, packageName(names, digest), functionNames, imports);
    }

    static String packageName(NameSection names, String digest) {
        String name = names.module().map(ModuleShape::reduced).orElse("");
        return "w." + (name.isEmpty() ? "module" : name) + "_"
                + digest.substring(0, Math.min(DIGEST_DIGITS, digest.length()));
    }

    /// Letters, digits and `_` of a name, so that it can be a package's.
    private static String reduced(String name) {
        String kept = name.replaceAll("[^A-Za-z0-9_]", "_");
        return kept.substring(0, Math.min(kept.length(), FunctionNames.MAX_LENGTH));
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

    /// The class of an import that is code of the host.
    ClassDesc hostImportClass(int function) {
        return ClassDesc.of(packageName, "H" + function);
    }

    List<ImportCode> imports() {
        return imports;
    }

    /// What is known of a function that is imported.
    ImportCode importCode(int function) {
        return imports.isEmpty() ? UNKNOWN : imports.get(function);
    }

    /// Whether calls of a function go to a method that is known.
    boolean isKnown(int function) {
        return !isImport(function) || !(importCode(function) instanceof ImportCode.Unknown);
    }

    /// Whether calls of a function that is known take the caller's own instance with them.
    boolean isOfOwnInstance(int function) {
        return !isImport(function) || importCode(function) instanceof ImportCode.OfHost;
    }

    /// Where calls of a function that is known go.
    CallTarget target(int function) {
        if (!isImport(function)) {
            return new CallTarget(
                    functionClass(function),
                    leavesCallsPending(function) ? FunctionClass.DRIVE : functionName(function),
                    signatureOf(function).body(instance));
        }
        return switch (importCode(function)) {
            case ImportCode.OfModule(var code, var index) -> code.shape().target(index);
            case ImportCode.OfHost _ ->
                new CallTarget(
                        hostImportClass(function),
                        functionName(function),
                        signatureOf(function).body(instance));
            case ImportCode.Unknown _ -> throw new IllegalArgumentException("not known: function " + function);
        };
    }

    /// The function whose class, or a part of it, has that name; -1 when none has.
    int functionOf(String simpleName) {
        int function = numbered("FL", simpleName);
        return function < 0 || isImport(function) ? -1 : function;
    }

    /// The import, wired to code of the host, whose class has that name; -1 when none has.
    int hostImportOf(String simpleName) {
        int function = numbered("H", simpleName);
        boolean host = function >= 0 && isImport(function) && importCode(function) instanceof ImportCode.OfHost;
        return host ? function : -1;
    }

    /// The function that a class name means which begins with one of those letters, then a number; -1 for others.
    private int numbered(String letters, String simpleName) {
        int end = 1;
        while (end < simpleName.length() && Character.isDigit(simpleName.charAt(end))) {
            end++;
        }
        if (end == 1 || letters.indexOf(simpleName.charAt(0)) < 0) {
            return -1;
        }
        int function = Integer.parseInt(simpleName, 1, end, 10);
        return function >= module.functions().size() ? -1 : function;
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

    /// What an instance has for an import that is known: the instance with the function, or the host's first
    /// argument.
    Member wired(int function) {
        boolean host = importCode(function) instanceof ImportCode.OfHost;
        return field(
                "w", function, host ? ConstantDescs.CD_Object : target(function).instance());
    }

    Member importedFunction(int function) {
        return field("i", function, signatureOf(function).signatureClass);
    }
}

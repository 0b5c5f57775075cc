package dev.wattle.host.engine.jvm.binary;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// A decoded and valid module: immutable. Holds the bytes it was decoded from, because bodies and data stay there.
///
/// Index spaces start with the imports: a function index below [#importedFunctions()] is an import, and so on.
///
/// @param binary the module's bytes, owned by this object; offsets below point into it
/// @param types by type index
/// @param functions the type of each function, imports first
/// @param tables the type and initial value of each table, imports first
/// @param memories imports first
/// @param globals imports first
/// @param tags the type of each tag, imports first
/// @param bodies of the functions that are not imported
/// @param codeStart where the contents of the code section start, from which DWARF counts; -1 without one
/// @param referenced functions that `ref.func`, an element segment, a global or an export names
@SuppressWarnings("ArrayRecordComponent") // megabytes that everybody reads in place; equality is identity
public record WasmModule(
        byte[] binary,
        List<DefinedType> types,
        List<Import> imports,
        List<DefinedType> functions,
        List<Table> tables,
        List<Memory> memories,
        List<Global> globals,
        List<DefinedType> tags,
        List<Export> exports,
        OptionalInt start,
        List<Elements> elements,
        List<Data> data,
        List<Body> bodies,
        BitSet referenced,
        int importedFunctions,
        int importedTables,
        int importedMemories,
        int importedGlobals,
        int importedTags,
        int codeStart,
        List<Custom> customs) {

    /// What an import or export is.
    public enum ExternKind {
        FUNCTION,
        TABLE,
        MEMORY,
        GLOBAL,
        TAG
    }

    /// An import.
    ///
    /// @param index in the index space of its kind, where its type stands
    public record Import(String module, String name, ExternKind kind, int index) {}

    /// An export.
    public record Export(String name, ExternKind kind, int index) {}

    /// A table; `initial` is the null reference where the binary gives none.
    public record Table(ValueType.Reference element, long minimum, OptionalLong maximum, Constant initial) {}

    /// A memory, in pages of 64 KiB.
    public record Memory(long minimumPages, OptionalLong maximumPages) {}

    /// A global; an import's `initial` is empty.
    public record Global(ValueType type, boolean mutable, Constant initial) {}

    /// Where a segment goes.
    public sealed interface Mode {
        /// Copied when the instance is made.
        record Active(int index, Constant offset) implements Mode {}

        /// Copied by an instruction.
        record Passive() implements Mode {}

        /// Only names functions that `ref.func` may use.
        record Declared() implements Mode {}
    }

    /// An element segment.
    public record Elements(Mode mode, ValueType.Reference type, List<Constant> items) {}

    /// A data segment: `length` bytes from `start` of the binary.
    public record Data(Mode mode, int start, int length) {}

    /// A constant expression, in the order of its instructions.
    public record Constant(List<Step> steps) {
        public Constant {
            steps = List.copyOf(steps);
        }

        /// An instruction of a constant expression.
        public sealed interface Step {
            /// Pushes a number: an int, long, float or double by its bits.
            @SuppressWarnings("AvoidCommonTypeNames") // the spec's word, always written with its owner
            record Number(ValueType.Number type, long bits) implements Step {}

            /// Pushes a vector.
            record Vector(long low, long high) implements Step {}

            /// Pushes null.
            record Null(HeapType heap) implements Step {}

            /// Pushes a reference to a function.
            record Function(int index) implements Step {}

            /// Pushes the value of an earlier global.
            record GlobalValue(int index) implements Step {}

            /// `add`, `sub` or `mul` of two numbers.
            record Arithmetic(ValueType.Number type, char operator) implements Step {}
        }
    }

    /// A run of locals of one type, as the binary has them.
    public record Locals(int count, ValueType type) {}

    /// A function's code: instructions from `start` to `end` (after the last `end`), offsets into the binary.
    ///
    /// @param locals without the parameters
    /// @param instructions how many there are, the last `end` included
    /// @param labels how many blocks, loops, ifs and `try_table`s
    /// @param nesting the most labels that are open at once, the body's own included
    /// @param operands the most values that are pending at once
    /// @param traits what the validator saw on its way
    public record Body(
            int start,
            int end,
            List<Locals> locals,
            int instructions,
            int labels,
            int nesting,
            int operands,
            Traits traits) {}

    /// What a body does, for whoever generates code.
    ///
    /// @param loops has a loop
    /// @param calls calls another function, in any way
    /// @param tailCalls calls one with `return_call` in any form
    /// @param catches has a `try_table`
    public record Traits(boolean loops, boolean calls, boolean tailCalls, boolean catches) {}

    /// A custom section: `length` bytes from `start` of the binary.
    public record Custom(String name, int start, int length) {}

    /// Its type, also for an import.
    public FunctionType function(int index) {
        return functions.get(index).function();
    }

    @Override
    public String toString() {
        return "module of " + binary.length + " bytes, " + bodies.size() + " functions";
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(binary);
    }
}

package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.BodyReader;
import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.Opcode;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A function on its way from Wasm instructions to nodes: what all parts of the translator share.
///
/// How an instruction is translated: `Node start = stack.consume(n)` sees to it that the operands are on the
/// JVM's stack; nodes are added to `code`; `stack.push(type, start)` tells that they leave a value. Of an
/// instruction without operands, `start` is the first node that was added. Vectors are never consumed so: see
/// [#takeVector].
final class Translation {
    final ModuleShape shape;
    final int function;
    final Signature signature;
    final BodyReader reader;
    final NodeList code = new NodeList();
    final Variables variables;
    final OperandStack stack;
    final List<Block> blocks = new ArrayList<>();

    /// What handlers catch: ranges of code between two targets, none of which is in another.
    final List<Handler> handlers = new ArrayList<>();

    /// The innermost `try_table` around the current instruction that catches anything.
    @Nullable
    Handling handling;

    /// Whether control gets to the current instruction.
    boolean reachable = true;

    /// How many loops are around the current instruction.
    int loopDepth;

    /// Code between two labels, and where its exceptions go.
    record Handler(Target start, Target end, Target handler) {}

    Translation(ModuleShape shape, int function) {
        this.shape = shape;
        this.function = function;
        this.signature = shape.signatureOf(function);
        this.reader = new BodyReader(shape.module, shape.body(function));
        this.variables =
                new Variables(signature.type.function(), shape.body(function).locals());
        this.stack = new OperandStack(code, variables);
    }

    /// Between these nodes, near the beginning, locals are given their initial values.
    Node beforeZeros = code.last();

    Node lastZero = beforeZeros;

    private final Target again = new Target(false);

    /// Where the function begins, with new arguments in the parameters: where it goes when it calls itself in
    /// the place of a return.
    Target again() {
        return again;
    }

    Target newTarget() {
        Target target = new Target(false);
        target.depth = loopDepth;
        return target;
    }

    Target newInternal() {
        return new Target(true);
    }

    /// Takes the vector on top: variables or constants, to be pushed by [OperandStack#load] or half by half.
    Operand takeVector() {
        return stack.popLazy();
    }

    /// Pushes half of a vector on the JVM's stack.
    Node loadHalf(Operand vector, boolean high) {
        if (vector.form == Operand.Form.CONSTANT) {
            return code.constant(high ? vector.high : vector.bits);
        }
        return code.load(Objects.requireNonNull(high ? vector.highVariable : vector.variable));
    }

    /// Pushes an `int` word of the scratch area, or a `long` or a reference, as a value of that kind.
    Node loadScratch(int word, Kind kind) {
        Node start = code.self();
        code.member(Runtime.OWN_SCRATCH);
        code.member(kind == Kind.REFERENCE ? Runtime.REFERENCES : Runtime.WORDS);
        loadElement(kind == Kind.REFERENCE ? word / 2 : word, kind);
        return start;
    }

    /// Pushes an element of the array that is on the JVM's stack.
    void loadElement(int index, Kind kind) {
        code.constant(index);
        if (kind == Kind.REFERENCE) {
            code.plain(Opcode.AALOAD);
        } else {
            code.plain(Opcode.LALOAD);
            fromWord(kind);
        }
    }

    /// What is on the JVM's stack as a `long`, as a value of that kind.
    void fromWord(Kind kind) {
        switch (kind) {
            case INT -> code.plain(Opcode.L2I);
            case FLOAT -> {
                code.plain(Opcode.L2I);
                code.member(Runtime.BITS_FLOAT);
            }
            case DOUBLE -> code.member(Runtime.BITS_DOUBLE);
            case LONG, REFERENCE -> {}
        }
    }

    void toWord(Kind kind) {
        switch (kind) {
            case INT -> code.plain(Opcode.I2L);
            case FLOAT -> {
                code.member(Runtime.FLOAT_BITS);
                code.plain(Opcode.I2L);
            }
            case DOUBLE -> code.member(Runtime.DOUBLE_BITS);
            case LONG, REFERENCE -> {}
        }
    }

    /// Stores a lazy operand as value `index` of the scratch area.
    void storeScratch(int index, Operand lazy) {
        code.self();
        code.member(Runtime.OWN_SCRATCH);
        boolean reference = lazy.kind == Kind.REFERENCE;
        code.member(reference ? Runtime.REFERENCES : Runtime.WORDS);
        storeElement(index, lazy);
    }

    /// Stores a lazy operand as value `index` of the array of words or references on the JVM's stack, and drops
    /// that.
    void storeElement(int index, Operand lazy) {
        if (lazy.kind == Kind.REFERENCE) {
            code.constant(index);
            stack.load(lazy);
            code.plain(Opcode.AASTORE);
            return;
        }
        if (lazy.vector) {
            code.plain(Opcode.DUP);
            code.constant(2 * index + 1);
            loadHalf(lazy, true);
            code.plain(Opcode.LASTORE);
            code.constant(2 * index);
            loadHalf(lazy, false);
        } else {
            code.constant(2 * index);
            stack.load(lazy);
            toWord(lazy.kind);
        }
        code.plain(Opcode.LASTORE);
    }

    /// Stores values that are lazy as the values of the scratch area, from `first`. Nothing that is no operand may be
    /// on the JVM's stack.
    void storeScratch(List<Operand> lazies, int first) {
        for (int i = first; i < lazies.size(); i++) {
            cutIfPossible();
            storeScratch(i, lazies.get(i));
        }
    }

    /// Within what handles many values, each on its own: code may be cut here when no operand is on the JVM's stack,
    /// and nothing else is.
    void cutIfPossible() {
        if (stack.isCut()) {
            code.markCut();
        }
    }

    /// Takes operands as lazy ones, the deepest first; those that are on the JVM's stack go to variables.
    List<Operand> takeLazy(int count) {
        if (count == 0) {
            return List.of();
        }
        stack.spillFrom(stack.top(count - 1));
        List<Operand> taken = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            taken.add(stack.popLazy());
        }
        return taken.reversed();
    }

    /// Calls something that throws, and goes on nowhere.
    void trap(Member maker) {
        code.member(maker);
        code.throwing();
        reachable = false;
    }

    /// A call, of whatever may change memories: their arrays are taken again.
    void afterMove() {
        code.moved();
        for (int i = 0; i < cachedMemories(); i++) {
            code.reload(i);
        }
    }

    int cachedMemories() {
        return Math.min(shape.module.memories().size(), ModuleShape.MAX_CACHED_MEMORIES);
    }

    /// Drops from the JVM's stack all that is left there, when control goes elsewhere.
    void discardStack(int aboveHeight) {
        for (int i = stack.height() - 1; i >= aboveHeight && !stack.isCut(); i--) {
            stack.discardTop();
        }
        stack.cutTo(aboveHeight);
    }

    /// Pushes `self.<field>`.
    Node selfField(Member field) {
        Node start = code.self();
        code.member(field);
        return start;
    }

    Kind kindOf(ValueType type) {
        return Kind.of(type);
    }

    /// Pushes a table.
    Node table(int index) {
        return index < ModuleShape.MAX_FIELDS ? selfField(shape.table(index)) : element(shape.tables(), index);
    }

    /// Pushes a tag.
    Node tag(int index) {
        return index < ModuleShape.MAX_FIELDS ? selfField(shape.tag(index)) : element(shape.tags(), index);
    }

    /// Pushes the cell of a global.
    Node cell(int global) {
        return shape.isFar(global) ? element(shape.farCells(), global) : selfField(shape.globalCell(global));
    }

    /// Pushes an imported function, as of its signature class.
    Node importedFunction(int index) {
        if (index < ModuleShape.MAX_FIELDS) {
            return selfField(shape.importedFunction(index));
        }
        Node start = element(shape.importedFunctions(), index);
        code.cast(shape.signatureOf(index).signatureClass);
        return start;
    }

    private Node element(Member array, int index) {
        Node start = selfField(array);
        code.constant(index);
        code.plain(Opcode.AALOAD);
        return start;
    }

    static final java.lang.constant.ClassDesc OBJECT = ConstantDescs.CD_Object;
}

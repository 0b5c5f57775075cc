package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.binary.ValueType.Number;
import dev.wattle.host.engine.jvm.code.MemoryTranslator.Width;
import dev.wattle.host.engine.jvm.code.VectorOperation.Step;
import java.lang.classfile.Opcode;
import java.util.ArrayList;
import java.util.List;

/// Vector instructions: what [VectorOperations] says of each, with its operands in two variables each, and its
/// result stored to two.
///
/// Both halves of a result are made before the first is stored: they may be stored where an operand was.
final class SimdTranslator {
    private static final int BYTES_PER_HALF = 8;

    /// The scratch variables used here; [MemoryTranslator] uses lower numbers meanwhile.
    private static final int SCRATCH = 8;

    private final Translation translation;
    private final MemoryTranslator memory;
    private final NodeList code;
    private final OperandStack stack;

    SimdTranslator(Translation translation, MemoryTranslator memory) {
        this.translation = translation;
        this.memory = memory;
        this.code = translation.code;
        this.stack = translation.stack;
    }

    /// Translates the vector instruction that was read last.
    void translate(Instruction instruction) {
        VectorOperation operation = VectorOperations.of(instruction);
        if (operation == null) {
            translateWithoutStep(instruction);
        } else if (operation.access() == null) {
            translate(operation, instruction);
        } else {
            translate(operation, operation.access(), instruction);
        }
    }

    private void translateWithoutStep(Instruction instruction) {
        switch (instruction) {
            case V128_CONST ->
                stack.pushConstant(Number.V128, translation.reader.bits(), translation.reader.highBits());
            case V128_LOAD -> load();
            case V128_STORE -> store();
            case V128_LOAD32_ZERO -> loadZero(Instruction.I64_LOAD32_U);
            case V128_LOAD64_ZERO -> loadZero(Instruction.I64_LOAD);
            case I8X16_SHUFFLE -> shuffle();
            default -> throw new IllegalArgumentException("not a vector instruction: " + instruction);
        }
    }

    private void translate(VectorOperation operation, Instruction instruction) {
        Step step = operation.step();
        switch (operation.shape()) {
            case HALVES -> halves(step, instruction.operands().size());
            case SHIFT -> shift(step);
            case SPLAT -> splat(step);
            case EXTRACT -> extract(step, instruction, instruction.results().getFirst());
            case REPLACE -> {
                Operand scalar = takeScalar();
                replace(step, instruction, stack.popLazy(), scalar);
            }
            case TEST -> {
                Node start = stack.load(stack.popLazy());
                apply(step);
                stack.push(Number.I32, start);
            }
            case WIDEN_LOW -> widen(step, instruction.operands().size(), false);
            case WIDEN_HIGH -> widen(step, instruction.operands().size(), true);
            case NARROW -> narrow(step);
            case NARROW_ZERO -> {
                stack.load(stack.popLazy());
                apply(step);
                code.constant(0L);
                stack.storeVector();
            }
            case SWIZZLE -> swizzle(step);
            case LOAD_WIDEN, LOAD_SPLAT, LOAD_LANE, STORE_LANE ->
                throw new IllegalArgumentException("accesses memory: " + instruction);
        }
    }

    /// An instruction that is another one, on memory, and a step.
    private void translate(VectorOperation operation, Instruction access, Instruction instruction) {
        Step step = operation.step();
        switch (operation.shape()) {
            case LOAD_SPLAT -> {
                memory.load(access);
                splat(step);
            }
            case LOAD_WIDEN -> {
                memory.load(access);
                widenLoaded(step);
            }
            case LOAD_LANE -> {
                Operand vector = stack.popLazy();
                memory.load(access);
                replace(step, instruction, vector, takeScalar());
            }
            case STORE_LANE -> {
                extract(step, instruction, access.operands().getLast());
                memory.store(access);
            }
            case HALVES, SHIFT, SPLAT, EXTRACT, REPLACE, TEST, WIDEN_LOW, WIDEN_HIGH, NARROW, NARROW_ZERO, SWIZZLE ->
                throw new IllegalArgumentException("does not access memory: " + instruction);
        }
    }

    private void apply(Step step) {
        switch (step) {
            case Step.Operator(Opcode opcode) -> code.plain(opcode);
            case Step.Call(var owner, var method, var type) -> code.member(Member.callStatic(owner, method, type));
        }
    }

    /// Takes vectors, the deepest first in the list.
    private List<Operand> takeVectors(int count) {
        List<Operand> vectors = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            vectors.addFirst(stack.popLazy());
        }
        return vectors;
    }

    /// Takes a scalar that is needed more than once, or above something that comes later.
    private Operand takeScalar() {
        Operand scalar = stack.top(0);
        if (!scalar.onStack()) {
            return stack.popLazy();
        }
        stack.consume(1);
        Operand stored = new Operand(scalar.type, scalar.height, Operand.Form.TEMPORARY);
        stored.variable = translation.variables.scratch(scalar.kind, SCRATCH);
        code.store(stored.variable);
        return stored;
    }

    private void halves(Step step, int count) {
        List<Operand> vectors = takeVectors(count);
        for (boolean high : List.of(false, true)) {
            vectors.forEach(vector -> translation.loadHalf(vector, high));
            apply(step);
        }
        stack.storeVector();
    }

    private void shift(Step step) {
        Operand count = takeScalar();
        Operand vector = stack.popLazy();
        for (boolean high : List.of(false, true)) {
            translation.loadHalf(vector, high);
            stack.load(count);
            apply(step);
        }
        stack.storeVector();
    }

    private void splat(Step step) {
        stack.consume(1);
        apply(step);
        code.plain(Opcode.DUP2);
        stack.storeVector();
    }

    private void extract(Step step, Instruction instruction, Number type) {
        Operand vector = stack.popLazy();
        int lane = translation.reader.lane();
        int perHalf = instruction.lanes() / 2;
        Node start = translation.loadHalf(vector, lane >= perHalf);
        code.constant(lane % perHalf);
        apply(step);
        stack.push(type, start);
    }

    private void replace(Step step, Instruction instruction, Operand vector, Operand scalar) {
        int lane = translation.reader.lane();
        int perHalf = instruction.lanes() / 2;
        for (boolean high : List.of(false, true)) {
            translation.loadHalf(vector, high);
            if (high == lane >= perHalf) {
                stack.load(scalar);
                code.constant(lane % perHalf);
                apply(step);
            }
        }
        stack.storeVector();
    }

    private void widen(Step step, int count, boolean high) {
        List<Operand> vectors = takeVectors(count);
        vectors.forEach(vector -> loadInt(vector, high, false));
        apply(step);
        vectors.forEach(vector -> loadInt(vector, high, true));
        apply(step);
        stack.storeVector();
    }

    /// Pushes the lower or the upper 32 bits of half a vector.
    private void loadInt(Operand vector, boolean high, boolean upper) {
        translation.loadHalf(vector, high);
        halfToInt(upper);
    }

    private void halfToInt(boolean upper) {
        if (upper) {
            code.constant(Integer.SIZE);
            code.plain(Opcode.LUSHR);
        }
        code.plain(Opcode.L2I);
    }

    private void widenLoaded(Step step) {
        Operand loaded = takeScalar();
        for (boolean upper : List.of(false, true)) {
            stack.load(loaded);
            halfToInt(upper);
            apply(step);
        }
        stack.storeVector();
    }

    private void narrow(Step step) {
        for (Operand vector : takeVectors(2)) {
            stack.load(vector);
            apply(step);
        }
        stack.storeVector();
    }

    private void swizzle(Step step) {
        List<Operand> vectors = takeVectors(2);
        for (boolean high : List.of(false, true)) {
            stack.load(vectors.getFirst());
            translation.loadHalf(vectors.getLast(), high);
            apply(step);
        }
        stack.storeVector();
    }

    private void shuffle() {
        List<Operand> vectors = takeVectors(2);
        for (long lanes : new long[] {translation.reader.bits(), translation.reader.highBits()}) {
            shuffle(vectors, ShuffleHalf.of(lanes));
        }
        stack.storeVector();
    }

    private void shuffle(List<Operand> vectors, ShuffleHalf plan) {
        boolean first = true;
        for (ShuffleHalf.Move move : plan.moves()) {
            translation.loadHalf(vectors.get(move.source() / 2), move.source() % 2 != 0);
            if (move.shift() != 0) {
                code.constant(Math.abs(move.shift()));
                code.plain(move.shift() < 0 ? Opcode.LUSHR : Opcode.LSHL);
            }
            if (move.masked()) {
                code.constant(move.mask());
                code.plain(Opcode.LAND);
            }
            if (!first) {
                code.plain(Opcode.LOR);
            }
            first = false;
        }
        if (plan.factor() != 1) {
            code.constant(plan.factor());
            code.plain(Opcode.LMUL);
        }
    }

    /// The lanes that are not read are 0.
    private void loadZero(Instruction access) {
        memory.load(access);
        stack.consume(1);
        code.constant(0L);
        stack.storeVector();
    }

    /// The low half comes first: it traps when the index is negative, which that of the high half need not be
    /// then.
    private void load() {
        int index = translation.reader.index();
        Variable place = indexVariable();
        memory.address(index, translation.reader.memoryOffset());
        code.plain(Opcode.DUP);
        code.store(place);
        code.member(Width.LONG.load);
        memory.pushBytes(index);
        code.load(place);
        code.constant(BYTES_PER_HALF);
        code.plain(Opcode.IADD);
        code.member(Width.LONG.load);
        stack.storeVector();
    }

    /// The high half comes first: when it is in bounds, so is the low one, and nothing is written otherwise.
    /// For that its index must stay negative when that of the low half is.
    private void store() {
        int index = translation.reader.index();
        Variable place = indexVariable();
        Operand vector = stack.popLazy();
        memory.address(index, translation.reader.memoryOffset());
        if (memory.cards) {
            memory.markCard(index);
        }
        code.plain(Opcode.DUP);
        code.store(place);
        code.constant(BYTES_PER_HALF);
        code.plain(Opcode.IADD);
        code.load(place);
        code.constant(Integer.SIZE - 1);
        code.plain(Opcode.ISHR);
        code.plain(Opcode.IOR);
        translation.loadHalf(vector, true);
        code.member(Width.LONG.store);
        memory.pushBytes(index);
        code.load(place);
        translation.loadHalf(vector, false);
        code.member(Width.LONG.store);
    }

    private Variable indexVariable() {
        return translation.variables.scratch(Kind.INT, SCRATCH);
    }
}

package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.ValueType.Number;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant;
import dev.wattle.host.engine.jvm.binary.WasmModule.Constant.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Reads constant expressions and checks that they give what is wanted.
///
/// @spec core validation, constant expressions
final class ConstantReader {
    private final ModuleContext context;
    private final Map<Integer, Constant> functions = new HashMap<>();
    private final Map<HeapType, Constant> nulls = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private final IntStack operands = new IntStack();
    private int instructions;

    ConstantReader(ModuleContext context) {
        this.context = context;
    }

    /// Reads an expression that must give a value of a type.
    Constant read(Input input, int type) {
        steps.clear();
        operands.clear();
        while (step(input)) {
            if (steps.size() > context.limits.constantInstructions() - instructions) {
                throw Input.exceeds(
                        "instructions in constant expressions",
                        context.limits.constantInstructions(),
                        input.position());
            }
        }
        int at = input.position() - 1;
        if (operands.size() != 1) {
            throw Input.invalid(
                    "type mismatch: a constant expression leaves %d values instead of one".formatted(operands.size()),
                    at);
        }
        expect(operands.pop(), type, at);
        return constant();
    }

    /// A constant that is a reference to a function, one object for each function.
    Constant function(int index) {
        context.referenced.set(index);
        return functions.computeIfAbsent(index, i -> new Constant(List.of(new Step.Function(i))));
    }

    /// A constant that is null.
    Constant nullReference(HeapType heap) {
        return nulls.computeIfAbsent(heap, h -> new Constant(List.of(new Step.Null(h))));
    }

    private Constant constant() {
        if (steps.size() == 1 && steps.getFirst() instanceof Step.Function(int index)) {
            return function(index);
        }
        if (steps.size() == 1 && steps.getFirst() instanceof Step.Null(HeapType heap)) {
            return nullReference(heap);
        }
        instructions += steps.size();
        return new Constant(steps);
    }

    private boolean step(Input input) {
        int at = input.position();
        Instruction instruction = Opcodes.read(input);
        switch (instruction) {
            case END -> {
                return false;
            }
            case I32_CONST -> number(Number.I32, input.s32());
            case I64_CONST -> number(Number.I64, input.s64());
            case F32_CONST -> number(Number.F32, input.int32() & 0xFFFF_FFFFL);
            case F64_CONST -> number(Number.F64, input.int64());
            case V128_CONST -> push(TypeCode.V128, new Step.Vector(input.int64(), input.int64()));
            case I32_ADD, I64_ADD -> arithmetic(instruction, '+', at);
            case I32_SUB, I64_SUB -> arithmetic(instruction, '-', at);
            case I32_MUL, I64_MUL -> arithmetic(instruction, '*', at);
            case REF_NULL -> {
                int heap = context.types.readHeap(input);
                push(TypeCode.reference(true, heap), new Step.Null(TypeCode.modelHeap(heap, context.types.types())));
            }
            case REF_FUNC -> {
                int index = input.index("function", context.functions.size());
                context.referenced.set(index);
                push(context.types.reference(context.functions.get(index)), new Step.Function(index));
            }
            case GLOBAL_GET -> global(input, at);
            default -> throw Input.invalid("constant expression required, not " + instruction.text(), at);
        }
        return true;
    }

    private void number(Number type, long bits) {
        push(TypeCode.of(type), new Step.Number(type, bits));
    }

    private void global(Input input, int at) {
        int index = input.index("global", context.globals.size());
        if (context.globals.get(index).mutable()) {
            throw Input.invalid("constant expression required, not a mutable global", at);
        }
        push(context.globalTypes.get(index), new Step.GlobalValue(index));
    }

    private void arithmetic(Instruction instruction, char operator, int at) {
        Number type = instruction.results().getFirst();
        int code = TypeCode.of(type);
        for (int i = 0; i < 2; i++) {
            if (operands.size() == 0) {
                throw Input.invalid("type mismatch: expected " + TypeCode.text(code) + ", found nothing", at);
            }
            expect(operands.pop(), code, at);
        }
        push(code, new Step.Arithmetic(type, operator));
    }

    private void push(int code, Step step) {
        operands.push(code);
        steps.add(step);
    }

    private static void expect(int actual, int expected, int at) {
        if (!TypeCode.matches(actual, expected)) {
            throw Input.invalid(
                    "type mismatch: expected %s, found %s".formatted(TypeCode.text(expected), TypeCode.text(actual)),
                    at);
        }
    }
}

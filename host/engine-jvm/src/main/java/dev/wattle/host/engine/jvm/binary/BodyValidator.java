package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.WasmModule.Body;
import dev.wattle.host.engine.jvm.binary.WasmModule.Locals;
import dev.wattle.host.engine.jvm.binary.WasmModule.Traits;
import java.util.List;

/// Validates bodies, one after the other: each instruction once, without allocating for any.
///
/// What has the same operands wherever it stands is driven by [Instruction]'s table. Blocks and branches are here,
/// calls, variables, references and memory in [InstructionValidator].
///
/// @spec core validation, instructions; appendix, validation algorithm
final class BodyValidator {
    static final int BLOCK = 0x02;
    static final int LOOP = 0x03;
    static final int IF = 0x04;
    static final int ELSE = 0x05;
    static final int TRY_TABLE = 0x1F;

    private static final int EMPTY_BLOCK = 0x40;
    private static final int LAST_CATCH = 3;
    private static final int[] NOTHING = {};

    /// One value of each number type, by its code.
    private static final int[][] SINGLE = {{0}, {1}, {2}, {3}, {4}, {5}};

    /// Every combination once, since a module may have a million functions.
    static final Traits[] TRAITS = allTraits();

    private final ModuleContext context;
    private final Operands operands;
    private final LocalTypes locals;
    private final InstructionValidator others;

    private int instructions;
    private int labels;
    private boolean loops;
    private boolean calls;
    private boolean tailCalls;
    private boolean catches;

    /// Of the block that was read last.
    private int[] parameters = NOTHING;

    private int[] results = NOTHING;

    BodyValidator(ModuleContext context) {
        this.context = context;
        this.operands = new Operands(context.limits);
        this.locals = new LocalTypes(context);
        this.others = new InstructionValidator(context, operands, locals);
    }

    /// Reads a function's locals and instructions.
    Body read(Input input, int function) {
        instructions = 0;
        labels = 0;
        loops = false;
        calls = false;
        tailCalls = false;
        catches = false;
        operands.reset();
        operands.instructionAt(input.position());
        operands.spend(context.parameters(function).length);
        List<Locals> declared = locals.read(input, context.parameters(function));
        int start = input.position();
        operands.instructionAt(start);
        if (!locals.allInitialised()) {
            operands.spend(locals.count());
            locals.initialise();
        }
        operands.open(BLOCK, NOTHING, context.results(function), 0);
        others.results(context.results(function));
        while (operands.open() > 0) {
            instruction(input);
        }
        return new Body(
                start,
                input.position(),
                declared,
                instructions,
                labels,
                operands.mostOpen(),
                operands.most(),
                traits());
    }

    /// Reads a function's locals only.
    List<Locals> locals(Input input, int function) {
        return locals.read(input, context.parameters(function));
    }

    private Traits traits() {
        return TRAITS[(loops ? 1 : 0) | (calls ? 2 : 0) | (tailCalls ? 4 : 0) | (catches ? 8 : 0)];
    }

    private static Traits[] allTraits() {
        Traits[] all = new Traits[16];
        for (int i = 0; i < all.length; i++) {
            all[i] = new Traits((i & 1) != 0, (i & 2) != 0, (i & 4) != 0, (i & 8) != 0);
        }
        return all;
    }

    private void instruction(Input input) {
        int at = input.position();
        int opcode = input.u8();
        operands.instructionAt(at);
        instructions++;
        int signature = Signatures.plain(opcode);
        if (signature != 0) {
            Signatures.apply(signature, operands);
        } else {
            other(Opcodes.rest(opcode, input, at), input, at);
        }
    }

    private void other(Instruction instruction, Input input, int at) {
        switch (instruction) {
            case UNREACHABLE -> operands.unreachable();
            case BLOCK -> block(BLOCK, input);
            case LOOP -> {
                loops = true;
                block(LOOP, input);
            }
            case IF -> block(IF, input);
            case ELSE -> otherwise(at);
            case TRY_TABLE -> tryTable(input);
            case END -> end();
            case BR -> {
                operands.pop(operands.label(input.u32()));
                operands.unreachable();
            }
            case BR_IF -> {
                int[] label = operands.label(input.u32());
                operands.pop(TypeCode.I32);
                operands.pop(label);
                operands.push(label);
            }
            case BR_TABLE -> table(input);
            case CALL, CALL_INDIRECT, CALL_REF -> {
                calls = true;
                others.call(instruction, input);
            }
            case RETURN_CALL, RETURN_CALL_INDIRECT, RETURN_CALL_REF -> {
                calls = true;
                tailCalls = true;
                others.call(instruction, input);
            }
            default -> others.check(instruction, input);
        }
    }

    private void block(int opcode, Input input) {
        blockType(input);
        if (opcode == IF) {
            operands.pop(TypeCode.I32);
        }
        operands.pop(parameters);
        open(opcode);
    }

    private void open(int opcode) {
        labels++;
        operands.open(opcode, parameters, results, locals.settings());
    }

    private void blockType(Input input) {
        int first = input.peek();
        parameters = NOTHING;
        if (first == EMPTY_BLOCK) {
            input.skip(1);
            results = NOTHING;
        } else if (TypeCode.startsValueType(first)) {
            int type = context.types.readValueType(input);
            results = type < SINGLE.length ? SINGLE[type] : new int[] {type};
        } else {
            int at = input.position();
            long index = input.s33();
            if (index < 0) {
                throw Input.malformed("malformed block type", at);
            }
            if (index >= context.types.size()) {
                throw Input.invalid("unknown type " + index, at);
            }
            parameters = context.types.parameters((int) index);
            results = context.types.results((int) index);
        }
    }

    private void otherwise(int at) {
        Operands.Block block = operands.current();
        if (block.opcode != IF) {
            throw Input.malformed("END opcode expected, not an else without an if", at);
        }
        operands.close();
        locals.forget(block.settings);
        operands.open(ELSE, block.parameters, block.results, block.settings);
    }

    private void end() {
        Operands.Block block = operands.close();
        if (block.opcode == IF) {
            operands.match(block.parameters, block.results);
        }
        if (operands.open() > 0) {
            locals.forget(block.settings);
            operands.push(block.results);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same array is the same types; equal ones are only checked again
    private void table(Input input) {
        int count = input.count("targets of a br_table", context.limits.branchTargets());
        operands.pop(TypeCode.I32);
        int[] last = NOTHING;
        for (int i = 0; i <= count; i++) {
            int[] label = operands.label(input.u32());
            if (i == 0 || label != last) {
                if (i > 0 && label.length != last.length) {
                    throw operands.mismatch("the labels of a br_table take different numbers of values");
                }
                operands.check(label);
                last = label;
            }
        }
        operands.unreachable();
    }

    private void tryTable(Input input) {
        catches = true;
        blockType(input);
        operands.pop(parameters);
        int count = input.count("catch clauses", context.limits.branchTargets());
        for (int i = 0; i < count; i++) {
            clause(input);
        }
        open(TRY_TABLE);
    }

    private void clause(Input input) {
        int at = input.position();
        int kind = input.u8();
        if (kind > LAST_CATCH) {
            throw Input.malformed("malformed catch clause", at);
        }
        int[] values = kind < 2 ? context.tagParameters(input.index("tag", context.tags.size())) : NOTHING;
        int[] label = operands.label(input.u32());
        boolean reference = (kind & 1) != 0;
        operands.spend(values.length);
        int wanted = values.length + (reference ? 1 : 0);
        boolean same =
                label.length == wanted && (!reference || TypeCode.matches(TypeCode.NON_NULL_EXNREF, label[wanted - 1]));
        for (int i = 0; same && i < values.length; i++) {
            same = TypeCode.matches(values[i], label[i]);
        }
        if (!same) {
            throw operands.mismatch("what is caught does not match the label");
        }
    }
}

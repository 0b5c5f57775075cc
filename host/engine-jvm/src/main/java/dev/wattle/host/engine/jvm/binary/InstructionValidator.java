package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.WasmModule.Global;

/// Validates the instructions that need no look at blocks: calls, variables, tables, memory, references, vectors.
///
/// @spec core validation, instructions
final class InstructionValidator {
    /// Alignments of a memory argument: from here on, bits of no meaning are set.
    private static final int MALFORMED_FLAGS = BodyReader.HAS_MEMORY << 1;

    private static final long MEMORY_END = 1L << 32;

    private final ModuleContext context;
    private final Operands operands;
    private final LocalTypes locals;
    private int[] functionResults = {};

    InstructionValidator(ModuleContext context, Operands operands, LocalTypes locals) {
        this.context = context;
        this.operands = operands;
        this.locals = locals;
    }

    /// What the function being validated returns.
    void results(int[] types) {
        functionResults = types;
    }

    /// A call of any form.
    void call(Instruction instruction, Input input) {
        int type = switch (instruction) {
            case CALL, RETURN_CALL -> context.functions.get(input.index("function", context.functions.size()));
            case CALL_REF, RETURN_CALL_REF -> {
                int index = context.types.readIndex(input);
                operands.pop(TypeCode.nullable(context.types.reference(index)));
                yield index;
            }
            default -> indirect(input);
        };
        operands.pop(context.types.parameters(type));
        switch (instruction) {
            case CALL, CALL_REF, CALL_INDIRECT -> operands.push(context.types.results(type));
            default -> {
                operands.match(context.types.results(type), functionResults);
                operands.unreachable();
            }
        }
    }

    private int indirect(Input input) {
        int type = context.types.readIndex(input);
        int element = tableType(input);
        if (!TypeCode.matches(element, TypeCode.FUNCREF)) {
            throw operands.mismatch("a table of %s holds no functions".formatted(TypeCode.text(element)));
        }
        operands.pop(TypeCode.I32);
        return type;
    }

    /// Any other instruction.
    void check(Instruction instruction, Input input) {
        switch (instruction.immediate()) {
            case NONE -> stack(instruction);
            case LOCAL -> local(instruction, input);
            case GLOBAL -> global(instruction, input);
            case TABLE, TABLE_TABLE, ELEMENTS, ELEMENTS_TABLE -> table(instruction, input);
            case MEMORY_ARGUMENT -> memoryArgument(instruction, input);
            case I32 -> input.s32();
            case I64 -> input.s64();
            case F32 -> input.skip(Float.BYTES);
            case F64 -> input.skip(Double.BYTES);
            case V128 -> input.skip(2 * Long.BYTES);
            case LANE -> lane(instruction, input);
            case SHUFFLE -> {
                for (int i = 0; i < 16; i++) {
                    lane(instruction, input);
                }
            }
            case MEMORY_LANE -> {
                memoryArgument(instruction, input);
                lane(instruction, input);
            }
            case MEMORY, MEMORY_MEMORY, DATA, DATA_MEMORY -> memory(instruction, input);
            default -> reference(instruction, input);
        }
        if (instruction.plain()) {
            Signatures.apply(instruction, operands);
        }
    }

    private void stack(Instruction instruction) {
        switch (instruction) {
            case DROP -> operands.pop();
            case RETURN -> {
                operands.pop(functionResults);
                operands.unreachable();
            }
            case SELECT -> select();
            case THROW_REF -> {
                operands.pop(TypeCode.EXNREF);
                operands.unreachable();
            }
            case REF_IS_NULL -> {
                operands.popReference();
                operands.push(TypeCode.I32);
            }
            case REF_AS_NON_NULL -> operands.push(TypeCode.nonNull(operands.popReference()));
            default -> {}
        }
    }

    private void select() {
        operands.pop(TypeCode.I32);
        int second = operands.pop();
        int first = operands.pop();
        if (TypeCode.isReference(first) || TypeCode.isReference(second)) {
            throw operands.mismatch("a select of references needs a type");
        }
        if (first != second && first != TypeCode.BOTTOM && second != TypeCode.BOTTOM) {
            throw operands.mismatch("select between %s and %s".formatted(TypeCode.text(first), TypeCode.text(second)));
        }
        operands.push(first == TypeCode.BOTTOM ? second : first);
    }

    private void local(Instruction instruction, Input input) {
        int at = input.position();
        int index = input.index("local", locals.count());
        int type = locals.type(index);
        if (instruction == Instruction.LOCAL_GET) {
            if (!locals.isInitialised(index)) {
                throw Input.invalid("uninitialized local " + index, at);
            }
            operands.push(type);
            return;
        }
        operands.pop(type);
        locals.set(index);
        if (instruction == Instruction.LOCAL_TEE) {
            operands.push(type);
        }
    }

    private void global(Instruction instruction, Input input) {
        int at = input.position();
        int index = input.index("global", context.globals.size());
        int type = context.globalTypes.get(index);
        if (instruction == Instruction.GLOBAL_GET) {
            operands.push(type);
            return;
        }
        Global global = context.globals.get(index);
        if (!global.mutable()) {
            throw Input.invalid("immutable global " + index, at);
        }
        operands.pop(type);
    }

    private int tableType(Input input) {
        return context.tableTypes.get(input.index("table", context.tables.size()));
    }

    private int elementType(Input input) {
        return context.elementTypes.get(input.index("elem segment", context.elements.size()));
    }

    private void table(Instruction instruction, Input input) {
        switch (instruction) {
            case TABLE_GET -> {
                int type = tableType(input);
                operands.pop(TypeCode.I32);
                operands.push(type);
            }
            case TABLE_SET -> {
                operands.pop(tableType(input));
                operands.pop(TypeCode.I32);
            }
            case TABLE_GROW -> {
                int type = tableType(input);
                operands.pop(TypeCode.I32);
                operands.pop(type);
                operands.push(TypeCode.I32);
            }
            case TABLE_FILL -> {
                int type = tableType(input);
                operands.pop(TypeCode.I32);
                operands.pop(type);
                operands.pop(TypeCode.I32);
            }
            case TABLE_COPY -> {
                int to = tableType(input);
                entries(tableType(input), to);
            }
            case TABLE_INIT -> {
                int from = elementType(input);
                entries(from, tableType(input));
            }
            case ELEM_DROP -> elementType(input);
            default -> tableType(input);
        }
    }

    private void entries(int from, int to) {
        if (!TypeCode.matches(from, to)) {
            throw operands.mismatch(
                    "entries of type %s for a table of %s".formatted(TypeCode.text(from), TypeCode.text(to)));
        }
    }

    private void memory(Instruction instruction, Input input) {
        switch (instruction) {
            case MEMORY_INIT -> {
                data(input);
                memoryIndex(input);
            }
            case DATA_DROP -> data(input);
            case MEMORY_COPY -> {
                memoryIndex(input);
                memoryIndex(input);
            }
            default -> memoryIndex(input);
        }
    }

    private void memoryIndex(Input input) {
        input.index("memory", context.memories.size());
    }

    private void data(Input input) {
        if (context.dataCount < 0) {
            throw Input.malformed("data count section required", input.position());
        }
        input.index("data segment", context.dataCount);
    }

    private void memoryArgument(Instruction instruction, Input input) {
        int at = input.position();
        int flags = input.u32();
        if (flags < 0 || flags >= MALFORMED_FLAGS) {
            throw Input.malformed("malformed memop flags", at);
        }
        int memory = 0;
        if ((flags & BodyReader.HAS_MEMORY) != 0) {
            memory = input.u32();
        }
        long offset = input.u64();
        if (memory < 0 || memory >= context.memories.size()) {
            throw Input.invalid("unknown memory " + Integer.toUnsignedString(memory), at);
        }
        int alignment = flags & ~BodyReader.HAS_MEMORY;
        if (alignment > Integer.numberOfTrailingZeros(instruction.accessBytes())) {
            throw Input.invalid("alignment must not be larger than natural", at);
        }
        if (offset < 0 || offset >= MEMORY_END) {
            throw Input.invalid("offset out of range", at);
        }
    }

    private static void lane(Instruction instruction, Input input) {
        int at = input.position();
        if (input.u8() >= instruction.lanes()) {
            throw Input.invalid("invalid lane index", at);
        }
    }

    private void reference(Instruction instruction, Input input) {
        switch (instruction) {
            case SELECT_T -> typedSelect(input);
            case THROW -> {
                operands.pop(context.tagParameters(input.index("tag", context.tags.size())));
                operands.unreachable();
            }
            case REF_NULL -> operands.push(TypeCode.reference(true, context.types.readHeap(input)));
            case REF_FUNC -> {
                int at = input.position();
                int index = input.index("function", context.functions.size());
                if (!context.referenced.get(index)) {
                    throw Input.invalid("undeclared function reference " + index, at);
                }
                operands.push(context.types.reference(context.functions.get(index)));
            }
            case BR_ON_NULL -> {
                int[] label = operands.label(input.u32());
                int type = operands.popReference();
                operands.pop(label);
                operands.push(label);
                operands.push(TypeCode.nonNull(type));
            }
            case BR_ON_NON_NULL -> branchOnNonNull(operands.label(input.u32()));
            default -> throw new IllegalStateException("not validated: " + instruction);
        }
    }

    private void branchOnNonNull(int[] label) {
        if (label.length == 0 || !TypeCode.isReference(label[label.length - 1])) {
            throw operands.mismatch("the label takes no reference");
        }
        operands.spend(label.length);
        operands.pop(TypeCode.nullable(label[label.length - 1]));
        for (int i = label.length - 2; i >= 0; i--) {
            operands.pop(label[i]);
        }
        for (int i = 0; i < label.length - 1; i++) {
            operands.push(label[i]);
        }
    }

    private void typedSelect(Input input) {
        int at = input.position();
        int count = input.count("types of a select", Integer.MAX_VALUE);
        if (count != 1) {
            throw Input.invalid("invalid result arity", at);
        }
        int type = context.types.readValueType(input);
        operands.pop(TypeCode.I32);
        operands.pop(type);
        operands.pop(type);
        operands.push(type);
    }
}

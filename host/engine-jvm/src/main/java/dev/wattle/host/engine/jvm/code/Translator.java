package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.BodyReader;
import dev.wattle.host.engine.jvm.binary.Instruction;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule.Traits;
import java.lang.classfile.Opcode;
import java.util.Objects;

/// Translates the body of a function to nodes. What control never gets to is not translated.
final class Translator {
    private final Translation translation;
    private final BodyReader reader;
    private final NodeList code;
    private final OperandStack stack;
    private final Polls polls;
    private final ControlTranslator control;
    private final CallTranslator calls;
    private final MemoryTranslator memory;
    private final NumberTranslator numbers;
    private final StateTranslator state;
    private final SimdTranslator vectors;
    private final int maxStatement;

    /// Blocks that were entered where control does not get.
    private int skipped;

    private Translator(Translation translation) {
        this.translation = translation;
        this.reader = translation.reader;
        this.code = translation.code;
        this.stack = translation.stack;
        this.polls = new Polls(translation);
        this.control = new ControlTranslator(translation, polls);
        this.calls = new CallTranslator(translation, control);
        this.memory = new MemoryTranslator(translation);
        this.numbers = new NumberTranslator(translation);
        this.state = new StateTranslator(translation);
        this.vectors = new SimdTranslator(translation, memory);
        this.maxStatement = translation.shape.options.maxStatementBytes();
    }

    static Translation translate(ModuleShape shape, int function) {
        var translation = new Translation(shape, function);
        new Translator(translation).body();
        MemoryLiveness.prune(translation.code);
        return translation;
    }

    private void body() {
        Traits traits = translation.shape.body(translation.function).traits();
        prologue(traits);
        control.enterFunction();
        int mark = code.size();
        while (reader.hasNext()) {
            Instruction instruction = reader.next();
            code.at(reader.ordinal());
            if (!translation.reachable) {
                skip(instruction);
                continue;
            }
            if (stack.isCut()) {
                code.markCut();
                mark = code.size();
            } else if (code.size() - mark > maxStatement) {
                stack.spill(0);
                code.markCut();
                mark = code.size();
            }
            translate(instruction);
        }
    }

    /// Arguments that came in the scratch area, locals' initial values, the arrays of memories.
    private void prologue(Traits traits) {
        Variables variables = translation.variables;
        if (translation.signature.scratched) {
            for (int i = 0; i < variables.parameterCount(); i++) {
                ValueType type = variables.localType(i);
                translation.loadScratch(2 * i, Kind.of(type));
                code.store(variables.local(i));
                if (Kind.isVector(type)) {
                    translation.loadScratch(2 * i + 1, Kind.LONG);
                    code.store(Objects.requireNonNull(variables.localHigh(i)));
                }
            }
        }
        if (traits.tailCalls()) {
            polls.entry(true, false);
            control.label(translation.again());
            polls.loop();
        } else {
            polls.entry(traits.loops(), traits.calls());
        }
        translation.beforeZeros = code.last();
        for (int i = variables.parameterCount(); i < variables.localCount(); i++) {
            zero(variables, i);
        }
        translation.lastZero = code.last();
        translation.afterMove();
    }

    private void zero(Variables variables, int local) {
        Variable variable = variables.local(local);
        if (variable.isFar()) {
            return;
        }
        pushZero(variable.kind);
        code.store(variable);
        Variable high = variables.localHigh(local);
        if (high != null) {
            pushZero(high.kind);
            code.store(high);
        }
    }

    private void pushZero(Kind kind) {
        code.markCut();
        switch (kind) {
            case INT -> code.constant(0);
            case LONG -> code.constant(0L);
            case FLOAT -> code.floatConstant(0);
            case DOUBLE -> code.doubleConstant(0);
            case REFERENCE -> code.plain(Opcode.ACONST_NULL);
        }
    }

    private void skip(Instruction instruction) {
        switch (instruction) {
            case BLOCK, LOOP, IF, TRY_TABLE -> skipped++;
            case ELSE -> {
                if (skipped == 0) {
                    control.otherwise();
                }
            }
            case END -> {
                if (skipped > 0) {
                    skipped--;
                } else {
                    end();
                }
            }
            default -> {}
        }
    }

    private void end() {
        if (translation.blocks.size() == 1) {
            control.endFunction();
        } else {
            control.end();
        }
    }

    private void translate(Instruction instruction) {
        if (numbers.translate(instruction)) {
            return;
        }
        switch (instruction) {
            case UNREACHABLE -> translation.trap(Runtime.UNREACHABLE);
            case NOP -> {}
            case BLOCK -> control.enter(Block.Form.BLOCK);
            case LOOP -> control.enter(Block.Form.LOOP);
            case IF -> control.enterIf();
            case ELSE -> control.otherwise();
            case END -> end();
            case TRY_TABLE -> control.exceptions().enter();
            case THROW -> control.exceptions().throwing(reader.index());
            case THROW_REF -> control.exceptions().throwReference();
            case BR -> control.branch(reader.index());
            case BR_IF -> control.branchIf(reader.index());
            case BR_TABLE -> control.branchTable(reader.labels());
            case BR_ON_NULL, BR_ON_NON_NULL -> control.branchOnNull(instruction, reader.index());
            case RETURN -> control.returnValues();
            default -> translateOperands(instruction);
        }
    }

    private void translateOperands(Instruction instruction) {
        int index = reader.index();
        switch (instruction) {
            case CALL -> calls.call(index);
            case CALL_INDIRECT -> calls.callIndirect(index, reader.secondIndex());
            case CALL_REF -> calls.callReference(index);
            case RETURN_CALL -> calls.returnCall(index);
            case RETURN_CALL_INDIRECT -> calls.returnCallIndirect(index, reader.secondIndex());
            case RETURN_CALL_REF -> calls.returnCallReference(index);
            case DROP -> stack.discardTop();
            case SELECT, SELECT_T -> control.select();
            case LOCAL_GET -> stack.pushLocal(index);
            case LOCAL_SET -> state.setLocal(index);
            case LOCAL_TEE -> state.teeLocal(index);
            case GLOBAL_GET -> state.getGlobal(index);
            case GLOBAL_SET -> state.setGlobal(index);
            case I32_CONST -> stack.pushConstant(ValueType.Number.I32, reader.bits(), 0);
            case I64_CONST -> stack.pushConstant(ValueType.Number.I64, reader.bits(), 0);
            case F32_CONST -> stack.pushConstant(ValueType.Number.F32, reader.bits(), 0);
            case F64_CONST -> stack.pushConstant(ValueType.Number.F64, reader.bits(), 0);
            case REF_NULL -> stack.pushConstant(new ValueType.Reference(true, reader.heapType()), 0, 0);
            case REF_IS_NULL -> state.isNull();
            case REF_FUNC -> state.function(index);
            case REF_AS_NON_NULL -> state.nonNull();
            default -> translateState(instruction);
        }
    }

    private void translateState(Instruction instruction) {
        switch (instruction) {
            case TABLE_GET, TABLE_SET, TABLE_SIZE, TABLE_GROW, TABLE_FILL, TABLE_COPY, TABLE_INIT, ELEM_DROP ->
                state.table(instruction);
            case MEMORY_SIZE -> memory.size(reader.index());
            case MEMORY_GROW -> memory.grow(reader.index());
            case MEMORY_FILL, MEMORY_COPY, MEMORY_INIT -> memory.bulk(instruction);
            case DATA_DROP -> memory.dropData(reader.index());
            case I32_LOAD,
                    I64_LOAD,
                    F32_LOAD,
                    F64_LOAD,
                    I32_LOAD8_S,
                    I32_LOAD8_U,
                    I32_LOAD16_S,
                    I32_LOAD16_U,
                    I64_LOAD8_S,
                    I64_LOAD8_U,
                    I64_LOAD16_S,
                    I64_LOAD16_U,
                    I64_LOAD32_S,
                    I64_LOAD32_U -> memory.load(instruction);
            case I32_STORE,
                    I64_STORE,
                    F32_STORE,
                    F64_STORE,
                    I32_STORE8,
                    I32_STORE16,
                    I64_STORE8,
                    I64_STORE16,
                    I64_STORE32 -> memory.store(instruction);
            default -> vectors.translate(instruction);
        }
    }
}

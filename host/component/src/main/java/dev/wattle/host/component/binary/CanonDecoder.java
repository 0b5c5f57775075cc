package dev.wattle.host.component.binary;

import dev.wattle.host.component.binary.Builtin.CancelCopy;
import dev.wattle.host.component.binary.Builtin.Carrier;
import dev.wattle.host.component.binary.Builtin.CarrierNew;
import dev.wattle.host.component.binary.Builtin.Copy;
import dev.wattle.host.component.binary.Builtin.DropEnd;
import dev.wattle.host.component.binary.Builtin.End;
import dev.wattle.host.component.binary.Builtin.GiveTurn;
import dev.wattle.host.component.binary.Builtin.Plain;
import dev.wattle.host.component.binary.Builtin.Turn;
import dev.wattle.host.component.binary.Definition.BuiltinCanon;
import dev.wattle.host.component.binary.Definition.Lift;
import dev.wattle.host.component.binary.Definition.Lower;
import dev.wattle.host.component.binary.Definition.Options;
import dev.wattle.host.component.binary.Definition.ResourceBuiltin;
import dev.wattle.host.component.binary.Definition.ResourceCanon;
import dev.wattle.host.engine.CoreType;

/// Canonical definitions.
///
/// @spec Binary.md "Canonical Definitions"
final class CanonDecoder {
    private static final int CORE_I32 = 0x7f;
    private static final int CORE_I64 = 0x7e;

    private final ByteReader reader;

    private CanonDecoder(ByteReader reader) {
        this.reader = reader;
    }

    static Definition canon(ByteReader reader) {
        return new CanonDecoder(reader).canon();
    }

    private Definition canon() {
        int start = reader.position();
        int opcode = reader.readByte();
        return switch (opcode) {
            case 0x00 -> lift(start);
            case 0x01 -> lower(start);
            case 0x02 -> new ResourceCanon(start, ResourceBuiltin.NEW, reader.readIndex());
            case 0x03 -> new ResourceCanon(start, ResourceBuiltin.DROP, reader.readIndex());
            case 0x04 -> new ResourceCanon(start, ResourceBuiltin.REP, reader.readIndex());
            default -> {
                Builtin builtin = builtin(start, opcode);
                BuiltinFeatures.use(reader.features(), start, builtin);
                yield new BuiltinCanon(start, builtin);
            }
        };
    }

    private Definition lift(int start) {
        requireFunctionSort();
        int function = reader.readIndex();
        Options options = options();
        return new Lift(start, function, options, reader.readIndex());
    }

    private Definition lower(int start) {
        requireFunctionSort();
        int function = reader.readIndex();
        return new Lower(start, function, options());
    }

    private void requireFunctionSort() {
        int start = reader.position();
        if (reader.readByte() != 0) {
            throw Failures.malformed(start, "only functions are lifted and lowered");
        }
    }

    private Options options() {
        return new OptionDecoder(reader).options();
    }

    private Builtin builtin(int start, int opcode) {
        return switch (opcode) {
            case 0x05 -> Plain.TASK_CANCEL;
            case 0x06 -> new Builtin.SubtaskCancel(readFlag("async"));
            case 0x09 -> new Builtin.TaskReturn(new ValueTypeDecoder(reader).resultList(), options());
            case 0x0a -> new Builtin.ContextGet(coreValueType(), reader.readU32());
            case 0x0b -> new Builtin.ContextSet(coreValueType(), reader.readU32());
            case 0x0c -> new GiveTurn(Turn.YIELD, cancellable());
            case 0x0d -> Plain.SUBTASK_DROP;
            case 0x1c -> new Builtin.ErrorContextNew(options());
            case 0x1d -> new Builtin.ErrorContextDebugMessage(options());
            case 0x1e -> Plain.ERROR_CONTEXT_DROP;
            case 0x1f -> Plain.WAITABLE_SET_NEW;
            case 0x20 -> new Builtin.WaitableSetWait(cancellable(), reader.readIndex());
            case 0x21 -> new Builtin.WaitableSetPoll(cancellable(), reader.readIndex());
            case 0x22 -> Plain.WAITABLE_SET_DROP;
            case 0x23 -> Plain.WAITABLE_JOIN;
            case 0x24 -> Plain.BACKPRESSURE_INC;
            case 0x25 -> Plain.BACKPRESSURE_DEC;
            case 0x0e, 0x0f, 0x10, 0x11, 0x12, 0x13, 0x14 -> onCarrier(Carrier.STREAM, opcode - 0x0e);
            case 0x15, 0x16, 0x17, 0x18, 0x19, 0x1a, 0x1b -> onCarrier(Carrier.FUTURE, opcode - 0x15);
            default -> threads(start, opcode);
        };
    }

    /// Streams and futures have the same built-ins in the same order.
    private Builtin onCarrier(Carrier carrier, int position) {
        int type = reader.readIndex();
        return switch (position) {
            case 0 -> new CarrierNew(carrier, type);
            case 1 -> new Copy(carrier, End.READABLE, type, options());
            case 2 -> new Copy(carrier, End.WRITABLE, type, options());
            case 3 -> new CancelCopy(carrier, End.READABLE, type, readFlag("async"));
            case 4 -> new CancelCopy(carrier, End.WRITABLE, type, readFlag("async"));
            case 5 -> new DropEnd(carrier, End.READABLE, type);
            default -> new DropEnd(carrier, End.WRITABLE, type);
        };
    }

    private Builtin threads(int start, int opcode) {
        return switch (opcode) {
            case 0x26 -> Plain.THREAD_INDEX;
            case 0x27 -> new Builtin.ThreadNewIndirect(reader.readIndex(), reader.readIndex());
            case 0x28 -> Plain.THREAD_RESUME_LATER;
            case 0x29 -> new GiveTurn(Turn.SUSPEND, cancellable());
            case 0x2a -> new GiveTurn(Turn.SUSPEND_THEN_RESUME, cancellable());
            case 0x2b -> new GiveTurn(Turn.YIELD_THEN_RESUME, cancellable());
            case 0x2c -> new GiveTurn(Turn.SUSPEND_THEN_PROMOTE, cancellable());
            case 0x2d -> new GiveTurn(Turn.YIELD_THEN_PROMOTE, cancellable());
            case 0x40 -> new Builtin.ThreadSpawnRef(shared(), reader.readIndex());
            case 0x41 -> new Builtin.ThreadSpawnIndirect(shared(), reader.readIndex(), reader.readIndex());
            case 0x42 -> new Builtin.ThreadAvailableParallelism(shared());
            default -> throw Failures.malformed(start, "0x%02x is no canonical definition".formatted(opcode));
        };
    }

    private boolean cancellable() {
        return readFlag("cancellable");
    }

    private boolean shared() {
        return readFlag("shared");
    }

    private boolean readFlag(String name) {
        int start = reader.position();
        int flag = reader.readByte();
        if (flag > 1) {
            throw Failures.malformed(start, "0x%02x is neither '%s' nor its absence".formatted(flag, name));
        }
        return flag == 1;
    }

    private CoreType.Value coreValueType() {
        int start = reader.position();
        int type = reader.readByte();
        return switch (type) {
            case CORE_I32 -> CoreType.Value.I32;
            case CORE_I64 -> CoreType.Value.I64;
            case 0x7d, 0x7c, 0x7b, 0x70, 0x6f, 0x6e, 0x6d, 0x6c, 0x6b, 0x6a, 0x69, 0x64, 0x63 ->
                throw Failures.invalid(start, "a context slot holds an i32 or an i64");
            default -> throw Failures.malformed(start, "0x%02x is no core value type".formatted(type));
        };
    }
}

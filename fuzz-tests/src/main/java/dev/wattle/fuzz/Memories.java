package dev.wattle.fuzz;

import dev.wattle.testkit.Gen;
import java.util.List;
import java.util.Objects;

/// Makes what touches linear memory: mostly within its bounds and close together, sometimes at the edge.
final class Memories {
    static final int PAGE = 65_536;

    private static final int SHARED_BYTES = 63;
    private static final int KEPT = 1024;
    private static final int VECTOR_BYTES = 16;
    private static final int HAS_INDEX = 0x40;
    private static final long LAST_OFFSET = 0xFFFF_FFFFL;

    private final FunctionGenerator function;
    private final Gen gen;

    Memories(FunctionGenerator function) {
        this.function = function;
        this.gen = function.gen;
    }

    Expression load(Type type) {
        Operator operator =
                gen.oneOf(Objects.requireNonNull(function.around.palette.loads().get(type), "no load for it"));
        return access(operator);
    }

    Expression store() {
        return access(gen.oneOf(function.around.palette.stores()));
    }

    private Expression access(Operator operator) {
        int memory = memory();
        var operands = new java.util.ArrayList<Expression>();
        var immediates = new Bytes();
        int alignment = gen.intBetween(0, Integer.numberOfTrailingZeros(operator.bytes()));
        immediates.unsigned(memory == 0 ? alignment : alignment | HAS_INDEX);
        if (memory > 0) {
            immediates.unsigned(memory);
        }
        operands.add(address(immediates, memory));
        operator.operands().stream().skip(1).forEach(type -> operands.add(function.values.of(type)));
        immediates.raw(function.values.immediates(operator).toArray());
        return new Expression(operator.opcode(), immediates.toArray(), operands, List.of(), operator.results());
    }

    /// The address, after writing the offset.
    private Expression address(Bytes immediates, int memory) {
        int size = function.around.memories.get(memory).minimum() * PAGE;
        return switch (gen.intBetween(0, 149)) {
            case 0 -> {
                immediates.unsigned(gen.oneOf(List.of(LAST_OFFSET, LAST_OFFSET - 15, 0x8000_0000L, 0x7FFF_FFFFL)));
                yield function.values.of(Type.I32);
            }
            case 1 -> {
                immediates.unsigned(gen.intBetween(0, 2 * PAGE));
                yield function.values.of(Type.I32);
            }
            case 2, 3, 4, 5 -> {
                immediates.unsigned(gen.intBetween(0, 1));
                yield Code.i32(Math.max(0, size - gen.intBetween(0, 40)));
            }
            case 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 -> {
                immediates.unsigned(Math.max(0, size - gen.intBetween(SHARED_BYTES, 2 * SHARED_BYTES)));
                yield small();
            }
            case 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30 -> {
                immediates.unsigned(gen.intBetween(0, size == 0 ? 0 : PAGE - 2 * SHARED_BYTES));
                yield small();
            }
            default -> {
                immediates.unsigned(gen.intBetween(0, SHARED_BYTES));
                yield small();
            }
        };
    }

    private Expression small() {
        return Code.apply("i32.and", function.values.of(Type.I32), Code.i32(SHARED_BYTES));
    }

    private Expression length() {
        return function.oneIn(80)
                ? function.values.of(Type.I32)
                : Code.apply("i32.and", function.values.of(Type.I32), Code.i32(gen.bool() ? 15 : 127));
    }

    private Expression place() {
        return switch (gen.intBetween(0, 59)) {
            case 0 -> function.values.of(Type.I32);
            case 1 -> Code.i32(PAGE - gen.intBetween(0, 130));
            default -> small();
        };
    }

    /// Stores a local where nothing else is, so that no value goes unseen.
    Expression keep(int local, Type type) {
        String name = switch (type) {
            case I32 -> "i32.store";
            case I64 -> "i64.store";
            case F32 -> "f32.store";
            case F64 -> "f64.store";
            case V128 -> "v128.store";
            case FUNCREF, EXTERNREF, EXNREF -> throw new IllegalArgumentException("no number: " + type);
        };
        Operator operator = Operator.named(name);
        return Expression.of(
                operator.opcode(),
                new Bytes().unsigned(0).unsigned(KEPT + VECTOR_BYTES * local),
                List.of(),
                Code.i32(0),
                Code.localGet(local, type));
    }

    /// Fills, copies, or takes from a segment.
    Expression bulk() {
        int memory = memory();
        return switch (gen.intBetween(0, function.around.data.isEmpty() ? 2 : 4)) {
            case 0 ->
                Expression.of(
                        Code.MEMORY_FILL,
                        new Bytes().unsigned(memory),
                        List.of(),
                        place(),
                        function.values.of(Type.I32),
                        length());
            case 1, 2 ->
                Expression.of(
                        Code.MEMORY_COPY,
                        new Bytes().unsigned(memory).unsigned(memory()),
                        List.of(),
                        place(),
                        place(),
                        length());
            case 3 -> {
                int segment = gen.intBetween(0, function.around.data.size() - 1);
                int size = function.around.data.get(segment).bytes().length;
                int from = gen.intBetween(0, size);
                yield Expression.of(
                        Code.MEMORY_INIT,
                        new Bytes().unsigned(segment).unsigned(memory),
                        List.of(),
                        place(),
                        Code.i32(from),
                        function.oneIn(8) ? length() : Code.i32(gen.intBetween(0, size - from)));
            }
            default ->
                function.oneIn(3)
                        ? Expression.of(
                                Code.DATA_DROP,
                                new Bytes().unsigned(gen.intBetween(0, function.around.data.size() - 1)),
                                List.of())
                        : store();
        };
    }

    Expression size() {
        return Expression.of(Code.MEMORY_SIZE, new Bytes().unsigned(memory()), List.of(Type.I32));
    }

    Expression grow() {
        var pages = function.oneIn(10)
                ? function.values.of(Type.I32)
                : Code.apply("i32.and", function.values.of(Type.I32), Code.i32(1));
        return Expression.of(Code.MEMORY_GROW, new Bytes().unsigned(memory()), List.of(Type.I32), pages);
    }

    private int memory() {
        return gen.intBetween(0, function.around.memories.size() - 1);
    }
}

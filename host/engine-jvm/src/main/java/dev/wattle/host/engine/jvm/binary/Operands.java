package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.ModuleException;
import java.util.Arrays;

/// The types of pending operands and the blocks that are open, while a body is validated.
///
/// Lists of types are compared and moved under a budget for the whole module: a thousand values for each of a million
/// short instructions would take minutes.
///
/// @spec core appendix, validation algorithm
final class Operands {
    /// What a small module may cost whatever its size.
    private static final int FREE_WORK = 10_000_000;

    private final ModuleLimits limits;
    private long work;

    private int[] types = new int[256];
    private int size;
    private int most;

    private Block[] blocks = new Block[32];
    private int open;
    private int mostOpen;
    private Block current = new Block();

    /// Where the instruction starts that is being checked.
    private int at;

    /// An open block.
    static final class Block {
        int opcode;
        int[] parameters = {};
        int[] results = {};

        /// What a branch to its label takes.
        int[] label = {};

        int height;
        int settings;
        boolean unreachable;
    }

    Operands(ModuleLimits limits) {
        this.limits = limits;
    }

    void reset() {
        size = 0;
        most = 0;
        open = 0;
        mostOpen = 0;
    }

    void instructionAt(int offset) {
        at = offset;
    }

    int most() {
        return most;
    }

    int open() {
        return open;
    }

    int mostOpen() {
        return mostOpen;
    }

    Block current() {
        return current;
    }

    // blocks

    /// Opens a block, whose parameters become its first operands.
    void open(int opcode, int[] parameters, int[] results, int settings) {
        if (open == limits.nesting()) {
            throw Input.exceeds("nested blocks", limits.nesting(), at);
        }
        if (open == blocks.length) {
            blocks = Arrays.copyOf(blocks, open * 2);
        }
        Block block = blocks[open];
        if (block == null) {
            block = new Block();
            blocks[open] = block;
        }
        block.opcode = opcode;
        block.parameters = parameters;
        block.results = results;
        block.label = opcode == BodyValidator.LOOP ? parameters : results;
        block.height = size;
        block.settings = settings;
        block.unreachable = false;
        current = block;
        open++;
        mostOpen = Math.max(mostOpen, open);
        push(parameters);
    }

    /// Closes the innermost block, whose results must be all that is left of it; they are not pushed.
    Block close() {
        Block block = current;
        pop(block.results);
        if (size != block.height) {
            throw mismatch("%d values remaining on stack at end of block".formatted(size - block.height));
        }
        open--;
        if (open > 0) {
            current = blocks[open - 1];
        }
        return block;
    }

    /// What a branch to a label takes.
    int[] label(int depth) {
        if (depth < 0 || depth >= open) {
            throw Input.invalid("unknown label " + Integer.toUnsignedString(depth), at);
        }
        return blocks[open - 1 - depth].label;
    }

    /// The rest of the block is not reached.
    void unreachable() {
        size = current.height;
        current.unreachable = true;
    }

    // operands

    void push(int type) {
        if (size == types.length) {
            types = Arrays.copyOf(types, size * 2);
        }
        types[size++] = type;
        if (size > most) {
            most = size;
            if (size > limits.operands()) {
                throw Input.exceeds("pending operands", limits.operands(), at);
            }
        }
    }

    void push(int[] list) {
        spend(list.length);
        for (int type : list) {
            push(type);
        }
    }

    /// Takes an operand, of whatever type.
    int pop() {
        if (size > current.height) {
            return types[--size];
        }
        if (current.unreachable) {
            return TypeCode.BOTTOM;
        }
        throw mismatch("expected a value, found nothing");
    }

    void pop(int expected) {
        if (size > current.height && types[size - 1] == expected) {
            size--;
        } else {
            popOther(expected);
        }
    }

    private void popOther(int expected) {
        if (size == current.height && !current.unreachable) {
            throw mismatch("expected " + TypeCode.text(expected) + ", found nothing");
        }
        int actual = pop();
        if (!TypeCode.matches(actual, expected)) {
            throw mismatch("expected " + TypeCode.text(expected) + ", found " + TypeCode.text(actual));
        }
    }

    void pop(int[] list) {
        spend(list.length);
        for (int i = list.length - 1; i >= 0; i--) {
            pop(list[i]);
        }
    }

    /// Takes a reference; that of unreachable code is not null.
    int popReference() {
        int actual = pop();
        if (actual == TypeCode.BOTTOM) {
            return TypeCode.reference(false, TypeCode.HEAP_BOTTOM);
        }
        if (!TypeCode.isReference(actual)) {
            throw mismatch("expected a reference, found " + TypeCode.text(actual));
        }
        return actual;
    }

    /// Checks the topmost operands and leaves them.
    void check(int[] list) {
        spend(list.length);
        int position = size;
        for (int i = list.length - 1; i >= 0; i--) {
            if (position > current.height) {
                int actual = types[--position];
                if (!TypeCode.matches(actual, list[i])) {
                    throw mismatch("expected " + TypeCode.text(list[i]) + ", found " + TypeCode.text(actual));
                }
            } else if (!current.unreachable) {
                throw mismatch("expected " + TypeCode.text(list[i]) + ", found nothing");
            }
        }
    }

    /// Checks that values of some types may stand where others are wanted.
    void match(int[] actual, int[] expected) {
        spend(actual.length);
        boolean same = actual.length == expected.length;
        for (int i = 0; same && i < actual.length; i++) {
            same = TypeCode.matches(actual[i], expected[i]);
        }
        if (!same) {
            throw mismatch("%d values do not match the %d that are wanted".formatted(actual.length, expected.length));
        }
    }

    ModuleException mismatch(String what) {
        return Input.invalid("type mismatch: " + what, at);
    }

    /// Accounts for work on a list of types, or of locals.
    void spend(int count) {
        work += count;
        if (work > FREE_WORK && work - FREE_WORK > (long) limits.workPerByte() * at) {
            throw Input.exceeds("operands moved for each byte", limits.workPerByte(), at);
        }
    }
}

package dev.wattle.host.engine.jvm.code;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.jvm.binary.FunctionType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule.Locals;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a hostile body can have waiting, and what each instruction may then cost.
final class OperandStackTest {
    private static final int MANY = 50_000;

    /// Blocks are nested so deeply at most; to find one among them takes a look for each doubling.
    private static final int DEPTH = 1_000;

    private static final int LOOKS = 12;

    private final NodeList code = new NodeList();
    private final Variables variables =
            new Variables(new FunctionType(List.of(), List.of()), List.of(new Locals(MANY, ValueType.Number.I32)));
    private final Counted<Operand> operands = new Counted<>();
    private final OperandStack stack = new OperandStack(code, variables, operands);
    private final Counted<Block> blocks = new Counted<>();

    /// Counts how often an element is looked at.
    private static final class Counted<T> extends AbstractList<T> {
        private final List<T> all = new ArrayList<>();
        private long looks;

        @Override
        public T get(int index) {
            looks++;
            return all.get(index);
        }

        @Override
        public void add(int index, T element) {
            all.add(index, element);
        }

        @Override
        public T remove(int index) {
            looks++;
            return all.remove(index);
        }

        @Override
        public int size() {
            return all.size();
        }
    }

    private void enterBlock() {
        Node start = code.label(new Target(false));
        blocks.add(new Block(
                Block.Form.BLOCK, new FunctionType(List.of(), List.of()), stack.height(), start, new Target(false)));
    }

    private long looks() {
        return operands.looks + blocks.looks;
    }

    private int stores() {
        int stores = 0;
        for (Node node = code.first(); node != null; node = node.next) {
            if (node.operation == Node.Operation.STORE) {
                stores++;
            }
        }
        return stores;
    }

    @Test
    void changing_each_of_many_locals_that_wait_looks_at_each_operand_once() {
        enterBlock();
        for (int local = 0; local < MANY; local++) {
            stack.pushLocal(local);
        }
        for (int local = 0; local < MANY; local++) {
            stack.localChanges(local, blocks);
        }
        assertThat(stores()).isEqualTo(MANY);
        assertThat(looks()).isLessThan(2L * MANY);
    }

    @Test
    void changing_a_local_that_many_operands_stand_for_looks_at_each_once() {
        enterBlock();
        for (int i = 0; i < MANY; i++) {
            stack.pushLocal(0);
        }
        stack.localChanges(0, blocks);
        stack.localChanges(0, blocks);
        assertThat(stores()).isEqualTo(MANY);
        assertThat(looks()).isLessThan(2L * MANY);
    }

    @Test
    void in_many_blocks_the_right_one_is_found_soon() {
        for (int i = 0; i < MANY; i++) {
            if (i % (MANY / DEPTH) == 0) {
                enterBlock();
            }
            stack.pushLocal(i);
        }
        for (int local = MANY - 1; local >= 0; local--) {
            stack.localChanges(local, blocks);
        }
        assertThat(stores()).isEqualTo(MANY);
        assertThat(looks()).isLessThan((long) LOOKS * MANY);
        // Operands below a block that waits take the value before it, the last ones where the code is.
        Node second = blocks.all.get(1).start;
        assertThat(second.previous).isNotNull();
        assertThat(second.previous.operation).isEqualTo(Node.Operation.STORE);
        assertThat(code.last().operation).isEqualTo(Node.Operation.STORE);
    }

    @Test
    void operands_that_lie_deep_on_the_jvms_stack_are_found_without_looking_through_the_others() {
        enterBlock();
        stack.push(ValueType.Number.I32, code.constant(1));
        for (int local = 0; local < MANY; local++) {
            stack.pushLocal(local);
        }
        long before = looks();
        for (int i = 0; i < MANY; i++) {
            stack.push(ValueType.Number.I32, code.constant(i));
            stack.spill(0);
        }
        assertThat(looks() - before).isLessThan(2L * MANY);
        assertThat(stack.isCut()).isTrue();
    }
}

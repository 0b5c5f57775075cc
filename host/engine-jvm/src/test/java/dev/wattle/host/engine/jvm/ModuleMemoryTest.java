package dev.wattle.host.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.jvm.MemoryImage.Part;
import dev.wattle.host.engine.jvm.runtime.Memory;
import dev.wattle.host.engine.jvm.runtime.Memory.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A memory comes out of the pool as a new one would be, whatever was done to it.
final class ModuleMemoryTest {
    private static final int PAGE = Memory.PAGE_BYTES;
    private static final int MAX_PAGES = 12;

    private final MemoryBudget budget = new MemoryBudget(64 << 20);
    private static final int CARD = 1 << Memory.CARD_SHIFT;
    private final MemoryPool pool = new MemoryPool(budget, 16 << 20);

    private static MemoryImage image(SplittableRandom random, int pages) {
        byte[] binary = new byte[20_000];
        random.nextBytes(binary);
        List<Part> parts = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            int length = random.nextInt(binary.length);
            parts.add(new Part(random.nextInt(pages * PAGE - length), random.nextInt(binary.length - length), length));
        }
        return Objects.requireNonNull(MemoryImage.of(binary, parts));
    }

    private static byte[] fresh(MemoryImage image, int pages) {
        byte[] bytes = new byte[pages * PAGE];
        image.fill(bytes);
        return bytes;
    }

    /// What generated code does, and what helpers do for it.
    private static void scribble(Memory memory, SplittableRandom random, boolean marking) {
        for (int i = random.nextInt(30); i > 0; i--) {
            byte[] bytes = memory.bytes();
            int size = bytes.length;
            switch (random.nextInt(7)) {
                case 0 -> memory.fill(random.nextInt(size), random.nextInt(), random.nextInt(PAGE) % 300);
                case 1 ->
                    memory.copy(random.nextInt(size - 5000), random.nextInt(size - 5000), random.nextInt(5000), memory);
                case 2 -> memory.writeLong(random.nextInt(size - 8), random.nextLong());
                case 3 -> memory.grow(random.nextInt(3));
                default -> store(memory, random, marking);
            }
        }
    }

    /// A vector, often across the border of a card.
    private static void store(Memory memory, SplittableRandom random, boolean marking) {
        byte[] bytes = memory.bytes();
        int at = random.nextBoolean()
                ? random.nextInt(bytes.length - 16)
                : Math.max(0, (1 + random.nextInt(bytes.length / CARD - 1)) * CARD - 1 - random.nextInt(16));
        if (marking) {
            Objects.requireNonNull(memory.cards())[at >>> Memory.CARD_SHIFT] = 1;
        }
        for (int i = 0; i < 16; i++) {
            bytes[at + i] = (byte) random.nextInt();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void whatever_was_stored_the_next_memory_is_as_a_new_one(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 12; round++) {
            int pages = 1 + random.nextInt(4);
            MemoryImage image = image(random, pages);
            var source = new ModuleMemory(pool, image, new ResetPolicy(JvmOptions.Cards.MEASURED));
            for (int i = 0; i < 20; i++) {
                boolean marking = random.nextInt(4) > 0;
                Bytes taken = Objects.requireNonNull(source.take(pages * PAGE, marking));
                assertThat(Arrays.mismatch(taken.bytes(), fresh(image, pages)))
                        .as("seed %d, round %d, instance %d", seed, round, i)
                        .isEqualTo(-1);
                assertThat(taken.cards() == null).isEqualTo(!marking);
                if (marking) {
                    assertThat(taken.marked()).containsOnly(0);
                }
                var memory = new Memory(taken, MAX_PAGES, source);
                scribble(memory, random, marking);
                byte[] before = memory.bytes().clone();
                int grown = memory.grow(1);
                if (grown >= 0) {
                    assertThat(Arrays.mismatch(memory.bytes(), Arrays.copyOf(before, before.length + PAGE)))
                            .as("seed %d, round %d, instance %d, grown", seed, round, i)
                            .isEqualTo(-1);
                }
                memory.close();
            }
        }
        assertThat(budget.usedBytes()).isEqualTo(pool.idleBytes());
        assertThat(pool.idleBytes()).isPositive();
        pool.sweep();
        pool.sweep();
        assertThat(budget.usedBytes()).isZero();
        assertThat(pool.idleBytes()).isZero();
    }

    @Test
    void what_nobody_needed_between_two_sweeps_is_dropped() {
        var source = new ModuleMemory(pool, MemoryImage.ZERO, new ResetPolicy(JvmOptions.Cards.NEVER));
        List<Memory> three = List.of(memory(source), memory(source), memory(source));
        three.forEach(Memory::close);
        assertThat(source.idleCount()).isEqualTo(3);
        pool.sweep();
        memory(source).close();
        pool.sweep();
        assertThat(source.idleCount()).isEqualTo(1);
        assertThat(pool.sweep()).isFalse();
        assertThat(source.idleCount()).isZero();
        memory(source).close();
        assertThat(pool.sweep()).isTrue();
    }

    private Memory memory(ModuleMemory source) {
        return new Memory(Objects.requireNonNull(source.take(PAGE, false)), MAX_PAGES, source);
    }

    @Test
    void idle_memories_make_room_for_those_in_use() {
        var small = new MemoryBudget(10 * PAGE);
        var pressed = new MemoryPool(small, 8 * PAGE);
        var first = new ModuleMemory(pressed, MemoryImage.ZERO, new ResetPolicy(JvmOptions.Cards.NEVER));
        var second = new ModuleMemory(pressed, MemoryImage.ZERO, new ResetPolicy(JvmOptions.Cards.NEVER));
        for (int i = 0; i < 2; i++) {
            new Memory(Objects.requireNonNull(first.take(3 * PAGE, false)), 3, first).close();
        }
        assertThat(first.idleCount()).isEqualTo(1);
        Bytes wanted = second.take(6 * PAGE, false);
        assertThat(wanted).isNotNull();
        assertThat(first.idleCount()).isZero();
        assertThat(second.take(6 * PAGE, false)).isNull();
        second.drop(Objects.requireNonNull(wanted));
        assertThat(small.usedBytes()).isZero();
    }

    @Test
    void what_a_memory_has_outgrown_is_kept_for_the_next_one_until_somebody_needs_the_room() {
        var small = new MemoryBudget(12 * PAGE);
        var pressed = new MemoryPool(small, 8 * PAGE);
        var source = new ModuleMemory(pressed, MemoryImage.ZERO, new ResetPolicy(JvmOptions.Cards.NEVER));
        var first = new Memory(Objects.requireNonNull(source.take(2 * PAGE, false)), 3, source);
        first.writeByte(PAGE, (byte) 1);
        byte[] outgrown = first.bytes();
        assertThat(first.grow(1)).isEqualTo(2);
        assertThat(pressed.idleBytes()).isEqualTo(IdleMemories.charge(2 * PAGE));
        first.close();
        assertThat(source.idleCount()).isEqualTo(2);
        Bytes again = Objects.requireNonNull(source.take(2 * PAGE, false));
        assertThat(again.bytes()).isSameAs(outgrown).containsOnly(0);

        var second = new Memory(again, 3, source);
        assertThat(second.grow(1)).isEqualTo(2);
        Bytes wanted = Objects.requireNonNull(source.take(5 * PAGE, false));
        assertThat(pressed.idleBytes()).isZero();
        second.close();
        assertThat(source.idleCount()).isEqualTo(1);
        source.drop(wanted);
        assertThat(small.usedBytes()).isEqualTo(IdleMemories.charge(3 * PAGE));
    }

    @Test
    void what_was_outgrown_long_ago_is_dropped() {
        var source = new ModuleMemory(pool, MemoryImage.ZERO, new ResetPolicy(JvmOptions.Cards.NEVER));
        Memory memory = memory(source);
        assertThat(memory.grow(1)).isEqualTo(1);
        assertThat(pool.sweep()).isTrue();
        assertThat(pool.idleBytes()).isPositive();
        assertThat(pool.sweep()).isFalse();
        assertThat(pool.idleBytes()).isZero();
        memory.close();
        assertThat(source.idleCount()).isEqualTo(1);
        assertThat(budget.usedBytes()).isEqualTo(pool.idleBytes());
    }

    @Test
    void scattered_data_make_no_image() {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            parts.add(new Part(i * 4096, 0, 1));
        }
        assertThat(MemoryImage.of(new byte[1], parts)).isNull();
        assertThat(MemoryImage.of(new byte[1], parts.subList(0, 100))).isNotNull();
    }

    @Test
    void a_memory_that_nobody_marks_is_reset_as_a_whole() {
        var source = new ModuleMemory(pool, MemoryImage.ZERO, new ResetPolicy(JvmOptions.Cards.ALWAYS));
        var memory = new Memory(Objects.requireNonNull(source.take(PAGE, true)), 1, source);
        memory.expect(false);
        memory.bytes()[70] = 1;
        memory.close();
        assertThat(Objects.requireNonNull(source.take(PAGE, true)).bytes()).containsOnly(0);
    }
}

package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.testkit.Gen;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The stack ends wherever a guest wants it to: a walk around the depth at which it does lets it end in guest code,
/// in lifting and lowering, in realloc, in a function of the host, and in a destructor. It is a trap each time,
/// nothing is left half done, and nobody else is touched.
@Tag("slow")
@Timeout(120)
final class StackExhaustionTest {
    private static final int ROUNDS = 800;

    /// After so many, an engine's pool holds all that it keeps.
    private static final int WARM = 100;

    /// Small, so that its end is reached soon; the JVM wants some of it for itself.
    private static final long STACK_BYTES = 512 << 10;

    /// Two to the power of this are more frames of a guest than what it calls takes on the stack.
    private static final int BACK = 10;

    private static final WitValue TEXT = WitValue.of("text");

    private final Gen gen = Gen.of(Gen.seed());
    private int entered;
    private int left;
    private int trapped;
    private int returned;

    private Optional<WitValue> echo(Sandbox sandbox, List<WitValue> arguments) {
        entered++;
        var answer = Optional.of(arguments.getFirst());
        left++;
        return answer;
    }

    private static Sandbox sandbox() {
        return new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
    }

    private static Optional<WitValue> call(ComponentInstance instance, String function, WitValue... arguments) {
        return instance.function(function).orElseThrow().call(List.of(arguments));
    }

    @ParameterizedTest
    @CsvSource({"jvm, 1", "jvm, 2", "jvm, 0", "endive, 1", "endive, 2", "endive, 0"})
    void wherever_the_stack_of_a_guest_ends_it_traps_and_nothing_is_torn(String engine, int what) throws Throwable {
        LinkedComponent linked = DivingGuest.link(DivingGuest.load(Engines.named(engine)), this::echo);
        onSmallStack(() -> walk(linked, what));
        assertThat(left).isEqualTo(entered);
        assertThat(trapped).isGreaterThan(ROUNDS / 10);
        assertThat(returned).isGreaterThan(ROUNDS / 10);
    }

    private void walk(LinkedComponent linked, int what) {
        try (Sandbox other = sandbox()) {
            ComponentInstance neighbour = linked.instantiate(other);
            int depth = 1;
            int stride = 1;
            long used = 0;
            for (int round = 0; round < ROUNDS; round++) {
                used = round == WARM ? MemoryBudget.ofThisProcess().usedBytes() : used;
                if (dives(linked, depth, what)) {
                    returned++;
                    depth += stride;
                    stride *= 2;
                } else {
                    trapped++;
                    depth = Math.max(1, depth - stepBack());
                    stride = 1;
                }
                assertThat(call(neighbour, "say", TEXT)).contains(TEXT);
            }
            assertThat(MemoryBudget.ofThisProcess().usedBytes()).isLessThanOrEqualTo(used);
        }
    }

    /// Did it return? Otherwise it has trapped, and is locked.
    private boolean dives(LinkedComponent linked, int depth, int what) {
        try (Sandbox sandbox = sandbox()) {
            ComponentInstance instance = linked.instantiate(sandbox);
            try {
                int more = what == DivingGuest.CALL ? 32 : 0;
                assertThat(call(instance, "dive", WitValue.of(depth), WitValue.of(what)))
                        .contains(WitValue.of(depth + more));
                assertThat(call(instance, "say", TEXT)).contains(TEXT);
                assertThat(call(instance, "count")).contains(WitValue.of(what == DivingGuest.DROP ? 1 : 0));
                return true;
            } catch (Trap trap) {
                assertThat(trap.kind()).isEqualTo(Trap.Kind.STACK_EXHAUSTED);
                assertThatThrownBy(() -> call(instance, "say", TEXT))
                        .isInstanceOfSatisfying(
                                Trap.class, again -> assertThat(again.kind()).isEqualTo(Trap.Kind.INSTANCE_LOCKED));
                return false;
            }
        }
    }

    /// The host's own stack may be short too: then whoever calls hears of it, and the guest is whole or locked.
    @ParameterizedTest
    @ValueSource(strings = {"jvm", "endive"})
    void wherever_the_stack_of_the_host_ends_the_guest_is_whole_or_locked(String engine) throws Throwable {
        LinkedComponent linked = DivingGuest.link(DivingGuest.load(Engines.named(engine)), this::echo);
        onSmallStack(() -> {
            int depth = 1;
            int stride = 1;
            for (int round = 0; round < ROUNDS; round++) {
                if (answersBelow(linked, depth)) {
                    depth += stride;
                    stride *= 2;
                } else {
                    depth = Math.max(1, depth - stepBack());
                    stride = 1;
                }
            }
        });
    }

    private static boolean answersBelow(LinkedComponent linked, int depth) {
        try (Sandbox sandbox = sandbox()) {
            ComponentInstance instance = linked.instantiate(sandbox);
            ComponentFunction say = instance.function("say").orElseThrow();
            try {
                assertThat(below(depth, say)).contains(TEXT);
                return true;
            } catch (StackOverflowError | Trap exhausted) {
                assertThat(exhausted instanceof Trap trap ? trap.kind() : Trap.Kind.STACK_EXHAUSTED)
                        .isEqualTo(Trap.Kind.STACK_EXHAUSTED);
                wholeOrLocked(instance);
                return false;
            }
        }
    }

    private int stepBack() {
        return gen.intBetween(1, 1 << gen.intBetween(0, BACK));
    }

    private static void wholeOrLocked(ComponentInstance instance) {
        try {
            assertThat(call(instance, "say", TEXT)).contains(TEXT);
            assertThat(call(instance, "dive", WitValue.of(3), WitValue.of(DivingGuest.CALL)))
                    .contains(WitValue.of(35));
        } catch (Trap locked) {
            assertThat(locked.kind()).isEqualTo(Trap.Kind.INSTANCE_LOCKED);
        }
    }

    private static Optional<WitValue> below(int depth, ComponentFunction function) {
        return depth == 0 ? function.call(List.of(TEXT)) : below(depth - 1, function);
    }

    private static void onSmallStack(Runnable test) throws Throwable {
        var failure = new AtomicReference<Throwable>();
        var thread = new Thread(null, test, "stack exhaustion", STACK_BYTES);
        thread.setUncaughtExceptionHandler((_, thrown) -> failure.set(thrown));
        thread.start();
        thread.join();
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}

package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each limit that a sandbox can be given, hit by a guest of each engine: just below it all is well. How deep the stack
/// goes, and what a deadline does, have tests of their own: [StackExhaustionTest], [DeadlineRaceTest].
@Timeout(60)
final class LimitsTest {
    private static final int PAGE = 65_536;
    private static final int SMALL = 10;

    private static LinkedComponent linked(String engine) {
        return DivingGuest.link(
                DivingGuest.load(Engines.named(engine)), (_, arguments) -> Optional.of(arguments.getFirst()));
    }

    private static Sandbox sandbox(CoreLimits limits) {
        return new Sandbox(new GuestControl(), limits);
    }

    private static Sandbox sandbox(AbiLimits limits) {
        return new Sandbox(new GuestControl(), CoreLimits.DEFAULTS, limits, MemoryBudget.ofThisProcess());
    }

    private static AbiLimits limits(int handles, int nesting, long bytes, int instances) {
        return new AbiLimits(handles, 0, nesting, bytes, bytes, instances);
    }

    private static WitValue call(ComponentInstance instance, String function, WitValue... arguments) {
        return instance.function(function)
                .orElseThrow()
                .call(List.of(arguments))
                .orElseThrow();
    }

    private static WitValue number(long value) {
        return WitValue.of(value);
    }

    private static void hits(Runnable action) {
        assertThat(catchThrowable(action::run))
                .isInstanceOfSatisfying(
                        Trap.class,
                        trap -> assertThat(trap.kind()).as("%s", trap).isEqualTo(Trap.Kind.LIMIT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "endive"})
    void a_memory_grows_to_its_limit(String engine) {
        try (Sandbox sandbox = sandbox(new CoreLimits(3 * PAGE, SMALL))) {
            ComponentInstance instance = linked(engine).instantiate(sandbox);
            assertThat(call(instance, "grow-memory", number(2))).isEqualTo(number(1));
            assertThat(call(instance, "grow-memory", number(1))).isEqualTo(number(0xFFFF_FFFFL));
        }
        try (Sandbox sandbox = sandbox(new CoreLimits(PAGE - 1, SMALL))) {
            hits(() -> linked(engine).instantiate(sandbox));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "endive"})
    void a_table_grows_to_its_limit(String engine) {
        try (Sandbox sandbox = sandbox(new CoreLimits(PAGE, SMALL))) {
            ComponentInstance instance = linked(engine).instantiate(sandbox);
            assertThat(call(instance, "grow-table", number(SMALL - 4))).isEqualTo(number(4));
            assertThat(call(instance, "grow-table", number(1))).isEqualTo(number(0xFFFF_FFFFL));
        }
        try (Sandbox sandbox = sandbox(new CoreLimits(PAGE, 3))) {
            hits(() -> linked(engine).instantiate(sandbox));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "endive"})
    void a_table_that_one_tenant_grew_is_not_grown_for_the_second(String engine) {
        LinkedComponent linked = linked(engine);
        try (Sandbox first = sandbox(CoreLimits.DEFAULTS);
                Sandbox second = sandbox(CoreLimits.DEFAULTS)) {
            ComponentInstance grown = linked.instantiate(first);
            assertThat(call(grown, "grow-table", number(1000))).isEqualTo(number(4));
            assertThat(call(grown, "table-size")).isEqualTo(number(1004));
            assertThat(call(linked.instantiate(second), "table-size")).isEqualTo(number(4));
        }
        try (Sandbox third = sandbox(CoreLimits.DEFAULTS)) {
            assertThat(call(linked.instantiate(third), "table-size")).isEqualTo(number(4));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "endive"})
    void instances_are_made_up_to_their_limit(String engine) {
        LinkedComponent linked = linked(engine);
        try (Sandbox sandbox = sandbox(limits(SMALL, SMALL, PAGE, 4))) {
            ComponentInstance one = linked.instantiate(sandbox);
            ComponentInstance two = linked.instantiate(sandbox);
            hits(() -> linked.instantiate(sandbox));
            assertThat(call(one, "table-size")).isEqualTo(call(two, "table-size"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "endive"})
    void handles_are_made_up_to_their_limit(String engine) {
        for (int more = 0; more < 2; more++) {
            try (Sandbox sandbox = sandbox(limits(SMALL, SMALL, PAGE, SMALL))) {
                ComponentInstance instance = linked(engine).instantiate(sandbox);
                if (more == 0) {
                    assertThat(call(instance, "make", number(SMALL))).isEqualTo(number(0));
                } else {
                    hits(() -> call(instance, "make", number(SMALL + 1)));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "endive"})
    void strings_are_as_long_as_their_limit(String engine) {
        for (int more = 0; more < 2; more++) {
            try (Sandbox sandbox = sandbox(limits(SMALL, SMALL, SMALL, SMALL))) {
                ComponentInstance instance = linked(engine).instantiate(sandbox);
                WitValue text = WitValue.of("x".repeat(SMALL + more));
                if (more == 0) {
                    assertThat(call(instance, "say", text)).isEqualTo(text);
                } else {
                    hits(() -> call(instance, "say", text));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "endive"})
    void lists_are_as_long_as_their_limit(String engine) {
        for (int more = 0; more < 2; more++) {
            try (Sandbox sandbox = sandbox(limits(SMALL, SMALL, SMALL, SMALL))) {
                ComponentInstance instance = linked(engine).instantiate(sandbox);
                WitValue bytes = WitValue.ofBytes(new byte[SMALL + more]);
                if (more == 0) {
                    assertThat(call(instance, "give", bytes)).isEqualTo(bytes);
                } else {
                    hits(() -> call(instance, "give", bytes));
                }
            }
        }
    }

    /// The host calls another instance of the sandbox for each level.
    @ParameterizedTest
    @ValueSource(strings = {"jvm", "endive"})
    void calls_nest_as_deep_as_their_limit(String engine) {
        Component component = DivingGuest.load(Engines.named(engine));
        for (int more = 0; more < 2; more++) {
            try (Sandbox sandbox = sandbox(limits(SMALL, 3, PAGE, 100))) {
                Runnable chain = () -> {};
                for (int level = 0; level < 3 + more; level++) {
                    Runnable inner = chain;
                    LinkedComponent linked = DivingGuest.link(component, (_, arguments) -> {
                        inner.run();
                        return Optional.of(arguments.getFirst());
                    });
                    ComponentInstance instance = linked.instantiate(sandbox);
                    chain = () -> call(instance, "dive", number(0), number(DivingGuest.CALL));
                }
                if (more == 0) {
                    chain.run();
                } else {
                    hits(chain);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "endive"})
    void a_deadline_ends_a_guest_and_nobody_else(String engine) throws InterruptedException {
        LinkedComponent linked = linked(engine);
        var control = new GuestControl();
        try (Sandbox sandbox = new Sandbox(control, CoreLimits.DEFAULTS);
                Sandbox other = sandbox(CoreLimits.DEFAULTS)) {
            ComponentInstance neighbour = linked.instantiate(other);
            ComponentInstance instance = linked.instantiate(sandbox);
            Thread watchdog = Thread.ofPlatform().name("watchdog").start(() -> {
                while (!control.entered()) {
                    Thread.onSpinWait();
                }
                control.stop("the deadline passed");
            });
            assertThat(catchThrowable(
                            () -> instance.function("spin").orElseThrow().call(List.of())))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.INTERRUPTED));
            watchdog.join();
            assertThat(Thread.interrupted()).isFalse();
            assertThat(call(neighbour, "say", WitValue.of("still here"))).isEqualTo(WitValue.of("still here"));
        }
    }
}

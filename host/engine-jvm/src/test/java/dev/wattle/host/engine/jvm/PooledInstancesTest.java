package dev.wattle.host.engine.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.jvm.JvmOptions.Cards;
import dev.wattle.host.engine.jvm.code.CodeOptions;
import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever a guest did, the next instance from the pool is equal to a fresh one, bit by bit.
final class PooledInstancesTest {
    private static final int CASES_OF_A_MODULE = 100;
    private static final int OPERATIONS = 12;

    private static void check(Engine engine, long seed, int cases) throws Throwable {
        var random = new SplittableRandom(seed);
        Scribbler scribbler = new Scribbler(engine, random);
        for (int i = 0; i < cases; i++) {
            if (i % CASES_OF_A_MODULE == CASES_OF_A_MODULE - 1) {
                scribbler = new Scribbler(engine, random);
            }
            var guest = new GuestControl();
            try (CoreInstance instance = scribbler.instance(guest)) {
                scribbler.assertFresh(instance, random, "-Dwattle.seed=%d, case %d, %s".formatted(seed, i, scribbler));
                scribbler.scribble(instance, guest, random, random.nextInt(OPERATIONS));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void after_anything_the_next_instance_is_fresh(Cards cards) throws Throwable {
        check(new JvmEngine(JvmOptions.DEFAULTS.withCards(cards)), Gen.seed(), 300);
    }

    @Test
    void after_anything_in_split_code_the_next_instance_is_fresh() throws Throwable {
        check(new JvmEngine(JvmOptions.DEFAULTS.withCode(CodeOptions.SPLIT).withCards(Cards.ALWAYS)), Gen.seed(), 100);
    }

    @Tag("slow")
    @ParameterizedTest
    @EnumSource
    void a_hundred_thousand_times(Cards cards) throws Throwable {
        check(new JvmEngine(JvmOptions.DEFAULTS.withCards(cards)), Gen.seed(), 100_000 / Cards.values().length + 1);
    }

    /// Each thread marks what it sees as its own, and must not see another's mark.
    @ParameterizedTest
    @EnumSource
    void tenants_in_parallel_never_see_each_other(Cards cards) throws InterruptedException {
        var engine = new JvmEngine(JvmOptions.DEFAULTS.withCards(cards));
        long seed = Gen.seed();
        var shared = new Scribbler(engine, new SplittableRandom(seed));
        var failure = new AtomicReference<Throwable>();
        List<Thread> tenants = new ArrayList<>();
        for (int tenant = 0; tenant < 4; tenant++) {
            var random = new SplittableRandom(seed + tenant);
            byte mark = (byte) (tenant + 1);
            tenants.add(Thread.ofPlatform().name("tenant-" + tenant).start(() -> {
                try {
                    for (int i = 0; i < 150; i++) {
                        live(shared, random, mark, "-Dwattle.seed=%d, instance %d".formatted(seed, i));
                    }
                } catch (Throwable found) {
                    failure.set(found);
                }
            }));
        }
        for (Thread tenant : tenants) {
            tenant.join();
        }
        assertThat(failure.get()).isNull();
    }

    private static void live(Scribbler shared, SplittableRandom random, byte mark, String as) throws Throwable {
        var guest = new GuestControl();
        try (CoreInstance instance = shared.instance(guest)) {
            shared.assertFresh(instance, random, as);
            GuestMemory memory = Scribbler.memory(instance);
            int size = (int) memory.sizeBytes();
            int[] places = random.ints(20, 64, size).toArray();
            for (int place : places) {
                memory.writeByte(place, mark);
            }
            Thread.onSpinWait();
            for (int place : places) {
                assertThat(memory.readByte(place)).as(as).isEqualTo(mark);
            }
            shared.scribble(instance, guest, random, 3);
        }
    }
}

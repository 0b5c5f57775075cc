package dev.wattle.host.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A guest as a compiler of Rust makes it never ends by itself: every `unreachable` in it is a failed assertion, and
/// every wrong answer means that its memory is not what it left there.
@Timeout(120)
public abstract class EngineRealGuestContract extends EngineContract {
    private static final int THREADS = 4;
    private static final int MAX_CALLS = 12;
    private static final String REFUSED = "a currency is 1 to 16 letters and digits";
    private static final List<String> CURRENCIES = List.of("USD", "EUR", "X", "ABCDEFGHIJKLMNOP", "CHF4711");

    /// How many sandboxes each thread makes.
    protected int runs() {
        return 250;
    }

    /// Called before each run, on its thread: the place for what an engine decides by itself, now and then.
    protected void disturb(CoreModule module, SplittableRandom random) {}

    private static final class HostFault extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// What the host does in one sandbox.
    private static final class Tenant implements RustConverter.Rates {
        private final SplittableRandom random;
        private final GuestControl guest;
        private final int failures;
        private @Nullable String expectedKey;
        private String rate = "1";

        Tenant(SplittableRandom random, GuestControl guest) {
            this.random = random;
            this.guest = guest;
            this.failures = random.nextInt(4) * 5;
        }

        @Override
        public String rate(String key) {
            assertThat(key).isEqualTo(expectedKey);
            if (random.nextInt(100) < failures) {
                switch (random.nextInt(3)) {
                    case 0 -> throw new HostFault();
                    case 1 -> throw new Trap(Trap.Kind.LINK, "no host answers");
                    default -> guest.stop("enough");
                }
            }
            return rate;
        }

        void call(RustConverter converter) throws Throwable {
            double amount = random.nextDouble(1000);
            String from = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
            if (random.nextInt(5) == 0) {
                // The guest makes room for it first.
                String tooLong = "L".repeat(17 + random.nextInt(300_000));
                assertThat(converter.convert(amount, from, tooLong).error()).isEqualTo(REFUSED);
                return;
            }
            String to = CURRENCIES.get(random.nextInt(CURRENCIES.size()));
            expectedKey = from + "_" + to;
            rate = Double.toString(1 + random.nextDouble());
            assertThat(converter.convert(amount, from, to))
                    .isEqualTo(new RustConverter.Answer(amount * Double.parseDouble(rate), null));
        }
    }

    /// One sandbox.
    ///
    /// @return how many calls were answered
    private static int live(CoreModule module, SplittableRandom random, byte[] fresh) throws Throwable {
        var guest = new GuestControl();
        var tenant = new Tenant(random, guest);
        var opened = new ArrayList<CoreInstance>();
        int answered = 0;
        try {
            RustConverter converter = RustConverter.of(guest, tenant, random.nextLong(), imports -> {
                CoreInstance instance = module.instantiate(imports, CoreLimits.DEFAULTS, guest);
                opened.add(instance);
                return instance;
            });
            assertThat(converter.memory().read(0, fresh.length)).isEqualTo(fresh);
            guest.enter();
            try {
                for (int calls = random.nextInt(MAX_CALLS); calls >= 0; calls--) {
                    tenant.call(converter);
                    answered++;
                }
            } catch (HostFault _) {
                // part of the mix
            } catch (Trap trap) {
                assertThat(trap.kind()).isIn(Trap.Kind.LINK, Trap.Kind.INTERRUPTED);
            } finally {
                guest.exit();
            }
        } finally {
            opened.forEach(CoreInstance::close);
        }
        return answered;
    }

    @Test
    void a_guest_of_a_real_compiler_never_finds_its_memory_changed() throws InterruptedException {
        CoreModule module = engine().compile(RustConverter.binary());
        long seed = Gen.seed();
        byte[] fresh = fresh(module);
        var failure = new AtomicReference<@Nullable Throwable>();
        var answered = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            var random = new SplittableRandom(seed + i);
            Thread.Builder builder = i % 2 == 0 || !engine().polls() ? Thread.ofPlatform() : Thread.ofVirtual();
            threads.add(builder.name("tenant-" + i).start(() -> {
                try {
                    for (int run = 0; run < runs() && failure.get() == null; run++) {
                        disturb(module, random);
                        answered.addAndGet(live(module, random, fresh));
                    }
                } catch (Throwable found) {
                    failure.compareAndSet(null, found);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).as("-Dwattle.seed=%d", seed).isNull();
        assertThat(answered.get()).isGreaterThan(runs());
    }

    private static byte[] fresh(CoreModule module) {
        var guest = new GuestControl();
        var opened = new ArrayList<CoreInstance>();
        try {
            GuestMemory memory = RustConverter.of(guest, key -> key, 0, imports -> {
                        CoreInstance instance = module.instantiate(imports, CoreLimits.DEFAULTS, guest);
                        opened.add(instance);
                        return instance;
                    })
                    .memory();
            return memory.read(0, (int) memory.sizeBytes());
        } finally {
            opened.forEach(CoreInstance::close);
        }
    }
}

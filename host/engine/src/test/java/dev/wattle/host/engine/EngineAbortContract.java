package dev.wattle.host.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.testkit.Gen;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Many threads run instances of one module, and parts of the runs end in the middle: whatever a run did is what its
/// memory holds, nothing else, and the next instance holds nothing of it.
@Timeout(120)
public abstract class EngineAbortContract extends EngineContract {
    private static final int THREADS = 4;
    private static final int MAX_STEPS = 4_000;

    /// One in so many calls of the host looks through all of the memory.
    private static final int LOOKS = 40;

    private static final CoreType.Function VISIT = new CoreType.Function(List.of(CoreType.Value.I32), List.of());
    private static final MethodHandle CODE = visit();

    private final BlockingQueue<GuestControl> toStop = new LinkedBlockingQueue<>();

    /// How many runs each thread makes.
    protected int runs() {
        return 150;
    }

    /// Called before each run, on its thread: the place for what an engine decides by itself, now and then.
    protected void disturb(CoreModule module, SplittableRandom random) {}

    /// How a run ends.
    private enum End {
        WELL,
        HOST_FAILS,
        HOST_TRAPS,
        HOST_STOPS,
        STOPPED_FROM_ELSEWHERE
    }

    private static final List<End> ENDS = List.of(End.values());

    private static MethodHandle visit() {
        try {
            return MethodHandles.lookup().findVirtual(Run.class, "visit", MethodType.methodType(void.class, int.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static final class HostFault extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /// One instance's life: what its host function knows.
    final class Run {
        private final GuestControl guest = new GuestControl();
        private final SplittableRandom random;
        private final int seed;
        private final int steps;
        private final End end;
        private final int endAt;
        private final AtomicReference<GuestMemory> memory = new AtomicReference<>();

        Run(SplittableRandom random) {
            this.random = random;
            seed = random.nextInt() | 1;
            steps = 1 + random.nextInt(MAX_STEPS);
            end = ENDS.get(random.nextInt(ENDS.size()));
            endAt = random.nextInt(steps);
        }

        void visit(int step) {
            guest.host();
            if (random.nextInt(LOOKS) == 0) {
                assertHolds(0);
            }
            if (step >= endAt) {
                switch (end) {
                    case WELL -> {}
                    case HOST_FAILS -> throw new HostFault();
                    case HOST_TRAPS -> throw new Trap(Trap.Kind.LINK, "no host answers");
                    case HOST_STOPS -> guest.stop("enough");
                    case STOPPED_FROM_ELSEWHERE -> toStop.add(guest);
                }
            }
            guest.resume();
        }

        /// @param more how many changes may have been made that were not counted
        private void assertHolds(int more) {
            int counted = memory.get().readInt(0);
            for (int actions = counted; ; actions++) {
                int mismatch = Ledger.after(seed, steps, actions).mismatch(memory.get());
                if (mismatch < 0) {
                    return;
                }
                if (actions == counted + more) {
                    throw new AssertionError("after " + counted + " changes byte " + mismatch + " is wrong: " + this);
                }
            }
        }

        void live(CoreModule module) throws Throwable {
            List<CoreExtern> imports = List.of(CoreExtern.hostFunction(VISIT, CODE, this));
            try (CoreInstance instance = module.instantiate(imports, CoreLimits.DEFAULTS, guest)) {
                memory.set(memory(instance));
                assertThat(Ledger.fresh().mismatch(memory.get()))
                        .as("fresh: %s", this)
                        .isEqualTo(-1);
                assertThat(memory.get().readInt(0)).isZero();
                MethodHandle run = function(instance, "run");
                guest.enter();
                try {
                    int sum = (int) run.invokeExact(seed, steps);
                    assertThat(sum)
                            .as("%s", this)
                            .isEqualTo(
                                    Ledger.after(seed, steps, Integer.MAX_VALUE).sum());
                } catch (HostFault _) {
                    assertThat(end).isEqualTo(End.HOST_FAILS);
                } catch (Trap trap) {
                    boolean hosts = trap.kind() == Trap.Kind.LINK && end == End.HOST_TRAPS;
                    boolean stopped = trap.kind() == Trap.Kind.INTERRUPTED && guest.stopped() != null;
                    assertThat(hosts || stopped).as("%s: %s", this, trap).isTrue();
                } finally {
                    guest.exit();
                }
                assertHolds(1);
            }
        }

        @Override
        public String toString() {
            return "seed " + seed + ", " + steps + " steps, ends " + end + " at " + endAt;
        }
    }

    private void runs(CoreModule module, SplittableRandom random, AtomicReference<@Nullable Throwable> failure) {
        try {
            for (int i = 0; i < runs() && failure.get() == null; i++) {
                disturb(module, random);
                new Run(random).live(module);
            }
        } catch (Throwable found) {
            failure.compareAndSet(null, found);
        }
    }

    private void stopAll() {
        try {
            for (GuestControl next = toStop.take(); next != sandbox; next = toStop.take()) {
                next.stop("enough");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void check(CoreModule module) throws InterruptedException {
        long seed = Gen.seed();
        var failure = new AtomicReference<@Nullable Throwable>();
        Thread stopper = Thread.ofPlatform().name("stopper").start(this::stopAll);
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < THREADS; i++) {
            var random = new SplittableRandom(seed + i);
            Thread.Builder builder = i % 2 == 0 || !engine().polls() ? Thread.ofPlatform() : Thread.ofVirtual();
            threads.add(builder.name("tenant-" + i).start(() -> runs(module, random, failure)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        toStop.add(sandbox);
        stopper.join();
        assertThat(failure.get()).as("-Dwattle.seed=%d", seed).isNull();
    }

    @Test
    void runs_that_end_in_the_middle_leave_what_they_did_and_nothing_to_others() throws InterruptedException {
        check(engine().compile(Ledger.guest().build()));
    }

    @Test
    void so_do_wired_ones() throws InterruptedException {
        check(engine().compile(Ledger.guest().build()).wire(List.of(new Wire.Host(VISIT, CODE))));
    }
}

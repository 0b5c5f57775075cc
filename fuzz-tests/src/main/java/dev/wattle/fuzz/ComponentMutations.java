package dev.wattle.fuzz;

import com.sun.management.ThreadMXBean;
import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.Feature;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.jvm.JvmEngine;
import dev.wattle.testkit.Gen;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Damages components. Whatever they are, loading them ends soon, in a component or in a refusal, takes no more memory
/// than a small multiple of their size, and agrees with what `wasm-tools` says of them; what loads is run, and ends in
/// values or traps. Batch `n` of a seed is the same on every machine. One thread.
final class ComponentMutations {
    private static final int BATCH = 100;

    /// A component of a few kilobytes takes less than a millisecond; the rest is for a busy machine.
    private static final long MAX_NANOS = 5_000_000_000L;

    /// What any load may take, for tables and classes that are made once.
    private static final long ALLOCATED_BYTES = 32L << 20;

    /// What a byte of a component may take: a definition of two bytes is some objects, and a type may be repeated for
    /// each of its uses.
    private static final long ALLOCATED_PER_BYTE = 8L << 10;

    /// What both sides have; see [WasmTools].
    private static final Set<Feature> FEATURES = EnumSet.of(
            Feature.ASYNC,
            Feature.ASYNC_STACKFUL,
            Feature.MORE_ASYNC_BUILTINS,
            Feature.THREADING,
            Feature.ERROR_CONTEXT,
            Feature.FIXED_LENGTH_LISTS,
            Feature.MAP,
            Feature.IMPLEMENTS);

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final long seed;
    private final Optional<WasmTools> tools;
    private final @Nullable DecoderFault fault;
    private final List<byte[]> corpus;
    private final Engine engine = new JvmEngine();
    private final ComponentRuns runs = new ComponentRuns();
    private long mutants;
    private long accepted;
    private long compared;

    /// @param tools without them, only the ways in which we fail are looked at
    /// @param fault planted in our decoder
    ComponentMutations(long seed, Optional<WasmTools> tools, @Nullable DecoderFault fault, List<byte[]> corpus) {
        this.seed = seed;
        this.tools = tools;
        this.fault = fault;
        this.corpus = corpus;
    }

    /// What our decoder says: a component, or why not.
    private record Verdict(@Nullable Component component, Optional<ComponentException> refusal) {
        /// What we refuse for its size, or because the engine lacks something, may be valid all the same.
        boolean comparable() {
            return refusal.map(e -> e.code() != ComponentException.Code.LIMIT
                            && e.code() != ComponentException.Code.UNSUPPORTED)
                    .orElse(true);
        }
    }

    /// How many mutants were looked at.
    String summary() {
        return "%d damaged components, %d of them valid, %d compared; %s"
                .formatted(mutants, accepted, compared, runs.summary());
    }

    /// What went wrong in a batch.
    List<String> run(long batch) {
        Gen gen = Gen.of(seed, batch);
        var components = new ArrayList<byte[]>();
        var verdicts = new ArrayList<Verdict>();
        var wrong = new ArrayList<String>();
        for (int i = 0; i < BATCH; i++) {
            Gen one = gen.split();
            byte[] mutant = new ComponentMutator(one, corpus).mutant();
            try {
                Verdict verdict = load(mutant);
                mutants++;
                if (verdict.component() != null) {
                    accepted++;
                    if (fault == null) {
                        runs.run(verdict.component(), one);
                    }
                }
                if (verdict.comparable() && ComponentCorpus.isComponent(mutant)) {
                    components.add(mutant);
                    verdicts.add(verdict);
                }
            } catch (RuntimeException | Error failure) {
                wrong.add(report(batch, mutant, "it failed: " + Mutant.firstFrames(failure)));
            }
        }
        tools.ifPresent(present -> compare(present, batch, components, verdicts, wrong));
        return wrong;
    }

    private Verdict load(byte[] mutant) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        @Nullable Component component = null;
        Optional<ComponentException> refusal = Optional.empty();
        try {
            component = Component.load(engine, fault == null ? mutant.clone() : fault.given(mutant), FEATURES);
        } catch (ComponentException refused) {
            refusal = Optional.of(refused);
        }
        if (fault != null) {
            refusal = fault.answered(refusal);
        }
        long took = System.nanoTime() - start;
        if (took > MAX_NANOS) {
            throw new IllegalStateException("it took " + took / 1_000_000 + " ms for " + mutant.length + " bytes");
        }
        allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (allocated > ALLOCATED_BYTES + ALLOCATED_PER_BYTE * mutant.length) {
            throw new IllegalStateException("it took " + allocated + " bytes for " + mutant.length);
        }
        return new Verdict(component, refusal);
    }

    private void compare(
            WasmTools present, long batch, List<byte[]> components, List<Verdict> verdicts, List<String> wrong) {
        var refused = present.refusedComponents(components);
        for (int i = 0; i < components.size(); i++) {
            compared++;
            Optional<ComponentException> ours = verdicts.get(i).refusal();
            if (ours.isPresent() == refused.containsKey(i)) {
                continue;
            }
            // The script's runner does a little more than to validate: what counts is the validator's own word.
            Optional<String> theirs = present.refusedComponent(components.get(i));
            if (ours.isPresent() != theirs.isPresent()
                    && !(ours.isEmpty() && KnownDifference.explains(theirs.orElse("")))) {
                wrong.add(report(
                        batch,
                        components.get(i),
                        "we %s, wasm-tools %s"
                                .formatted(
                                        ours.map(e -> "say " + e.code() + " " + e.getMessage())
                                                .orElse("accept"),
                                        theirs.map(words ->
                                                        "says " + words.strip().replaceAll("\\s+", " "))
                                                .orElse("accepts"))));
            }
        }
    }

    private String report(long batch, byte[] component, String what) {
        return "%s\n  component: %s\n  repeat: WATTLE_SEED=%d ./wattle test --fuzz --components %d"
                .formatted(what, fault == null ? Mutant.keep(component) : "-", seed, batch);
    }
}

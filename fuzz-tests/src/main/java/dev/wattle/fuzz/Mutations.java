package dev.wattle.fuzz;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.jvm.binary.ModuleDecoder;
import dev.wattle.host.engine.jvm.binary.ModuleLimits;
import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Damages modules, and holds what our decoder says of each against what `wasm-tools` says. Batch `n` of a seed
/// is the same on every machine.
final class Mutations {
    private static final int BATCH = 300;

    /// A guest of a few hundred kilobytes takes some ten milliseconds; the rest is for a busy machine.
    private static final long MAX_NANOS = 5_000_000_000L;
    /// Guests are a thousand times larger than what we generate.
    private static final int GUEST_ONE_IN = 50;

    private final long seed;
    private final Optional<WasmTools> tools;
    private final List<byte[]> guests = Guests.modules();
    private final Map<Profile, Palette> palettes = new EnumMap<>(Profile.class);
    private long mutants;
    private long accepted;
    private long compared;

    /// @param tools without them, only the ways in which our decoder fails are looked at
    Mutations(long seed, Optional<WasmTools> tools) {
        this.seed = seed;
        this.tools = tools;
        for (Profile profile : Profile.values()) {
            palettes.put(profile, Palette.of(profile.features()));
        }
    }

    /// What our decoder says: nothing when it accepts.
    private record Verdict(Optional<ModuleException> refusal) {
        /// What we refuse for its size may be valid all the same.
        boolean comparable() {
            return refusal.map(e -> e.getMessage() == null || !e.getMessage().contains("limit"))
                    .orElse(true);
        }
    }

    /// How many mutants were looked at.
    String summary() {
        return "%d mutants, %d of them valid; %d compared".formatted(mutants, accepted, compared);
    }

    /// What went wrong in a batch.
    List<String> run(long batch) {
        Gen gen = Gen.of(seed, batch);
        var modules = new ArrayList<byte[]>();
        var verdicts = new ArrayList<Verdict>();
        var wrong = new ArrayList<String>();
        for (int i = 0; i < BATCH; i++) {
            byte[] module = mutant(gen.split());
            try {
                Verdict verdict = decode(module);
                mutants++;
                accepted += verdict.refusal().isPresent() ? 0 : 1;
                if (verdict.comparable()) {
                    modules.add(module);
                    verdicts.add(verdict);
                }
            } catch (RuntimeException | Error failure) {
                wrong.add(report(batch, module, "the decoder failed: " + Mutant.firstFrames(failure)));
            }
        }
        tools.ifPresent(present -> compare(present, batch, modules, verdicts, wrong));
        return wrong;
    }

    private byte[] mutant(Gen gen) {
        if (gen.intBetween(1, GUEST_ONE_IN) == 1) {
            return new ByteMutator(gen).mutate(gen.oneOf(guests));
        }
        Program program = ProgramGenerator.generate(
                gen, Objects.requireNonNull(palettes.get(gen.oneOf(List.of(Profile.values())))));
        return switch (gen.intBetween(0, 3)) {
            case 0 -> new ByteMutator(gen).mutate(program.encode());
            case 1 ->
                new ByteMutator(gen).mutate(new TreeMutator(gen).mutate(program).encode());
            default -> new TreeMutator(gen).mutate(program).encode();
        };
    }

    private static Verdict decode(byte[] module) {
        long start = System.nanoTime();
        Verdict verdict;
        try {
            Object _ = ModuleDecoder.decode(module.clone(), ModuleLimits.DEFAULTS);
            verdict = new Verdict(Optional.empty());
        } catch (ModuleException refused) {
            verdict = new Verdict(Optional.of(refused));
        }
        long took = System.nanoTime() - start;
        if (took > MAX_NANOS) {
            throw new IllegalStateException("it took " + took / 1_000_000 + " ms for " + module.length + " bytes");
        }
        return verdict;
    }

    private void compare(
            WasmTools present, long batch, List<byte[]> modules, List<Verdict> verdicts, List<String> wrong) {
        var refused = present.refused(modules);
        for (int i = 0; i < modules.size(); i++) {
            compared++;
            Optional<ModuleException> ours = verdicts.get(i).refusal();
            if (ours.isPresent() == refused.containsKey(i)) {
                continue;
            }
            // The script's runner does a little more than to validate: what counts is the validator's own word.
            Optional<String> confirmed = present.refused(modules.get(i));
            if (ours.isPresent() != confirmed.isPresent()) {
                wrong.add(report(
                        batch,
                        modules.get(i),
                        "we %s, wasm-tools %s"
                                .formatted(
                                        ours.map(e -> "say " + e.code() + " " + e.getMessage())
                                                .orElse("accept"),
                                        confirmed
                                                .map(words -> "says " + words.strip())
                                                .orElse("accepts"))));
            }
        }
    }

    private String report(long batch, byte[] module, String what) {
        return "%s\n  module: %s\n  repeat: WATTLE_SEED=%d ./wattle test --fuzz --batch %d"
                .formatted(what, Mutant.keep(module), seed, batch);
    }
}

package dev.wattle.fuzz;

import dev.wattle.fuzz.Case.Call;
import dev.wattle.fuzz.Outcome.Difference;
import dev.wattle.testkit.Gen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Generates cases from a seed and compares our engine with the others on each. Case `n` of a seed is the same
/// on every machine, whichever cases ran before it.
final class Differential {
    private static final Duration REDUCING = Duration.ofSeconds(30);
    /// The first cases of each so many are made by `wasm-tools smith`, where it is there.
    private static final int SMITH_ONE_IN = 40;
    private static final int SMITH_PROFILES = 8;
    private static final int LINKED_ONE_IN = 4;

    private final long seed;
    private final Lineup lineup;
    private final Optional<WasmTools> tools;
    private final Map<Profile, Palette> palettes = new EnumMap<>(Profile.class);
    private final Map<Profile, Long> cases = new EnumMap<>(Profile.class);
    private long compared;
    private long outvoted;
    private long linked;

    /// @param tools for modules of theirs among ours; without them all are ours
    Differential(long seed, Lineup lineup, Optional<WasmTools> tools) {
        this.seed = seed;
        this.lineup = lineup;
        this.tools = tools;
        for (Profile profile : Profile.values()) {
            palettes.put(profile, Palette.of(profile.features()));
        }
    }

    /// A difference, as small as it could be made.
    ///
    /// @param module where the module is
    record Finding(long number, Profile profile, String engine, Difference difference, List<Call> calls, Path module) {
        /// What a person needs to go on.
        String report(long seed) {
            return """
                    case %d (%s): %s
                    module: %s
                    calls: %s
                    repeat: WATTLE_SEED=%d ./wattle test --fuzz --case %d""".formatted(number, profile, difference.text(), module, calls, seed, number);
        }
    }

    /// What was done.
    String summary() {
        return "%s, %d of them linked; %d comparisons; another engine stood alone in %d"
                .formatted(cases, linked, compared, outvoted);
    }

    /// Compares case `number`.
    Optional<Finding> run(long number) {
        Profile profile = Profile.ofCase(number);
        Gen gen = Gen.of(seed, number);
        Runner subject = gen.oneOf(lineup.subjects());
        if (!subject.features().containsAll(profile.features())) {
            return Optional.empty();
        }
        cases.merge(profile, 1L, Long::sum);
        var comparison = new Comparison(subject, lineup.others(profile.features()));
        Optional<Finding> found = tools.isPresent() && number % SMITH_ONE_IN < SMITH_PROFILES
                ? runSmith(tools.get(), number, profile, gen, comparison)
                : runOurs(number, profile, gen, comparison);
        compared += comparison.compared();
        outvoted += comparison.outvoted();
        return found;
    }

    private Optional<Finding> runOurs(long number, Profile profile, Gen gen, Comparison comparison) {
        var palette = Objects.requireNonNull(palettes.get(profile));
        Optional<Program> library = gen.intBetween(1, LINKED_ONE_IN) == 1
                ? Optional.of(ProgramGenerator.generate(gen, palette))
                : Optional.empty();
        linked += library.isPresent() ? 1 : 0;
        Program program = ProgramGenerator.generate(gen, palette, library);
        List<Call> calls = Case.calls(program, library, gen);
        return comparison
                .differenceOf(Case.of(program, library, calls))
                .map(difference -> reduced(number, profile, comparison, program, library, calls, difference));
    }

    private Optional<Finding> runSmith(
            WasmTools present, long number, Profile profile, Gen gen, Comparison comparison) {
        return Smith.generate(present, gen, profile)
                .flatMap(tried -> comparison
                        .differenceOf(tried)
                        .map(difference -> new Finding(
                                number, profile, comparison.subject().name(), difference, tried.calls(), keep(tried))));
    }

    private static Finding reduced(
            long number,
            Profile profile,
            Comparison comparison,
            Program program,
            Optional<Program> library,
            List<Call> calls,
            Difference difference) {
        var reducer = new Reducer(
                        program,
                        calls,
                        (candidate, fewer) -> comparison
                                .differenceOf(Case.of(candidate, library, fewer))
                                .map(other -> other.kind().equals(difference.kind()))
                                .orElse(false),
                        REDUCING)
                .reduce();
        var small = Case.of(reducer.program(), library, reducer.calls());
        return new Finding(
                number,
                profile,
                comparison.subject().name(),
                comparison.differenceOf(small).orElse(difference),
                reducer.calls(),
                keep(small));
    }

    /// A library is kept beside it.
    private static Path keep(Case tried) {
        try {
            Path file = Files.createTempFile("wattle-fuzz-", ".wasm");
            Files.write(file, tried.binary());
            if (tried.library().isPresent()) {
                Files.write(Path.of(file + ".lib.wasm"), tried.library().get().binary());
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("a module cannot be kept", e);
        }
    }
}

package dev.wattle.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wattle.fuzz.Outcome.Difference;
import dev.wattle.testkit.Gen;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A fuzzer that finds nothing may be blind: each kind of planted miscompile has to be found within the cases of
/// a few seconds.
@Tag("slow")
class PlantedMiscompilesTest {
    /// Cases in which the planted fault is there at all.
    private static final int CASES = 3_000;

    /// A module that is refused shows nothing.
    private static final Set<String> SHOWN = Set.of("Values", "Trapped", "mixed");

    private static Lineup lineup = Lineup.empty();

    @BeforeAll
    static void open() {
        lineup = Lineup.open();
    }

    @AfterAll
    static void close() {
        lineup.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_planted_miscompile_is_found(Alteration alteration) {
        Profile profile = alteration == Alteration.VECTOR_LANES_ARE_SWAPPED ? Profile.VECTORS : Profile.CORE;
        var others = lineup.others(profile.features());
        Runner subject = lineup.subjects().getFirst();
        assumeTrue(!others.isEmpty(), "nothing here has " + profile.features());
        assumeTrue(subject.features().containsAll(profile.features()), "our engine lacks " + profile.features());
        var comparison = new Comparison(subject, others);
        long seed = Gen.seed();

        int tried = find(alteration, profile, comparison, Gen.of(seed));

        System.err.printf("%s: found in case %d, seed %d%n", alteration, tried, seed);
        assertThat(tried).as("%s, seed %d", alteration, seed).isLessThanOrEqualTo(CASES);
    }

    /// How many cases it took.
    private static int find(Alteration alteration, Profile profile, Comparison comparison, Gen all) {
        var palette = Palette.of(profile.features());
        for (int number = 1; number <= CASES; ) {
            Gen gen = all.split();
            Program program = ProgramGenerator.generate(gen, palette);
            Case sound = Case.of(program, Optional.empty(), Case.calls(program, Optional.empty(), gen));
            byte[] altered = alteration.apply(program).encode();
            if (!Arrays.equals(altered, sound.binary())) {
                var given = sound.withBinary(altered);
                Optional<Difference> found = comparison.differenceOf(given, sound);
                // What differs without the fault too is a bug of its own, and not this test's to find.
                if (found.isPresent()
                        && SHOWN.contains(found.get().kind())
                        && comparison.differenceOf(sound).isEmpty()) {
                    return number;
                }
                number++;
            }
        }
        return CASES + 1;
    }
}

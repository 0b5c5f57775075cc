package dev.wattle.fuzz.layers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.testkit.Gen;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Generated code does what the interpreter does.
class LayersTest {
    private static final int CASES = 100_000;
    private static final long PLANTED_TYPES = 200;

    /// As many as code is made for, nearly.
    private static final int LARGE = 990;

    private static final int NESTING = 14;

    @Test
    @Tag("slow")
    void generated_code_lifts_and_lowers_as_the_interpreter_does() {
        long seed = Gen.seed();
        Layers layers = new Layers(seed);

        List<String> findings = layers.run(0, 1, CASES, () -> false);

        System.err.println("seed " + seed + ": " + layers.cases() + " cases, " + layers.endings());
        assertThat(findings).as("seed %d", seed).isEmpty();
        assertThat(layers.cases()).isGreaterThanOrEqualTo(CASES);
        for (Comparison.Kind kind : Comparison.Kind.values()) {
            assertThat(layers.endings().get(kind.toString())).as("%s", kind).isGreaterThan(CASES / 20);
        }
        assertThat(layers.interpretedTypes()).isLessThan(layers.cases() / Layers.CASES_PER_TYPE / 10);
        assertThat(layers.endings().keySet()).containsAll(rules().toList());
    }

    /// Code for a type that is a little different: somebody took one case for another.
    @SuppressWarnings("ImmutableEnumChecker") // types are records of records
    enum Bug implements UnaryOperator<WitType> {
        SIGN(Primitive.U8, Primitive.S8),
        WIDTH(Primitive.U16, Primitive.U32),
        CHARACTER(Primitive.CHAR, Primitive.U32),
        NUMBER(Primitive.S32, Primitive.CHAR),
        BYTES(Primitive.STRING, new WitType.ListType(Primitive.U8));

        private final WitType from;
        private final WitType to;

        Bug(WitType from, WitType to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public WitType apply(WitType type) {
            return type.equals(from) ? to : type;
        }
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void a_planted_bug_is_found(Bug bug) {
        long seed = Gen.seed();
        Layers layers = new Layers(seed);

        boolean found = LongStream.range(0, PLANTED_TYPES)
                .anyMatch(number -> layers.planted(number, bug).isPresent());

        assertThat(found).as("%s, seed %d", bug, seed).isTrue();
    }

    static Stream<WitType> largeTypes() {
        return Stream.of(
                new WitType.TupleType(Collections.nCopies(LARGE, Primitive.U8)),
                new WitType.RecordType(IntStream.range(0, LARGE)
                        .mapToObj(index -> new WitType.Field("f" + index, Primitive.F32))
                        .toList()),
                new WitType.ListType(new WitType.VariantType(IntStream.range(0, LARGE / 2)
                        .mapToObj(index -> new WitType.Case("c" + index, Optional.of(primitive(index))))
                        .toList())),
                new WitType.EnumType(
                        IntStream.range(0, LARGE).mapToObj(index -> "e" + index).toList()),
                Stream.iterate((WitType) Primitive.U16, WitType.OptionType::new)
                        .skip(NESTING)
                        .findFirst()
                        .orElseThrow());
    }

    private static WitType primitive(int index) {
        List<Primitive> all = List.of(Primitive.values());
        return all.get(index % all.size());
    }

    /// Methods and classes of the JVM have limits.
    @ParameterizedTest
    @MethodSource("largeTypes")
    void code_is_made_for_large_types(WitType type) {
        long seed = Gen.seed();
        Layers layers = new Layers(seed);

        for (FunctionType function : List.of(
                new FunctionType(List.of(new FunctionType.Parameter("p", type)), Optional.empty()),
                new FunctionType(List.of(), Optional.of(type)))) {
            assertThat(layers.type(function)).as("seed %d", seed).isEmpty();
        }
        assertThat(layers.endings()).containsKeys("LIFTED", "LOWERED");
    }

    /// Handles that are owned in place of borrowed ones are kept too long.
    @Test
    void handles_taken_for_others_are_found() {
        long seed = Gen.seed();
        Layers layers = new Layers(seed);

        boolean found = LongStream.range(0, PLANTED_TYPES)
                .anyMatch(number -> layers.planted(number, Signatures::owned).isPresent());

        assertThat(found).as("seed %d", seed).isTrue();
    }

    /// Cases that never break a rule would compare less than they seem to.
    private static Stream<String> rules() {
        return Stream.of(
                        "invalid variant discriminant",
                        "list content out-of-bounds",
                        "string content out-of-bounds",
                        "unaligned pointer",
                        "pointer out of bounds of memory",
                        "unknown handle index #",
                        "borrow handles still remain at the end of the call",
                        "realloc return: result not aligned",
                        "invalid `char` bit pattern #",
                        "invalid utf-# sequence in a string")
                .map(rule -> "trap: " + rule);
    }
}

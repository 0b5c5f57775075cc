package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.binary.ComponentDecoder;
import dev.wattle.host.component.binary.FeatureGate;
import dev.wattle.host.component.binary.SectionEnds;
import dev.wattle.testkit.Gen;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that are no components, or no longer.
class DamagedComponentTest {
    private static final HeaderEngine ENGINE = new HeaderEngine();

    static Stream<String> guests() {
        return Prebuilt.guests().stream();
    }

    @ParameterizedTest
    @MethodSource("guests")
    void a_file_that_is_cut_off_is_refused_at_every_byte_but_between_two_sections(String guest) {
        byte[] whole = Prebuilt.read(guest);
        Set<Integer> ends = SectionEnds.of(whole);

        IntStream.range(0, whole.length)
                .parallel()
                .filter(length -> !ends.contains(length))
                .forEach(length -> {
                    ComponentException refusal = catchThrowableOfType(
                            ComponentException.class,
                            () -> ComponentDecoder.decode(Arrays.copyOf(whole, length), new FeatureGate(Set.of())));

                    assertThat(refusal).as("cut off at %d", length).isNotNull();
                    assertThat(refusal.code())
                            .as("cut off at %d", length)
                            .isEqualTo(length == 0 ? Code.NOT_A_COMPONENT : Code.MALFORMED);
                    assertThat(refusal.offset()).isEqualTo(length);
                    assertThat(refusal).hasMessageContaining(length == 0 ? "empty" : "the file ends in the middle of");
                });
    }

    @ParameterizedTest
    @MethodSource("guests")
    void a_file_that_ends_between_two_sections_is_a_smaller_component_or_is_refused(String guest) {
        byte[] whole = Prebuilt.read(guest);

        for (int length : SectionEnds.of(whole)) {
            Component component = Component.load(ENGINE, Arrays.copyOf(whole, length));

            assertThat(component.type().exports().size())
                    .isLessThanOrEqualTo(
                            Component.load(ENGINE, whole).type().exports().size());
        }
    }

    @Test
    void a_damaged_file_is_refused_or_is_another_component() {
        mutate(Duration.ofSeconds(2));
    }

    @Tag("slow")
    @Test
    void a_damaged_file_is_refused_or_is_another_component_for_longer() {
        mutate(Duration.ofSeconds(20));
    }

    private static void mutate(Duration time) {
        long seed = Gen.seed();
        byte[][] originals = guests().map(Prebuilt::read).toArray(byte[][]::new);
        long end = System.nanoTime() + time.toNanos();
        IntStream.range(0, 2).parallel().forEach(thread -> {
            Gen gen = Gen.of(seed + thread);
            for (int run = 0; System.nanoTime() < end; run++) {
                byte[] damaged = Mutation.of(gen, originals[gen.intBetween(0, originals.length - 1)]);
                try {
                    Component.load(ENGINE, damaged);
                } catch (ComponentException refused) {
                    assertThat(refused.offset()).isBetween(-1L, (long) damaged.length);
                } catch (RuntimeException | StackOverflowError | AssertionError e) {
                    throw new AssertionError("seed %d, thread %d, run %d".formatted(seed, thread, run), e);
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    (component (core module))        | a component as text
                    ;; a comment \\n  (component)    | a component as text
                    (module)                         | a core module as text
                    package a:b;                     | WIT text
                    {"name": 1}                      | JSON
                    <html>                           | HTML
                    hello                            | text that starts with 'hello'
                    """)
    void text_is_named(String text, String expected) {
        byte[] file = text.replace("\\n", "\n").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Component.load(ENGINE, file))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_A_COMPONENT))
                .hasMessageContaining(expected);
    }

    @Test
    void other_files_are_named() {
        assertRefused("an ELF program", 0x7F, 'E', 'L', 'F', 2, 1, 1, 0);
        assertRefused("gzip", 0x1F, 0x8B, 8, 0);
        assertRefused("it starts with the bytes ff 00 12", 0xFF, 0, 0x12);
        assertRefused(
                "a core module, not a component; wrap it with wasm-tools component new", 0, 'a', 's', 'm', 1, 0, 0, 0);
    }

    private static void assertRefused(String expected, int... bytes) {
        byte[] file = new byte[bytes.length];
        for (int index = 0; index < bytes.length; index++) {
            file[index] = (byte) bytes[index];
        }
        assertThatThrownBy(() -> Component.load(ENGINE, file))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_A_COMPONENT))
                .hasMessageContaining(expected);
    }
}

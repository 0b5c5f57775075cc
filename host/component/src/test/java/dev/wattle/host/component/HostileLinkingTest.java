package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Few bytes that describe huge graphs of components and types: bounded work, then a refusal.
///
/// @spec Binary.md
class HostileLinkingTest {
    private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 0x0d, 0, 1, 0};
    private static final int COMPONENTS = 4;
    private static final int INSTANCES = 5;
    private static final int ALIASES = 6;
    private static final int TYPES = 7;
    private static final int IMPORTS = 10;

    private static final int COMPONENT_SORT = 4;
    private static final int INSTANCE_SORT = 5;
    private static final int TYPE_SORT = 3;

    /// Deeper than a doubling needs to be hopeless, and less deep than the limit of depth.
    private static final int DOUBLINGS = 60;

    private static final int TOO_DEEP = 120;

    private static final ImportSource NOTHING = new ImportSource() {
        @Override
        public Optional<HostInterface> interfaceFor(InterfaceName name) {
            return Optional.empty();
        }

        @Override
        public Optional<HostFunction> rootFunction(String name, FunctionType type) {
            return Optional.empty();
        }
    };

    private static byte[] bytes(Object... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Object part : parts) {
            if (part instanceof byte[] array) {
                out.writeBytes(array);
            } else if (part instanceof String text) {
                out.writeBytes(number(text.length()));
                out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
            } else {
                out.write((int) part);
            }
        }
        return out.toByteArray();
    }

    private static byte[] number(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while (rest >= 0x80) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }

    private static byte[] section(int id, Object... parts) {
        byte[] content = bytes(parts);
        return bytes(id, number(content.length), content);
    }

    private static byte[] outer(int sort, int index) {
        return bytes(sort, 2, 1, number(index));
    }

    private static byte[] nested(Object... sections) {
        return section(COMPONENTS, PREAMBLE, bytes(sections));
    }

    private static byte[] instantiate(int component) {
        return bytes(0, number(component), 0);
    }

    private static Component load(Object... sections) {
        return Component.load(new HeaderEngine(), bytes(PREAMBLE, bytes(sections)));
    }

    private static void assertLimited(ThrowingCallable attempt, String message) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.LIMIT))
                .hasMessageContaining(message);
    }

    /// Components of which each makes so many instances of the one before it; the last is instantiated.
    private static byte[] makers(int depth, int instances) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(nested());
        for (int index = 1; index <= depth; index++) {
            byte[] made = new byte[0];
            for (int count = 0; count < instances; count++) {
                made = bytes(made, instantiate(0));
            }
            all.writeBytes(
                    nested(section(ALIASES, 1, outer(COMPONENT_SORT, index - 1)), section(INSTANCES, instances, made)));
        }
        all.writeBytes(section(INSTANCES, 1, instantiate(depth)));
        return all.toByteArray();
    }

    @Test
    void instances_that_make_two_instances_each_are_counted_before_they_are_planned() {
        Component component = load(makers(DOUBLINGS, 2));

        assertLimited(() -> component.link(NOTHING), "multiply");
    }

    @Test
    void instances_in_instances_have_an_end() {
        Component component = load(makers(TOO_DEEP, 1));

        assertLimited(() -> component.link(NOTHING), "deeper than 100");
        assertThat(load(makers(50, 1)).link(NOTHING)).isNotNull();
    }

    /// Types of which each exports two items of the one before it.
    ///
    /// @param form 0x41 for component types, 0x42 for instance types
    private static byte[] types(int form, int sort, int depth, int width) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(section(TYPES, 1, form, 0));
        for (int index = 1; index <= depth; index++) {
            byte[] declarations = bytes(2, outer(TYPE_SORT, index - 1));
            for (int count = 0; count < width; count++) {
                declarations = bytes(declarations, 4, 0, String.valueOf((char) ('a' + count)), sort, 0);
            }
            all.writeBytes(section(TYPES, 1, form, 1 + width, declarations));
        }
        return all.toByteArray();
    }

    @Test
    void instance_types_that_double_are_counted_before_they_are_copied() {
        assertLimited(() -> load(types(0x42, INSTANCE_SORT, DOUBLINGS, 2)), "multiply");
        assertThatThrownBy(() -> load(types(0x42, INSTANCE_SORT, DOUBLINGS, 2)))
                .isInstanceOfSatisfying(
                        ComponentException.class,
                        e -> assertThat(e.offset())
                                .as("the type that is one too many")
                                .isGreaterThan(100));
    }

    @Test
    void component_types_that_double_cost_nothing_until_they_are_imported() {
        byte[] types = types(0x41, COMPONENT_SORT, DOUBLINGS, 2);

        assertThat(load(types).type().imports()).isEmpty();
        assertLimited(() -> load(types, section(IMPORTS, 1, 0, "a", COMPONENT_SORT, number(DOUBLINGS))), "multiply");
    }

    @Test
    void component_types_that_double_are_counted_when_they_are_matched() {
        byte[] imported =
                bytes(section(ALIASES, 1, outer(TYPE_SORT, DOUBLINGS)), section(IMPORTS, 1, 0, "a", COMPONENT_SORT, 0));
        byte[] instantiates = section(INSTANCES, 1, 0, 1, 1, "a", COMPONENT_SORT, 0);

        assertLimited(
                () -> load(
                        types(0x41, COMPONENT_SORT, DOUBLINGS, 2),
                        nested(imported),
                        nested(imported, section(ALIASES, 1, outer(COMPONENT_SORT, 0)), instantiates)),
                "multiply");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x41, 0x42})
    void types_in_types_have_an_end(int form) {
        int sort = form == 0x41 ? COMPONENT_SORT : INSTANCE_SORT;

        assertLimited(() -> load(types(form, sort, TOO_DEEP, 1)), "nested deeper than 100");
        assertThat(load(types(form, sort, 50, 1))).isNotNull();
    }
}

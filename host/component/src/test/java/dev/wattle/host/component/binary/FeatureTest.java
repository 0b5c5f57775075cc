package dev.wattle.host.component.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.Feature;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each feature is refused by its name where it is off, and taken where it is on.
class FeatureTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            async,                     0703 01 66 00,                        11, the type stream
            async,                     0704 01 65 01 7d,                     11, the type future
            async,                     0705 01 43 00 01 00,                  11, an async function type
            async,                     0802 01 05,                           11, the built-in task.cancel
            async,                     0803 01 0c 01,                        11, the built-in thread.yield
            more-async-builtins,       0803 01 06 01,                        11, the built-in subtask.cancel with async
            threading,                 0802 01 26,                           11, the built-in thread.index
            threading,                 0803 01 29 01,                        11, the built-in thread.suspend
            shared-everything-threads, 0803 01 42 00,                        11, the built-in thread.available-parallelism
            shared-everything-threads, 0305 01 65 60 00 00,                  11, a shared core type
            error-context,             0702 01 64,                           11, the type error-context
            error-context,             0703 01 70 64,                        12, the type error-context
            error-context,             0802 01 1e,                           11, the built-in error-context.drop
            fixed-length-lists,        0704 01 67 7d 03,                     11, a list of fixed length
            map,                       0704 01 63 79 73,                     11, the type map
            implements,                0a0a 01 02 01 61 01 02 01 62 03 01,   15, the attribute external-id
            canon-names,               0a0c 01 00 07 613a622f634031 03 01,   11, the version
            values,                    0c01 00,                              10, a section of values
            values,                    0a07 01 00 01 61 02 01 7f 0b07 01 00 01 62 02 00 00, 14, a value as import
            memory64,                  0704 01 3f 7e 00,                     12, a resource that is represented by an i64
            memory64,                  0804 01 0a 7e 00,                     11, the built-in context.get of an i64
            """)
    void a_feature_is_refused_by_its_name_where_it_is_off(String id, String sections, long offset, String what) {
        Feature feature = Feature.of(id).orElseThrow();
        Set<Feature> others = EnumSet.complementOf(EnumSet.of(feature));

        assertThatThrownBy(() -> HandMade.load(sections, others))
                .isInstanceOfSatisfying(ComponentException.class, e -> {
                    assertThat(e.code()).isEqualTo(Code.UNSUPPORTED);
                    assertThat(e.offset()).isEqualTo(offset);
                })
                .hasMessageContaining(what)
                .hasMessageContaining("'" + id + "'");
        assertThat(HandMade.load(sections)).isNotNull();
    }

    @Test
    void a_stackful_lift_is_refused_by_its_name_where_it_is_off() {
        // (type (func async)) (func (canon lift (core func 3) async))
        String lift = HandMade.GUEST + "0705 01 43 00 01 00" + "0807 01 00 00 03 01 06 00";

        assertThat(HandMade.load(lift).steps()).isNotEmpty();
        assertThatThrownBy(() -> HandMade.load(lift, EnumSet.complementOf(EnumSet.of(Feature.ASYNC_STACKFUL))))
                .hasMessageContaining("'async-stackful'");
    }

    @Test
    void nested_names_are_invalid_where_they_are_off() {
        // (import "a:b:c/d" (type (sub resource)))
        String nested = "0a0c 01 00 07 613a623a632f64 03 01";

        assertThat(HandMade.load(nested).steps()).hasSize(1);
        assertThatThrownBy(() -> HandMade.load(nested, Set.of()))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID))
                .hasMessageContaining("'nested-names'");
    }

    @Test
    void what_is_malformed_is_called_so_whatever_it_uses() {
        // (type (stream)) and a byte too many
        assertThatThrownBy(() -> HandMade.load("0704 01 66 00 00", Set.of()))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.MALFORMED));
    }

    @Test
    void a_feature_is_found_by_its_name() {
        for (Feature feature : Feature.all()) {
            assertThat(Feature.of(feature.id())).contains(feature);
        }
        assertThat(Feature.of("ASYNC")).isEmpty();
    }
}

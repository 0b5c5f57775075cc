package dev.wattle.host.engine.jvm.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TypeSectionTest {
    @Test
    void short_types_of_numbers_have_readable_ids() {
        assertThat(ids("60 02 7f 7e 01 7d", "60 00 00", "60 01 7b 02 7c 7c")).containsExactly("ij_f", "_", "v_dd");
    }

    @Test
    void equal_types_are_one_object() {
        List<DefinedType> types = types("60 01 7f 00", "60 00 00", "60 01 7f 00");
        assertThat(types.get(2)).isSameAs(types.get(0)).isNotEqualTo(types.get(1));
    }

    @Test
    void a_type_that_mentions_itself_equals_another_of_its_structure() {
        // Each takes a reference to itself; the third takes one to the first.
        List<DefinedType> types = types("60 01 63 00 00", "60 01 63 01 00", "60 01 63 00 00");
        assertThat(types.get(1)).isSameAs(types.get(0));
        assertThat(types.get(2)).isNotEqualTo(types.get(0));
        assertThat(types.get(0).function().parameters().getFirst())
                .isEqualTo(new ValueType.Reference(true, new HeapType.Defined(types.get(0))));
    }

    @Test
    void groups_are_equal_as_a_whole() {
        List<DefinedType> types = types(
                "4e 02 60 00 00 60 01 64 00 00", "4e 02 60 00 00 60 01 64 02 00", "4e 02 60 01 64 05 00 60 00 00");
        assertThat(types.get(2)).isSameAs(types.get(0));
        assertThat(types.get(3)).isSameAs(types.get(1));
        assertThat(types.get(4)).isNotEqualTo(types.get(1));
        assertThat(types.get(0)).isNotEqualTo(types.get(1));
    }

    @Test
    void a_type_in_a_group_differs_from_the_same_alone() {
        List<DefinedType> types = types("60 00 00", "4e 02 60 00 00 60 00 00", "4e 01 60 00 00");
        assertThat(types.get(1)).isNotEqualTo(types.get(0));
        assertThat(types.get(2)).isNotEqualTo(types.get(1)).isNotEqualTo(types.get(0));
        assertThat(types.get(3)).isSameAs(types.get(0));
    }

    @Test
    void ids_do_not_depend_on_where_a_type_stands() {
        assertThat(ids("60 00 00", "60 01 63 00 00").get(1))
                .isEqualTo(ids("60 01 7f 00", "60 00 00", "60 01 63 01 00").get(2));
    }

    @Test
    void references_that_differ_in_nullability_or_kind_differ() {
        assertThat(ids("60 01 63 70 00", "60 01 64 70 00", "60 01 63 6f 00", "60 00 01 63 70", "60 01 63 73 00"))
                .doesNotHaveDuplicates();
    }

    @Test
    void types_that_unfold_to_exponential_size_cost_what_they_are_written_with() {
        int depth = 8_000;
        byte[][] types = IntStream.range(0, depth)
                .mapToObj(
                        i -> i == 0 ? Bytes.hex("60 00 00") : Bytes.of(0x60, 2, reference(i - 1), reference(i - 1), 0))
                .toArray(byte[][]::new);
        assertThat(decode(types).getLast().id()).hasSizeLessThan(60);
    }

    @Test
    void an_open_or_derived_type_is_refused_by_name() {
        for (String type : List.of("50 00 60 00 00", "4f 01 00 60 00 00", "5f 00", "5e 7f 00")) {
            assertThatThrownBy(() -> types(type)).hasMessageContaining("(gc) are not supported");
        }
        assertThat(ids("4f 00 60 00 00")).containsExactly("_");
    }

    /// A signed index in two bytes.
    private static byte[] reference(int type) {
        return new byte[] {0x63, (byte) (type | 0x80), (byte) (type >> 7)};
    }

    private static List<String> ids(String... types) {
        return types(types).stream().map(DefinedType::id).collect(Collectors.toList());
    }

    private static List<DefinedType> types(String... types) {
        byte[][] bytes = new byte[types.length][];
        for (int i = 0; i < types.length; i++) {
            bytes[i] = Bytes.hex(types[i]);
        }
        return decode(bytes);
    }

    private static List<DefinedType> decode(byte[]... types) {
        byte[] module = Bytes.module(Bytes.section(1, types.length, Bytes.of((Object[]) types)));
        return ModuleDecoder.decode(module, ModuleLimits.DEFAULTS).types();
    }
}

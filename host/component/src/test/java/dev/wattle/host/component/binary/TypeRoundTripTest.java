package dev.wattle.host.component.binary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.component.Feature;
import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.testkit.Gen;
import dev.wattle.wit.RandomWit;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Types, written as bytes and decoded again.
class TypeRoundTripTest {
    private static SizedType decode(String section) {
        byte[] file = HexFormat.of().parseHex(HandMade.PREAMBLE + section);
        Scope scope = Scope.component(null);
        for (Definition definition :
                ComponentDecoder.decode(file, new FeatureGate(Feature.all())).definitions()) {
            TypeSyntax syntax = ((Definition.TypeDefinition) definition).type();
            scope.types.add(new TypeEntry.OfValue(new TypeBuilder(scope, definition.offset()).value(syntax)));
        }
        return ((TypeEntry.OfValue) scope.types.getLast()).sized();
    }

    @Test
    void a_type_is_decoded_as_it_was_written() {
        AtomicInteger withoutPointers = new AtomicInteger();
        Gen.check(2_000, gen -> {
            WitType type = RandomWit.anyType(gen, gen.intBetween(0, 4));

            SizedType decoded = decode(TypeWriter.section(type));

            assertThat(decoded.type()).isEqualTo(type);
            assertThat(decoded.element().alignment()).isGreaterThanOrEqualTo(CanonicalAbi.alignment(type));
            assertThat(decoded.element().bytes()).isGreaterThanOrEqualTo(CanonicalAbi.elemSize(type));
            if (!CanonicalAbi.hasPointer(type)) {
                withoutPointers.incrementAndGet();
                assertThat(decoded.element())
                        .isEqualTo(new ElementSize(CanonicalAbi.elemSize(type), CanonicalAbi.alignment(type)));
            }
        });
        assertThat(withoutPointers).hasValueGreaterThan(200);
    }

    @Test
    void streams_and_futures_are_decoded_as_they_were_written() {
        List<WitType> types = List.of(
                new WitType.StreamType(Optional.empty()),
                new WitType.StreamType(Optional.of(Primitive.U8)),
                new WitType.FutureType(Optional.empty()),
                new WitType.FutureType(Optional.of(new WitType.StreamType(Optional.of(Primitive.STRING)))),
                new WitType.OptionType(new WitType.ErrorContextType()));

        for (WitType type : types) {
            assertThat(decode(TypeWriter.section(type)).type()).isEqualTo(type);
        }
    }

    @Test
    void a_value_of_2_to_the_28_bytes_is_too_large() {
        int limit = 1 << 28;
        assertThat(decode(TypeWriter.section(new WitType.FixedListType(Primitive.U8, limit - 1)))
                        .element()
                        .bytes())
                .isEqualTo(limit - 1);
        List<WitType> tooLarge = List.of(
                new WitType.FixedListType(Primitive.U8, limit),
                new WitType.FixedListType(Primitive.U64, limit / 8),
                new WitType.FixedListType(Primitive.STRING, limit / 16),
                new WitType.FixedListType(Primitive.U64, Integer.MAX_VALUE),
                new WitType.FixedListType(new WitType.FixedListType(Primitive.U8, limit / 2), 2),
                new WitType.OptionType(new WitType.FixedListType(Primitive.U8, limit - 1)));

        for (WitType type : tooLarge) {
            assertThatThrownBy(() -> decode(TypeWriter.section(type)))
                    .as("%s", type)
                    .isInstanceOfSatisfying(
                            ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID))
                    .hasMessageContaining("exceeds the maximum byte size");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 67 7d 00", // no elements
                "01 67 7d ff ff ff ff 0f", // 2³²-1 elements
                "01 66 01 74", // stream<char>
                "02 74 66 01 00", // the same through an index
                "01 63 76 7d", // map<f32, u8>
                "02 70 7d 63 00 7d", // map<list<u8>, u8>
                "01 6e 00" // no flags
            })
    void types_that_the_specification_excludes_are_invalid(String definitions) {
        assertThatThrownBy(() -> decode(HandMade.section(7, definitions)))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "66 01 02", // stream<borrow>
                "65 01 02", // future<borrow>
                "40 00 00 02", // a function that returns one
                "43 00 00 02"
            })
    void a_borrow_does_not_outlive_a_call(String definition) {
        // (import "r" (type (sub resource))) (type (borrow 0)) (type (tuple 1))
        String prelude = HandMade.section(10, "01 00 01 72 03 01");

        assertThatThrownBy(() -> HandMade.load(prelude + HandMade.section(7, "03 68 00 6f 01 01" + definition)))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID))
                .hasMessageContaining("borrow");
    }
}

package dev.wattle.host.component.abi;

import static dev.wattle.host.engine.CoreType.Value.F32;
import static dev.wattle.host.engine.CoreType.Value.F64;
import static dev.wattle.host.engine.CoreType.Value.I32;
import static dev.wattle.host.engine.CoreType.Value.I64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class LayoutTest {
    private static WitType tuple(WitType... types) {
        return new WitType.TupleType(List.of(types));
    }

    private static WitType variant(WitType... payloads) {
        return new WitType.VariantType(IntStream.range(0, payloads.length)
                .mapToObj(index -> new WitType.Case("c" + index, Optional.of(payloads[index])))
                .toList());
    }

    private static WitType enumOf(int cases) {
        return new WitType.EnumType(
                IntStream.range(0, cases).mapToObj(index -> "c" + index).toList());
    }

    private static WitType flags(int labels) {
        return new WitType.FlagsType(
                IntStream.range(0, labels).mapToObj(index -> "f" + index).toList());
    }

    static Stream<Arguments> layouts() {
        return Stream.of(
                arguments(Primitive.BOOL, 1, 1, List.of(I32)),
                arguments(Primitive.U16, 2, 2, List.of(I32)),
                arguments(Primitive.S64, 8, 8, List.of(I64)),
                arguments(Primitive.F32, 4, 4, List.of(F32)),
                arguments(Primitive.F64, 8, 8, List.of(F64)),
                arguments(Primitive.CHAR, 4, 4, List.of(I32)),
                arguments(Primitive.STRING, 4, 8, List.of(I32, I32)),
                arguments(new WitType.ListType(Primitive.U64), 4, 8, List.of(I32, I32)),
                arguments(tuple(Primitive.U8, Primitive.U32, Primitive.U8), 4, 12, List.of(I32, I32, I32)),
                arguments(tuple(Primitive.U8, Primitive.F64), 8, 16, List.of(I32, F64)),
                arguments(variant(Primitive.U8, Primitive.U64), 8, 16, List.of(I32, I64)),
                arguments(variant(Primitive.F32, Primitive.U32), 4, 8, List.of(I32, I32)),
                arguments(variant(Primitive.F32, Primitive.F64), 8, 16, List.of(I32, I64)),
                arguments(variant(Primitive.F64, Primitive.STRING), 8, 16, List.of(I32, I64, I32)),
                arguments(enumOf(1), 1, 1, List.of(I32)),
                arguments(enumOf(256), 1, 1, List.of(I32)),
                arguments(enumOf(257), 2, 2, List.of(I32)),
                arguments(enumOf(65536), 2, 2, List.of(I32)),
                arguments(enumOf(65537), 4, 4, List.of(I32)),
                arguments(flags(8), 1, 1, List.of(I32)),
                arguments(flags(9), 2, 2, List.of(I32)),
                arguments(flags(17), 4, 4, List.of(I32)),
                arguments(new WitType.OptionType(Primitive.U8), 1, 2, List.of(I32, I32)),
                arguments(new WitType.ResultType(Optional.empty(), Optional.empty()), 1, 1, List.of(I32)),
                arguments(
                        new WitType.ResultType(Optional.of(Primitive.F32), Optional.of(Primitive.STRING)),
                        4,
                        12,
                        List.of(I32, I32, I32)),
                arguments(new WitType.OwnType(new ResourceType("r")), 4, 4, List.of(I32)));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void types_are_laid_out_as_specified(WitType type, int alignment, long size, List<CoreType.Value> flat) {
        assertThat(CanonicalAbi.alignment(type)).isEqualTo(alignment);
        assertThat(CanonicalAbi.elemSize(type)).isEqualTo(size);
        assertThat(Flattening.flattenType(type)).isEqualTo(flat);
    }

    private static CoreType.Function flatten(int parameters, WitType result, CanonicalAbi.Context context) {
        FunctionType type = TestGuest.type(Collections.nCopies(parameters, Primitive.U64), Optional.of(result));
        return CanonicalAbi.flatten(type, context);
    }

    @Test
    void sixteen_parameters_and_one_result_stay_flat() {
        for (var context : CanonicalAbi.Context.values()) {
            assertThat(flatten(16, Primitive.F32, context))
                    .isEqualTo(new CoreType.Function(Collections.nCopies(16, I64), List.of(F32)));
        }
    }

    @Test
    void more_go_through_memory() {
        assertThat(flatten(17, Primitive.STRING, CanonicalAbi.Context.LIFT))
                .isEqualTo(new CoreType.Function(List.of(I32), List.of(I32)));
        assertThat(flatten(17, Primitive.STRING, CanonicalAbi.Context.LOWER))
                .isEqualTo(new CoreType.Function(List.of(I32, I32), List.of()));
        assertThat(flatten(1, Primitive.STRING, CanonicalAbi.Context.LOWER))
                .isEqualTo(new CoreType.Function(List.of(I64, I32), List.of()));
    }

    @Test
    void options_are_needed_where_something_is_allocated() {
        FunctionType takesString = TestGuest.type(List.of(Primitive.STRING), Optional.of(Primitive.U8));
        FunctionType givesString = TestGuest.type(List.of(), Optional.of(new WitType.OptionType(Primitive.STRING)));
        FunctionType givesPair = TestGuest.type(List.of(), Optional.of(tuple(Primitive.U8, Primitive.U8)));
        assertThat(CanonicalAbi.needsRealloc(takesString, CanonicalAbi.Context.LIFT, CanonicalAbi.Concurrency.SYNC))
                .isTrue();
        assertThat(CanonicalAbi.needsRealloc(takesString, CanonicalAbi.Context.LOWER, CanonicalAbi.Concurrency.SYNC))
                .isFalse();
        assertThat(CanonicalAbi.needsRealloc(givesString, CanonicalAbi.Context.LIFT, CanonicalAbi.Concurrency.SYNC))
                .isFalse();
        assertThat(CanonicalAbi.needsRealloc(givesString, CanonicalAbi.Context.LOWER, CanonicalAbi.Concurrency.SYNC))
                .isTrue();
        assertThat(CanonicalAbi.needsRealloc(givesPair, CanonicalAbi.Context.LOWER, CanonicalAbi.Concurrency.SYNC))
                .isFalse();
        assertThat(CanonicalAbi.needsMemory(givesPair, CanonicalAbi.Context.LOWER, CanonicalAbi.Concurrency.SYNC))
                .isTrue();
        assertThat(CanonicalAbi.needsMemory(
                        TestGuest.type(List.of(Primitive.U8), Optional.of(Primitive.U8)),
                        CanonicalAbi.Context.LIFT,
                        CanonicalAbi.Concurrency.SYNC))
                .isFalse();
    }
}

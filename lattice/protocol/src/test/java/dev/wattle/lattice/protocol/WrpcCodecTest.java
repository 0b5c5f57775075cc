package dev.wattle.lattice.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WrpcCodecTest {
    record Golden(WitType type, WitValue value, String hex) {}

    private static final List<String> FORTY_LABELS =
            IntStream.range(0, 40).mapToObj(i -> "f" + i).toList();

    static Stream<Golden> values() {
        WitType bytes = new WitType.ListType(Primitive.U8);
        WitType keyValueError = new WitType.VariantType(List.of(
                new WitType.Case("no-such-store", Optional.empty()),
                new WitType.Case("access-denied", Optional.empty()),
                new WitType.Case("other", Optional.of(Primitive.STRING))));
        WitType found = new WitType.ResultType(Optional.of(new WitType.OptionType(bytes)), Optional.of(keyValueError));
        return Stream.of(
                new Golden(Primitive.BOOL, WitValue.of(true), "01"),
                new Golden(Primitive.U8, WitValue.of(255), "ff"),
                new Golden(Primitive.S8, WitValue.of(-1), "ff"),
                new Golden(Primitive.U16, WitValue.of(200), "c801"),
                new Golden(Primitive.U16, WitValue.of(65535), "ffff03"),
                new Golden(Primitive.S16, WitValue.of(-32768), "80807e"),
                new Golden(Primitive.U32, WitValue.of(4294967295L), "ffffffff0f"),
                new Golden(Primitive.S32, WitValue.of(-2147483648L), "8080808078"),
                new Golden(Primitive.S32, WitValue.of(64), "c000"),
                new Golden(Primitive.U64, WitValue.of(-1), "ffffffffffffffffff01"),
                new Golden(Primitive.S64, WitValue.of(Long.MIN_VALUE), "8080808080808080807f"),
                new Golden(Primitive.F32, new WitValue.F32(1.5f), "0000c03f"),
                new Golden(Primitive.F64, new WitValue.F64(-2), "00000000000000c0"),
                new Golden(Primitive.CHAR, new WitValue.Char('a'), "61"),
                new Golden(Primitive.CHAR, new WitValue.Char(0x1F600), "f09f9880"),
                new Golden(Primitive.STRING, WitValue.of("hé"), "0368c3a9"),
                new Golden(bytes, WitValue.ofBytes(new byte[] {1, 2}), "020102"),
                new Golden(
                        new WitType.ListType(Primitive.U16),
                        WitValue.list(List.of(WitValue.of(1), WitValue.of(300))),
                        "0201ac02"),
                new Golden(
                        new WitType.RecordType(List.of(
                                new WitType.Field("a", Primitive.U8), new WitType.Field("b", Primitive.STRING))),
                        WitValue.record(WitValue.of(7), WitValue.of("x")),
                        "070178"),
                new Golden(
                        new WitType.TupleType(List.of(Primitive.BOOL, Primitive.U8)),
                        WitValue.tuple(WitValue.of(false), WitValue.of(9)),
                        "0009"),
                new Golden(new WitType.EnumType(List.of("a", "b")), new WitValue.EnumValue("b"), "01"),
                new Golden(keyValueError, WitValue.variant("other", WitValue.of("x")), "020178"),
                new Golden(found, WitValue.ok(WitValue.some(WitValue.ofBytes(new byte[] {'v'}))), "00010176"),
                new Golden(found, WitValue.ok(WitValue.none()), "0000"),
                new Golden(found, WitValue.error(WitValue.variant("no-such-store")), "0100"),
                new Golden(new WitType.ResultType(Optional.empty(), Optional.empty()), WitValue.error(), "01"),
                new Golden(
                        new WitType.FlagsType(List.of("a", "b", "c")),
                        new WitValue.FlagsValue(new TreeSet<>(List.of("a", "c"))),
                        "05"),
                new Golden(
                        new WitType.FlagsType(FORTY_LABELS),
                        new WitValue.FlagsValue(new TreeSet<>(List.of("f0", "f33", "f39"))),
                        "0100000082"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void each_value_has_its_bytes(Golden golden) {
        FunctionType type = returning(golden.type());
        ByteString bytes = WrpcCodec.encodeResult(type, Optional.of(golden.value()));
        assertThat(HexFormat.of().formatHex(bytes.toArray())).isEqualTo(golden.hex());
        assertThat(WrpcCodec.decodeResult(type, bytes)).contains(golden.value());
    }

    @Test
    void parameters_follow_each_other_without_a_count() {
        var type = new FunctionType(
                List.of(
                        new FunctionType.Parameter("bucket", Primitive.STRING),
                        new FunctionType.Parameter("key", Primitive.STRING)),
                Optional.empty());
        List<WitValue> values = List.of(WitValue.of("default"), WitValue.of("k"));
        ByteString bytes = WrpcCodec.encodeParameters(type, values);
        assertThat(HexFormat.of().formatHex(bytes.toArray())).isEqualTo("0764656661756c74016b");
        assertThat(WrpcCodec.decodeParameters(type, bytes)).isEqualTo(values);
        assertThat(WrpcCodec.encodeResult(type, Optional.empty()).size()).isZero();
        assertThat(WrpcCodec.decodeResult(type, ByteString.EMPTY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void what_is_written_is_read_and_every_cut_is_noticed(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 300; round++) {
            WitType type = RandomWit.type(random, 4);
            WitValue value = RandomWit.value(random, type);
            FunctionType function = returning(type);
            ByteString bytes = WrpcCodec.encodeResult(function, Optional.of(value));
            assertThat(WrpcCodec.decodeResult(function, bytes))
                    .as("seed %d", seed)
                    .contains(value);
            for (int cut = 0; cut < Math.min(bytes.size(), 64); cut++) {
                byte[] part = java.util.Arrays.copyOf(bytes.toArray(), cut);
                refuses(type, part, Code.TRUNCATED);
            }
            byte[] longer = java.util.Arrays.copyOf(bytes.toArray(), bytes.size() + 1);
            refuses(type, longer, Code.TRAILING);
        }
    }

    @Test
    void hostile_bytes_are_refused() {
        WitType bytes = new WitType.ListType(Primitive.U8);
        refuses(bytes, "ffffffff0f00", Code.TRUNCATED);
        refuses(new WitType.ListType(Primitive.BOOL), "ffffffff0f01", Code.TRUNCATED);
        refuses(Primitive.STRING, "02c328", Code.BAD_VALUE);
        refuses(Primitive.STRING, "03eda080", Code.BAD_VALUE);
        refuses(Primitive.CHAR, "80", Code.BAD_VALUE);
        refuses(Primitive.CHAR, "f4908080", Code.BAD_VALUE);
        refuses(Primitive.CHAR, "eda080", Code.BAD_VALUE);
        refuses(Primitive.BOOL, "02", Code.BAD_VALUE);
        refuses(new WitType.OptionType(Primitive.U8), "02", Code.BAD_VALUE);
        refuses(new WitType.EnumType(List.of("a", "b")), "02", Code.BAD_VALUE);
        refuses(new WitType.FlagsType(List.of("a")), "02", Code.BAD_VALUE);
        refuses(Primitive.U16, "808004", Code.BAD_VALUE);
        refuses(Primitive.U16, "80808000", Code.BAD_VALUE);
        refuses(Primitive.S16, "808002", Code.BAD_VALUE);
        refuses(Primitive.U32, "ffffffff1f", Code.BAD_VALUE);
        refuses(Primitive.U64, "ffffffffffffffffff03", Code.BAD_VALUE);
        refuses(Primitive.S64, "ffffffffffffffffff3f", Code.BAD_VALUE);
    }

    @Test
    void numbers_padded_within_their_width_are_read() {
        assertThat(WrpcCodec.decodeResult(returning(Primitive.U32), hex("8180808000")))
                .contains(WitValue.of(1));
        assertThat(WrpcCodec.decodeResult(returning(Primitive.S16), hex("ffff7f")))
                .contains(WitValue.of(-1));
    }

    @Test
    void resources_and_streams_are_refused_with_a_sentence() {
        var store = new ResourceType("bucket");
        var type = new FunctionType(
                List.of(new FunctionType.Parameter("self", new WitType.BorrowType(store))), Optional.empty());
        assertThat(WrpcCodec.refusal(type))
                .hasValueSatisfying(reason ->
                        assertThat(reason).startsWith("parameter 'self': the resource 'bucket' cannot leave its host"));
        WitType nested = new WitType.OptionType(new WitType.StreamType(Optional.of(Primitive.U8)));
        assertThat(WrpcCodec.refusal(returning(nested)))
                .contains("result: a stream between hosts is not supported yet");
        refuses(nested, "0100", Code.NOT_SUPPORTED);
        refuses(new WitType.OwnType(store), "00", Code.NOT_SUPPORTED);
        assertThat(WrpcCodec.refusal(returning(Primitive.U8))).isEmpty();
    }

    @Test
    void a_value_of_another_type_is_our_own_mistake() {
        assertThatThrownBy(() -> WrpcCodec.encodeResult(returning(Primitive.U8), Optional.of(WitValue.of(256))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WrpcCodec.encodeResult(returning(Primitive.U8), Optional.of(WitValue.of("x"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> WrpcCodec.encodeResult(returning(Primitive.STRING), Optional.of(WitValue.of("\ud800"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> WrpcCodec.encodeResult(
                        returning(new WitType.OptionType(Primitive.U8)), Optional.of(WitValue.of(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void refuses(WitType type, String hex, Code code) {
        refuses(type, HexFormat.of().parseHex(hex), code);
    }

    private static void refuses(WitType type, byte[] bytes, Code code) {
        assertThatThrownBy(() -> WrpcCodec.decodeResult(returning(type), ByteString.copyOf(bytes)))
                .as("%s from %s", type, HexFormat.of().formatHex(bytes))
                .isInstanceOfSatisfying(
                        ProtocolException.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    private static ByteString hex(String hex) {
        return ByteString.adopt(HexFormat.of().parseHex(hex));
    }

    private static FunctionType returning(WitType type) {
        return new FunctionType(List.of(), Optional.of(type));
    }
}

package dev.wattle.host.component.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each kind of value, byte by byte.
final class MemoryFormTest {
    private static final int AT = 64;

    private final TestGuest guest = new TestGuest();

    private LiftLowerContext context(TestGuest of) {
        return new LiftLowerContext(of.options(), of.state, new Task());
    }

    static Stream<Arguments> forms() {
        WitType flags = new WitType.FlagsType(List.of("a", "b", "c"));
        WitType result = new WitType.ResultType(Optional.of(Primitive.U8), Optional.of(Primitive.U32));
        return Stream.of(
                arguments(Primitive.BOOL, WitValue.of(true), "01"),
                arguments(Primitive.U8, WitValue.of(0xFE), "fe"),
                arguments(Primitive.S8, WitValue.of(-2), "fe"),
                arguments(Primitive.U16, WitValue.of(0xFFFE), "feff"),
                arguments(Primitive.S16, WitValue.of(-2), "feff"),
                arguments(Primitive.U32, WitValue.of(0xFFFF_FFFEL), "feffffff"),
                arguments(Primitive.S32, WitValue.of(-2), "feffffff"),
                arguments(Primitive.U64, WitValue.of(-2), "feffffffffffffff"),
                arguments(Primitive.S64, WitValue.of(-2), "feffffffffffffff"),
                arguments(Primitive.F32, new WitValue.F32(1.5f), "0000c03f"),
                arguments(Primitive.F64, new WitValue.F64(-2.0), "00000000000000c0"),
                arguments(Primitive.F32, new WitValue.F32(Float.NaN), "0000c07f"),
                arguments(Primitive.F64, new WitValue.F64(Double.NaN), "000000000000f87f"),
                arguments(Primitive.CHAR, new WitValue.Char(0x1F30A), "0af30100"),
                arguments(flags, new WitValue.FlagsValue(new TreeSet<>(List.of("a", "c"))), "05"),
                arguments(new WitType.EnumType(List.of("x", "y")), new WitValue.EnumValue("y"), "01"),
                arguments(new WitType.OptionType(Primitive.U16), WitValue.some(WitValue.of(7)), "01000700"),
                arguments(result, WitValue.ok(WitValue.of(7)), "0000000007"),
                arguments(result, WitValue.error(WitValue.of(7)), "0100000007000000"),
                arguments(
                        new WitType.TupleType(List.of(Primitive.U8, Primitive.U16)),
                        new WitValue.TupleValue(List.of(WitValue.of(1), WitValue.of(2))),
                        "01000200"),
                arguments(
                        new WitType.ListType(Primitive.U16),
                        WitValue.list(List.of(WitValue.of(7))),
                        "0800000001000000"),
                arguments(Primitive.STRING, WitValue.of("abc"), "0800000003000000"));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void values_have_their_specified_bytes(WitType type, WitValue value, String hex) {
        byte[] expected = HexFormat.of().parseHex(hex);
        Storing.store(context(guest), value, type, AT);
        assertThat(HexFormat.of().formatHex(guest.memory.read(AT, expected.length)))
                .isEqualTo(hex);
        assertThat(Loading.load(context(guest), AT, type)).isEqualTo(value);
    }

    @Test
    void any_nan_is_lifted_as_the_canonical_one() {
        guest.memory.writeInt(AT, 0xFFA0_1234);
        WitValue.F32 lifted = (WitValue.F32) Loading.load(context(guest), AT, Primitive.F32);
        assertThat(Float.floatToRawIntBits(lifted.value())).isEqualTo(0x7FC0_0000);
    }

    @Test
    void any_other_byte_than_0_is_true_and_unknown_flags_are_dropped() {
        guest.memory.writeByte(AT, (byte) 0xF2);
        assertThat(Loading.load(context(guest), AT, Primitive.BOOL)).isEqualTo(WitValue.of(true));
        assertThat(Loading.load(context(guest), AT, new WitType.FlagsType(List.of("a", "b"))))
                .isEqualTo(new WitValue.FlagsValue(new TreeSet<>(List.of("b"))));
    }

    static Stream<Arguments> wrongInts() {
        WitType three = new WitType.EnumType(List.of("a", "b", "c"));
        return Stream.of(
                arguments(Primitive.CHAR, 0xD800, "invalid `char` bit pattern"),
                arguments(Primitive.CHAR, 0xDFFF, "invalid `char` bit pattern"),
                arguments(Primitive.CHAR, 0x110000, "invalid `char` bit pattern"),
                arguments(Primitive.CHAR, -1, "invalid `char` bit pattern"),
                arguments(three, 3, "invalid variant discriminant"),
                arguments(new WitType.OptionType(Primitive.U8), 2, "invalid variant discriminant"));
    }

    @ParameterizedTest
    @MethodSource("wrongInts")
    void bits_that_mean_nothing_trap(WitType type, int bits, String message) {
        guest.memory.writeInt(AT, bits);
        assertThatThrownBy(() -> Loading.load(context(guest), AT, type))
                .isInstanceOf(Trap.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> ranges() {
        WitType u16s = new WitType.ListType(Primitive.U16);
        return Stream.of(
                arguments(u16s, 1, 1, "unaligned pointer"),
                arguments(u16s, 65536, 0, null),
                arguments(u16s, 65534, 1, null),
                arguments(u16s, 65536, 1, "list content out-of-bounds"),
                arguments(u16s, 65534, 2, "list content out-of-bounds"),
                arguments(u16s, -2, 1, "list content out-of-bounds"),
                arguments(u16s, 0, 0x0800_0000, "list exceeds maximum byte size"),
                arguments(u16s, 0, -1, "list exceeds maximum byte size"),
                arguments(new WitType.ListType(Primitive.U8), 65535, 2, "list content out-of-bounds"),
                arguments(Primitive.STRING, 65536, 0, null),
                arguments(Primitive.STRING, 65535, 2, "string content out-of-bounds"),
                arguments(Primitive.STRING, -1, 1, "string content out-of-bounds"),
                arguments(Primitive.STRING, 0, 0x1000_0000, "string exceeds maximum byte size"));
    }

    @ParameterizedTest
    @MethodSource("ranges")
    void ranges_must_be_aligned_and_in_memory(
            WitType type, int pointer, int length, @org.jspecify.annotations.Nullable String message) {
        guest.memory.writeInt(AT, pointer);
        guest.memory.writeInt(AT + 4, length);
        if (message == null) {
            assertThat(Loading.load(context(guest), AT, type)).isNotNull();
        } else {
            assertThatThrownBy(() -> Loading.load(context(guest), AT, type))
                    .isInstanceOf(Trap.class)
                    .hasMessage(message);
        }
    }

    @Test
    void ranges_that_a_guest_shares_do_not_make_the_host_allocate_without_bound() {
        int strings = 4096;
        for (int index = 0; index < strings; index++) {
            guest.memory.writeInt(index * 8L, strings * 8);
            guest.memory.writeInt(index * 8L + 4, 1 << 14);
        }
        assertThatThrownBy(() -> Loading.loadListFromRange(context(guest), 0, strings, Primitive.STRING))
                .isInstanceOf(Trap.class)
                .extracting(trap -> ((Trap) trap).kind())
                .isEqualTo(Trap.Kind.LIMIT);
    }

    private TestGuest guest(StringEncoding encoding, byte[] bytes) {
        TestGuest made = new TestGuest(TestGuest.newSandbox(), encoding);
        made.memory.write(AT, bytes, 0, bytes.length);
        return made;
    }

    static Stream<Arguments> strings() {
        return Stream.of(
                arguments(StringEncoding.UTF8, "61c3a9e29883f09f8c8a", 10, "aé☃🌊"),
                arguments(StringEncoding.UTF8, "efbfbd", 3, "\uFFFD"),
                arguments(StringEncoding.UTF8, "c0af", 2, null), // overlong
                arguments(StringEncoding.UTF8, "e08080", 3, null), // overlong
                arguments(StringEncoding.UTF8, "f08080af", 4, null), // overlong
                arguments(StringEncoding.UTF8, "eda080", 3, null), // a surrogate
                arguments(StringEncoding.UTF8, "f4908080", 4, null), // beyond U+10FFFF
                arguments(StringEncoding.UTF8, "e298", 2, null), // cut off
                arguments(StringEncoding.UTF8, "80", 1, null),
                arguments(StringEncoding.UTF8, "ff", 1, null),
                arguments(StringEncoding.UTF16, "6100e900032600d83cdf", 3, "aé☃"),
                arguments(StringEncoding.UTF16, "3cd80adf", 2, "🌊"),
                arguments(StringEncoding.UTF16, "fdff", 1, "\uFFFD"),
                arguments(StringEncoding.UTF16, "3cd8", 1, null), // a high surrogate alone
                arguments(StringEncoding.UTF16, "0adf", 1, null), // a low surrogate alone
                arguments(StringEncoding.UTF16, "0adf3cd8", 2, null), // in the wrong order
                arguments(StringEncoding.UTF16, "3cd86100", 2, null),
                arguments(StringEncoding.LATIN1_UTF16, "61e9ff80", 4, "aéÿ\u0080"),
                arguments(StringEncoding.LATIN1_UTF16, "61000326", 2 | (int) Strings.UTF16_TAG, "a☃"),
                arguments(StringEncoding.LATIN1_UTF16, "3cd8", 1 | (int) Strings.UTF16_TAG, null));
    }

    @ParameterizedTest
    @MethodSource("strings")
    void strings_are_decoded_strictly(
            StringEncoding encoding, String hex, int taggedCodeUnits, @org.jspecify.annotations.Nullable String text) {
        TestGuest of = guest(encoding, HexFormat.of().parseHex(hex));
        long tagged = Integer.toUnsignedLong(taggedCodeUnits);
        if (text == null) {
            assertThatThrownBy(() -> Strings.loadStringFromRange(context(of), AT, tagged))
                    .isInstanceOf(Trap.class)
                    .hasMessageContaining("sequence in a string");
        } else {
            assertThat(Strings.loadStringFromRange(context(of), AT, tagged)).isEqualTo(WitValue.of(text));
        }
    }

    @Test
    void latin1_is_left_for_utf16_at_the_first_character_that_needs_it() {
        TestGuest of = new TestGuest(TestGuest.newSandbox(), StringEncoding.LATIN1_UTF16);
        Strings.Range latin1 = StringLowering.storeStringIntoRange(context(of), "aÿ");
        assertThat(latin1.taggedCodeUnits()).isEqualTo(2);
        assertThat(of.memory.read(latin1.pointer(), 2)).isEqualTo("aÿ".getBytes(StandardCharsets.ISO_8859_1));
        Strings.Range utf16 = StringLowering.storeStringIntoRange(context(of), "aĀ");
        assertThat(utf16.taggedCodeUnits()).isEqualTo(2 | Strings.UTF16_TAG);
        assertThat(of.memory.read(utf16.pointer(), 4)).isEqualTo("aĀ".getBytes(StandardCharsets.UTF_16LE));
    }

    @Test
    void utf16_and_latin1_strings_must_be_aligned_to_2() {
        for (var encoding : List.of(StringEncoding.UTF16, StringEncoding.LATIN1_UTF16)) {
            TestGuest of = new TestGuest(TestGuest.newSandbox(), encoding);
            assertThatThrownBy(() -> Strings.loadStringFromRange(context(of), AT + 1, 1))
                    .isInstanceOf(Trap.class)
                    .hasMessage("unaligned pointer");
        }
    }

    static Stream<Arguments> reallocs() {
        return Stream.of(
                arguments(2L, "realloc return: result not aligned"),
                arguments(65532L, "realloc return: beyond end of memory"),
                arguments(0xFFFF_FFF0L, "realloc return: beyond end of memory"));
    }

    @ParameterizedTest
    @MethodSource("reallocs")
    void what_realloc_returns_must_be_aligned_and_in_memory(long returned, String message) {
        guest.realloc = _ -> returned;
        WitValue two = WitValue.list(List.of(WitValue.of(1), WitValue.of(2)));
        assertThatThrownBy(() -> Storing.store(context(guest), two, new WitType.ListType(Primitive.U32), AT))
                .isInstanceOf(Trap.class)
                .hasMessage(message);
    }
}

package dev.wattle.host.component.abi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType.Primitive;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a guest's realloc is asked for when a string comes from another guest: as the specification's own code does,
/// which made the table.
final class StringReallocTest {
    private static final FunctionType NOTHING = TestGuest.type(List.of(), Optional.empty());
    private static final FunctionType TAKES_STRING = TestGuest.type(List.of(Primitive.STRING), Optional.empty());
    private static final int AT = 1 << 10;

    /// How a guest holds a string.
    private enum Held {
        UTF8(StringEncoding.UTF8),
        UTF16(StringEncoding.UTF16),
        LATIN1(StringEncoding.LATIN1_UTF16),
        WIDE(StringEncoding.LATIN1_UTF16);

        private final StringEncoding encoding;

        Held(StringEncoding encoding) {
            this.encoding = encoding;
        }

        byte[] bytes(String text) {
            return text.getBytes(
                    switch (this) {
                        case UTF8 -> StandardCharsets.UTF_8;
                        case UTF16, WIDE -> StandardCharsets.UTF_16LE;
                        case LATIN1 -> StandardCharsets.ISO_8859_1;
                    });
        }

        long taggedCodeUnits(String text) {
            return switch (this) {
                case UTF8 -> bytes(text).length;
                case UTF16, LATIN1 -> text.length();
                case WIDE -> text.length() | Strings.UTF16_TAG;
            };
        }
    }

    /// The calls are `old size>new size@alignment`.
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
                    ''; utf8; utf8; 0>0@1;
                    ''; utf8; utf16; 0>0@2;
                    ''; utf8; latin1+utf16; 0>0@2;
                    ''; utf16; utf8; 0>0@1;
                    ''; utf16; utf16; 0>0@2;
                    ''; utf16; latin1+utf16; 0>0@2;
                    ''; latin1; utf8; 0>0@1;
                    ''; latin1; utf16; 0>0@2;
                    ''; latin1; latin1+utf16; 0>0@2;
                    ''; wide; utf8; 0>0@1;
                    ''; wide; utf16; 0>0@2;
                    ''; wide; latin1+utf16; 0>0@2 0>0@1;
                    'abc'; utf8; utf8; 0>3@1; 616263
                    'abc'; utf8; utf16; 0>6@2; 610062006300
                    'abc'; utf8; latin1+utf16; 0>3@2; 616263
                    'abc'; utf16; utf8; 0>3@1; 616263
                    'abc'; utf16; utf16; 0>6@2; 610062006300
                    'abc'; utf16; latin1+utf16; 0>3@2; 616263
                    'abc'; latin1; utf8; 0>3@1; 616263
                    'abc'; latin1; utf16; 0>6@2; 610062006300
                    'abc'; latin1; latin1+utf16; 0>3@2; 616263
                    'abc'; wide; utf8; 0>3@1; 616263
                    'abc'; wide; utf16; 0>6@2; 610062006300
                    'abc'; wide; latin1+utf16; 0>6@2 6>3@1; 616263
                    'aé'; utf8; utf8; 0>3@1; 61c3a9
                    'aé'; utf8; utf16; 0>6@2 6>4@2; 6100e900
                    'aé'; utf8; latin1+utf16; 0>3@2 3>2@2; 61e9
                    'aé'; utf16; utf8; 0>2@1 2>6@1 6>3@1; 61c3a9
                    'aé'; utf16; utf16; 0>4@2; 6100e900
                    'aé'; utf16; latin1+utf16; 0>2@2; 61e9
                    'aé'; latin1; utf8; 0>2@1 2>4@1 4>3@1; 61c3a9
                    'aé'; latin1; utf16; 0>4@2; 6100e900
                    'aé'; latin1; latin1+utf16; 0>2@2; 61e9
                    'aé'; wide; utf8; 0>2@1 2>6@1 6>3@1; 61c3a9
                    'aé'; wide; utf16; 0>4@2; 6100e900
                    'aé'; wide; latin1+utf16; 0>4@2 4>2@1; 61e9
                    'é'; utf8; utf8; 0>2@1; c3a9
                    'é'; utf8; utf16; 0>4@2 4>2@2; e900
                    'é'; utf8; latin1+utf16; 0>2@2 2>1@2; e9
                    'é'; utf16; utf8; 0>1@1 1>3@1 3>2@1; c3a9
                    'é'; utf16; utf16; 0>2@2; e900
                    'é'; utf16; latin1+utf16; 0>1@2; e9
                    'é'; latin1; utf8; 0>1@1 1>2@1; c3a9
                    'é'; latin1; utf16; 0>2@2; e900
                    'é'; latin1; latin1+utf16; 0>1@2; e9
                    'é'; wide; utf8; 0>1@1 1>3@1 3>2@1; c3a9
                    'é'; wide; utf16; 0>2@2; e900
                    'é'; wide; latin1+utf16; 0>2@2 2>1@1; e9
                    'a☃b'; utf8; utf8; 0>5@1; 61e2988362
                    'a☃b'; utf8; utf16; 0>10@2 10>6@2; 610003266200
                    'a☃b'; utf8; latin1+utf16; 0>5@2 5>10@2 10>6@2; wide 610003266200
                    'a☃b'; utf16; utf8; 0>3@1 3>9@1 9>5@1; 61e2988362
                    'a☃b'; utf16; utf16; 0>6@2; 610003266200
                    'a☃b'; utf16; latin1+utf16; 0>3@2 3>6@2; wide 610003266200
                    'a☃b'; wide; utf8; 0>3@1 3>9@1 9>5@1; 61e2988362
                    'a☃b'; wide; utf16; 0>6@2; 610003266200
                    'a☃b'; wide; latin1+utf16; 0>6@2; wide 610003266200
                    'ab☃🌊'; utf8; utf8; 0>9@1; 6162e29883f09f8c8a
                    'ab☃🌊'; utf8; utf16; 0>18@2 18>10@2; 6100620003263cd80adf
                    'ab☃🌊'; utf8; latin1+utf16; 0>9@2 9>18@2 18>10@2; wide 6100620003263cd80adf
                    'ab☃🌊'; utf16; utf8; 0>5@1 5>15@1 15>9@1; 6162e29883f09f8c8a
                    'ab☃🌊'; utf16; utf16; 0>10@2; 6100620003263cd80adf
                    'ab☃🌊'; utf16; latin1+utf16; 0>5@2 5>10@2; wide 6100620003263cd80adf
                    'ab☃🌊'; wide; utf8; 0>5@1 5>15@1 15>9@1; 6162e29883f09f8c8a
                    'ab☃🌊'; wide; utf16; 0>10@2; 6100620003263cd80adf
                    'ab☃🌊'; wide; latin1+utf16; 0>10@2; wide 6100620003263cd80adf
                    """)
    void strings_are_lowered_with_the_calls_of_realloc_that_the_specification_makes(
            String text, String held, String encoding, String calls, String hex) {
        Held source = Held.valueOf(held.toUpperCase(java.util.Locale.ROOT));
        StringEncoding destination =
                StringEncoding.valueOf(encoding.replace('+', '_').toUpperCase(java.util.Locale.ROOT));
        TestGuest from = new TestGuest(TestGuest.newSandbox(), source.encoding);
        TestGuest to = new TestGuest(from.sandbox(), destination);
        byte[] bytes = source.bytes(text);
        from.memory.write(AT, bytes, 0, bytes.length);
        List<String> asked = new ArrayList<>();
        CoreAdapter.FlatFunction realloc = to.realloc;
        to.realloc = values -> {
            asked.add(values[1] + ">" + values[3] + "@" + values[2]);
            return realloc.call(values);
        };
        StringBuilder arrived = new StringBuilder();
        CanonLift takes = to.export(TAKES_STRING, values -> {
            arrived.append(held(to, destination, values[0], values[1]));
            return 0;
        });
        CoreAdapter.FlatFunction call = from.imports(TAKES_STRING, takes);
        assertThat(from.export(NOTHING, _ -> call.call(new long[] {AT, source.taggedCodeUnits(text)}))
                        .call(List.of()))
                .isEmpty();
        assertThat(String.join(" ", asked)).isEqualTo(calls);
        assertThat(arrived.toString()).isEqualTo(hex == null ? "" : hex);
    }

    private static String held(TestGuest guest, StringEncoding encoding, long pointer, long tagged) {
        boolean wide = encoding == StringEncoding.LATIN1_UTF16 && (tagged & Strings.UTF16_TAG) != 0;
        int units = (int) (tagged & ~Strings.UTF16_TAG);
        int unit = wide || encoding == StringEncoding.UTF16 ? 2 : 1;
        return (wide ? "wide " : "") + HexFormat.of().formatHex(guest.memory.read(pointer, units * unit));
    }
}

package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Strings in linear memory, in the three encodings. How they are lowered is in [StringLowering].
///
/// @spec CanonicalABI.md `load_string`
final class Strings {
    /// Set in the length of a `latin1+utf16` string that is held in UTF-16.
    static final long UTF16_TAG = 1L << 31;

    private static final char REPLACEMENT = '\uFFFD';
    private static final int MAX_LATIN1 = 0xFF;

    /// An address and a length in code units, tagged where the encoding wants it.
    record Range(long pointer, long taggedCodeUnits) {}

    /// @spec CanonicalABI.md `load_string_from_range`
    static WitValue loadStringFromRange(LiftLowerContext cx, long pointer, long taggedCodeUnits) {
        return new WitValue.Text(loadText(cx, pointer, taggedCodeUnits));
    }

    static String loadText(LiftLowerContext cx, long pointer, long taggedCodeUnits) {
        return switch (cx.stringEncoding()) {
            case UTF8 -> load(cx, pointer, 1, taggedCodeUnits, StandardCharsets.UTF_8);
            case UTF16 -> load(cx, pointer, 2, 2 * taggedCodeUnits, StandardCharsets.UTF_16LE);
            case LATIN1_UTF16 ->
                (taggedCodeUnits & UTF16_TAG) != 0
                        ? loadWide(cx, pointer, 2 * (taggedCodeUnits ^ UTF16_TAG))
                        : load(cx, pointer, 2, taggedCodeUnits, StandardCharsets.ISO_8859_1);
        };
    }

    private static String loadWide(LiftLowerContext cx, long pointer, long byteLength) {
        String text = load(cx, pointer, 2, byteLength, StandardCharsets.UTF_16LE);
        if (isLatin1(text)) {
            cx.ownStrings().addWide(text);
        }
        return text;
    }

    private static String load(LiftLowerContext cx, long pointer, int alignment, long byteLength, Charset charset) {
        if (byteLength > CanonicalAbi.MAX_STRING_BYTE_LENGTH) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "string exceeds maximum byte size");
        }
        cx.requireStringLength(byteLength);
        LiftLowerContext.requireAligned(pointer, alignment);
        if (!cx.inBounds(pointer, byteLength)) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "string content out-of-bounds");
        }
        cx.charge(2 * LiftLowerContext.VALUE_COST + 2 * byteLength);
        return decode(cx.memory().read(pointer, (int) byteLength), charset);
    }

    /// Decodes strictly. The JDK's fast way replaces what is malformed: only where the result has a replacement
    /// character
    /// is it worth a second, strict look.
    private static String decode(byte[] bytes, Charset charset) {
        String text = new String(bytes, charset);
        if (!charset.equals(StandardCharsets.ISO_8859_1) && text.indexOf(REPLACEMENT) >= 0) {
            decodeStrictly(bytes, charset);
        }
        return text;
    }

    private static void decodeStrictly(byte[] bytes, Charset charset) {
        try {
            var _ = charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            String name = charset.equals(StandardCharsets.UTF_8) ? "invalid utf-8" : "unpaired surrogate in utf-16";
            throw new Trap(Trap.Kind.CANONICAL_ABI, name + " sequence in a string", e);
        }
    }

    static boolean isLatin1(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) > MAX_LATIN1) {
                return false;
            }
        }
        return true;
    }

    private Strings() {}
}

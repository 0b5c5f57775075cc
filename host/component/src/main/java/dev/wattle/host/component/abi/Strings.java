package dev.wattle.host.component.abi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/// Strings in linear memory, in the three encodings.
///
/// A value does not remember the encoding that it was lifted from. So a string is lowered as if its source had
/// the encoding of its destination: one realloc of the exact size. The specification lets realloc be called
/// with a worst case first.
///
/// @spec CanonicalABI.md `load_string`, `store_string`
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
                        ? load(cx, pointer, 2, 2 * (taggedCodeUnits ^ UTF16_TAG), StandardCharsets.UTF_16LE)
                        : load(cx, pointer, 2, taggedCodeUnits, StandardCharsets.ISO_8859_1);
        };
    }

    private static String load(LiftLowerContext cx, long pointer, int alignment, long byteLength, Charset charset) {
        if (byteLength > CanonicalAbi.MAX_STRING_BYTE_LENGTH) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "string exceeds maximum byte size");
        }
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

    /// @spec CanonicalABI.md `store_string_into_range`
    static Range storeStringIntoRange(LiftLowerContext cx, String text) {
        return switch (cx.stringEncoding()) {
            case UTF8 -> {
                byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                yield new Range(store(cx, encoded, 1), encoded.length);
            }
            case UTF16 -> new Range(store(cx, text.getBytes(StandardCharsets.UTF_16LE), 2), text.length());
            case LATIN1_UTF16 ->
                isLatin1(text)
                        ? new Range(store(cx, text.getBytes(StandardCharsets.ISO_8859_1), 2), text.length())
                        : new Range(store(cx, text.getBytes(StandardCharsets.UTF_16LE), 2), text.length() | UTF16_TAG);
        };
    }

    private static long store(LiftLowerContext cx, byte[] encoded, int alignment) {
        if (encoded.length > CanonicalAbi.MAX_STRING_BYTE_LENGTH) {
            throw new Trap(Trap.Kind.LIMIT, "string exceeds maximum byte size");
        }
        long pointer = cx.allocate(alignment, encoded.length);
        cx.memory().write(pointer, encoded, 0, encoded.length);
        return pointer;
    }

    private static boolean isLatin1(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) > MAX_LATIN1) {
                return false;
            }
        }
        return true;
    }

    private Strings() {}
}

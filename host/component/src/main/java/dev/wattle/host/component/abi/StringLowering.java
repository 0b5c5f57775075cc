package dev.wattle.host.component.abi;

import dev.wattle.host.component.abi.StringSource.Held;
import dev.wattle.host.component.abi.Strings.Range;
import dev.wattle.host.engine.GuestMemory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Lowers strings, with the calls of realloc that the specification makes: how many, and for how much,
/// depends on how the other side held the string. A string of the host is taken to be held as this side
/// wants it.
///
/// @spec CanonicalABI.md `store_string_into_range`
final class StringLowering {
    private static final int MAX_ASCII = 0x7F;
    private static final int MAX_LATIN1 = 0xFF;

    static Range storeStringIntoRange(LiftLowerContext cx, String text) {
        StringSource source = cx.stringSource();
        if (source == null) {
            return storeFromHost(cx, text);
        }
        Held held = source.held(text);
        return switch (cx.stringEncoding()) {
            case UTF8 ->
                switch (held) {
                    case UTF8 -> {
                        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
                        yield copy(cx, encoded, 1, encoded.length);
                    }
                    case UTF16 -> storeToUtf8(cx, text, 3);
                    case LATIN1 -> storeToUtf8(cx, text, 2);
                };
            case UTF16 ->
                switch (held) {
                    case UTF8 -> storeUtf8ToUtf16(cx, text);
                    case UTF16, LATIN1 -> copy(cx, text.getBytes(StandardCharsets.UTF_16LE), 2, text.length());
                };
            case LATIN1_UTF16 ->
                switch (held) {
                    case LATIN1 -> copy(cx, text.getBytes(StandardCharsets.ISO_8859_1), 2, text.length());
                    case UTF8 -> storeToLatin1OrUtf16(cx, text, utf8Length(text));
                    case UTF16 ->
                        source.latin1OrUtf16()
                                ? storeProbablyUtf16ToLatin1OrUtf16(cx, text)
                                : storeToLatin1OrUtf16(cx, text, text.length());
                };
        };
    }

    private static Range storeFromHost(LiftLowerContext cx, String text) {
        Charset charset = switch (cx.stringEncoding()) {
            case UTF8 -> StandardCharsets.UTF_8;
            case UTF16 -> StandardCharsets.UTF_16LE;
            case LATIN1_UTF16 -> Strings.isLatin1(text) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE;
        };
        byte[] encoded = text.getBytes(charset);
        cx.requireStringLength(encoded.length);
        long codeUnits = switch (cx.stringEncoding()) {
            case UTF8 -> encoded.length;
            case UTF16 -> text.length();
            case LATIN1_UTF16 -> encoded.length == text.length() ? text.length() : text.length() | Strings.UTF16_TAG;
        };
        return copy(cx, encoded, cx.stringEncoding() == StringEncoding.UTF8 ? 1 : 2, codeUnits);
    }

    /// @spec CanonicalABI.md `store_string_copy`
    private static Range copy(LiftLowerContext cx, byte[] encoded, int alignment, long taggedCodeUnits) {
        long pointer = cx.allocate(alignment, encoded.length);
        cx.memory().write(pointer, encoded, 0, encoded.length);
        return new Range(pointer, taggedCodeUnits);
    }

    /// @param worst bytes of UTF-8 for one code unit
    /// @spec CanonicalABI.md `store_string_to_utf8`
    private static Range storeToUtf8(LiftLowerContext cx, String text, int worst) {
        int codeUnits = text.length();
        long pointer = cx.allocate(1, codeUnits);
        int ascii = lengthOfPrefix(text, MAX_ASCII);
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        cx.memory().write(pointer, encoded, 0, ascii);
        if (ascii == codeUnits) {
            return new Range(pointer, codeUnits);
        }
        long worstCase = (long) codeUnits * worst;
        pointer = cx.reallocate(pointer, codeUnits, 1, worstCase);
        cx.memory().write(pointer + ascii, encoded, ascii, encoded.length - ascii);
        if (worstCase > encoded.length) {
            pointer = cx.reallocate(pointer, worstCase, 1, encoded.length);
        }
        return new Range(pointer, encoded.length);
    }

    /// @spec CanonicalABI.md `store_utf8_to_utf16`
    private static Range storeUtf8ToUtf16(LiftLowerContext cx, String text) {
        long worstCase = 2 * utf8Length(text);
        long pointer = cx.allocate(2, worstCase);
        byte[] encoded = text.getBytes(StandardCharsets.UTF_16LE);
        cx.memory().write(pointer, encoded, 0, encoded.length);
        if (encoded.length < worstCase) {
            pointer = cx.reallocate(pointer, worstCase, 2, encoded.length);
        }
        return new Range(pointer, text.length());
    }

    /// @param codeUnits of the source
    /// @spec CanonicalABI.md `store_string_to_latin1_or_utf16`
    private static Range storeToLatin1OrUtf16(LiftLowerContext cx, String text, long codeUnits) {
        long pointer = cx.allocate(2, codeUnits);
        int narrow = lengthOfPrefix(text, MAX_LATIN1);
        cx.memory().write(pointer, text.getBytes(StandardCharsets.ISO_8859_1), 0, narrow);
        if (narrow < text.length()) {
            return widen(cx, text, pointer, codeUnits, narrow);
        }
        if (narrow < codeUnits) {
            pointer = cx.reallocate(pointer, codeUnits, 2, narrow);
        }
        return new Range(pointer, narrow);
    }

    /// The text turned out to need UTF-16 after `narrow` bytes of Latin-1 were written.
    private static Range widen(LiftLowerContext cx, String text, long written, long codeUnits, int narrow) {
        long worstCase = 2 * codeUnits;
        long pointer = cx.reallocate(written, codeUnits, 2, worstCase);
        GuestMemory memory = cx.memory();
        for (int index = narrow - 1; index >= 0; index--) {
            byte unit = memory.readByte(pointer + index);
            memory.writeByte(pointer + 2L * index, unit);
            memory.writeByte(pointer + 2L * index + 1, (byte) 0);
        }
        byte[] encoded = text.getBytes(StandardCharsets.UTF_16LE);
        memory.write(pointer + 2L * narrow, encoded, 2 * narrow, encoded.length - 2 * narrow);
        if (worstCase > encoded.length) {
            pointer = cx.reallocate(pointer, worstCase, 2, encoded.length);
        }
        return new Range(pointer, text.length() | Strings.UTF16_TAG);
    }

    /// @spec CanonicalABI.md `store_probably_utf16_to_latin1_or_utf16`
    private static Range storeProbablyUtf16ToLatin1OrUtf16(LiftLowerContext cx, String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_16LE);
        long pointer = cx.allocate(2, encoded.length);
        GuestMemory memory = cx.memory();
        memory.write(pointer, encoded, 0, encoded.length);
        if (!Strings.isLatin1(text)) {
            return new Range(pointer, text.length() | Strings.UTF16_TAG);
        }
        for (int index = 0; index < text.length(); index++) {
            memory.writeByte(pointer + index, memory.readByte(pointer + 2L * index));
        }
        pointer = cx.reallocate(pointer, encoded.length, 1, text.length());
        return new Range(pointer, text.length());
    }

    private static int lengthOfPrefix(String text, int maxUnit) {
        int length = 0;
        while (length < text.length() && text.charAt(length) <= maxUnit) {
            length++;
        }
        return length;
    }

    private static long utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private StringLowering() {}
}

package dev.wattle.lattice.protocol;

import dev.wattle.lattice.protocol.ProtocolException.Code;
import dev.wattle.wit.ByteString;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/// UTF-8 without replacement characters: damaged text is refused, in both directions.
final class Utf8 {
    private Utf8() {}

    static String decode(ByteString bytes) {
        return decode(bytes.asBuffer(), () -> "text");
    }

    static String decode(ByteBuffer bytes, Supplier<String> where) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException damaged) {
            throw new ProtocolException(Code.BAD_VALUE, where.get(), "not UTF-8", damaged);
        }
    }

    /// @throws IllegalArgumentException for half of a surrogate pair
    static ByteBuffer encode(String text) {
        try {
            return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException damaged) {
            throw new IllegalArgumentException("half of a surrogate pair in the text", damaged);
        }
    }
}

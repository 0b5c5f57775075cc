package dev.wattle.wit;

/// Characters of WAVE chars and strings, escapes included.
final class WaveEscapes {
    private static final int MAX_HEX_DIGITS = 6;

    /// A character, and where the text goes on behind it.
    record Decoded(int codePoint, int end) {}

    /// The text from `start` to `end` with its escapes decoded.
    static String unescape(String text, int start, int end) {
        StringBuilder decoded = new StringBuilder(end - start);
        int at = start;
        while (at < end) {
            Decoded next = decode(text, at);
            if (next.end() > end) {
                throw invalidEscape(at);
            }
            decoded.appendCodePoint(next.codePoint());
            at = next.end();
        }
        return decoded.toString();
    }

    /// One character, or the one that an escape stands for.
    static Decoded decode(String text, int at) {
        if (text.charAt(at) != '\\') {
            int codePoint = text.codePointAt(at);
            if (Character.isBmpCodePoint(codePoint) && Character.isSurrogate((char) codePoint)) {
                throw new WaveException(WaveException.Code.OUT_OF_RANGE, at, "a lone surrogate is no character");
            }
            return new Decoded(codePoint, at + Character.charCount(codePoint));
        }
        if (at + 1 >= text.length()) {
            throw invalidEscape(at);
        }
        return switch (text.charAt(at + 1)) {
            case '\\' -> new Decoded('\\', at + 2);
            case '\'' -> new Decoded('\'', at + 2);
            case '"' -> new Decoded('"', at + 2);
            case 't' -> new Decoded('\t', at + 2);
            case 'n' -> new Decoded('\n', at + 2);
            case 'r' -> new Decoded('\r', at + 2);
            case 'u' -> decodeHex(text, at);
            default -> throw invalidEscape(at);
        };
    }

    private static Decoded decodeHex(String text, int at) {
        int digits = at + 3;
        int close = text.indexOf('}', at);
        if (!text.startsWith("{", at + 2) || close <= digits || close - digits > MAX_HEX_DIGITS) {
            throw invalidEscape(at);
        }
        int codePoint = 0;
        for (int index = digits; index < close; index++) {
            int digit = text.charAt(index) < 0x80 ? Character.digit(text.charAt(index), 16) : -1;
            if (digit < 0) {
                throw invalidEscape(at);
            }
            codePoint = codePoint << 4 | digit;
        }
        if (!Character.isValidCodePoint(codePoint)
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            throw new WaveException(
                    WaveException.Code.OUT_OF_RANGE, at, "U+%X is no Unicode scalar value".formatted(codePoint));
        }
        return new Decoded(codePoint, close + 1);
    }

    private static WaveException invalidEscape(int at) {
        return new WaveException(
                WaveException.Code.UNEXPECTED, at, "expected one of the escapes \\\\ \\' \\\" \\t \\n \\r \\u{…}");
    }

    /// The text between two triples of double quotes: without the first and last line break, and without the
    /// indent that the closing quotes have.
    static String multiline(String text, int start, int end) {
        int first = text.startsWith("\r\n", start) ? start + 2 : start + 1;
        if (first > end || text.charAt(first - 1) != '\n') {
            throw new WaveException(WaveException.Code.UNEXPECTED, start, "expected a line break after \"\"\"");
        }
        int last = text.lastIndexOf('\n', end - 1);
        int indent = end - last - 1;
        if (!text.substring(last + 1, end).equals(" ".repeat(indent))) {
            throw new WaveException(
                    WaveException.Code.UNEXPECTED, end, "expected a line break and spaces only before \"\"\"");
        }
        StringBuilder decoded = new StringBuilder();
        int line = first;
        while (line <= last) {
            int lineEnd = text.indexOf('\n', line);
            if (line > first) {
                decoded.append('\n');
            }
            decoded.append(unescapeLine(text, line, lineEnd, indent));
            line = lineEnd + 1;
        }
        return decoded.toString();
    }

    private static String unescapeLine(String text, int start, int lineEnd, int indent) {
        for (int at = start; at < start + indent; at++) {
            if (at >= lineEnd || text.charAt(at) != ' ') {
                throw new WaveException(
                        WaveException.Code.UNEXPECTED,
                        at,
                        "expected an indent of %d spaces, as the closing \"\"\" has".formatted(indent));
            }
        }
        boolean carriageReturn = lineEnd > start + indent && text.charAt(lineEnd - 1) == '\r';
        return unescape(text, start + indent, carriageReturn ? lineEnd - 1 : lineEnd);
    }

    private WaveEscapes() {}
}

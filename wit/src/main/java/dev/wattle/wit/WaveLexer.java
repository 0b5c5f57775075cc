package dev.wattle.wit;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the words of WAVE text, one after the other. Blanks and comments between them mean nothing.
final class WaveLexer {
    /// A case with one of these names is written with a `%`.
    static final Set<String> KEYWORDS = Set.of("true", "false", "some", "none", "ok", "err", "inf", "nan");

    private static final int SHOWN_CHARACTERS = 20;
    private static final String WORD = "(?:[a-z][a-z0-9]*|[A-Z][A-Z0-9]*)";
    private static final Pattern LABEL = Pattern.compile("%?" + WORD + "(?:-(?:[a-z0-9]+|[A-Z0-9]+))*");
    private static final Pattern NUMBER = Pattern.compile("-inf|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][-+]?[0-9]+)?");

    private final String text;
    private int position;

    WaveLexer(String text, int position) {
        this.text = text;
        this.position = position;
        skipBlanks();
    }

    /// Where the next word begins.
    int position() {
        return position;
    }

    boolean atEnd() {
        return position == text.length();
    }

    /// Is this sign next?
    boolean at(char sign) {
        return position < text.length() && text.charAt(position) == sign;
    }

    /// Takes the sign when it is next.
    boolean take(char sign) {
        if (!at(sign)) {
            return false;
        }
        advanceTo(position + 1);
        return true;
    }

    /// The label or keyword that is next, with its `%`, without taking it.
    Optional<String> peekLabel() {
        return peek(LABEL);
    }

    /// Takes what a peek has shown.
    void skip(String word) {
        advanceTo(position + word.length());
    }

    /// Is this keyword next?
    boolean atKeyword(String keyword) {
        return peekLabel().filter(keyword::equals).isPresent();
    }

    /// The number that is next, `-inf` included, without taking it.
    Optional<String> peekNumber() {
        return peek(NUMBER);
    }

    private Optional<String> peek(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        return matcher.lookingAt() ? Optional.of(matcher.group()) : Optional.empty();
    }

    /// Takes a character in single quotes.
    int character() {
        int start = position;
        if (!at('\'')) {
            throw unexpected("a char in single quotes");
        }
        int at = start + 1;
        if (at >= text.length() || text.charAt(at) == '\'' || text.charAt(at) == '\n') {
            throw unexpected("a char in single quotes");
        }
        WaveEscapes.Decoded decoded = WaveEscapes.decode(text, at);
        if (decoded.end() >= text.length() || text.charAt(decoded.end()) != '\'') {
            throw new WaveException(WaveException.Code.UNEXPECTED, decoded.end(), "expected ' after one character");
        }
        advanceTo(decoded.end() + 1);
        return decoded.codePoint();
    }

    /// Takes a string in double quotes, or in three of them.
    String string() {
        if (!at('"')) {
            throw unexpected("a string in double quotes");
        }
        if (text.startsWith("\"\"\"", position)) {
            int end = text.indexOf("\"\"\"", position + 3);
            if (end < 0) {
                throw unexpected("\"\"\" at the end of the multiline string");
            }
            String decoded = WaveEscapes.multiline(text, position + 3, end);
            advanceTo(end + 3);
            return decoded;
        }
        int start = position + 1;
        int end = start;
        while (end < text.length() && text.charAt(end) != '"') {
            if (text.charAt(end) == '\n') {
                throw new WaveException(
                        WaveException.Code.UNEXPECTED, end, "expected \\n or \" instead of a line break in a string");
            }
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= text.length()) {
            throw new WaveException(
                    WaveException.Code.UNEXPECTED, text.length(), "expected \" at the end of the string");
        }
        String decoded = WaveEscapes.unescape(text, start, end);
        advanceTo(end + 1);
        return decoded;
    }

    WaveException unexpected(String expected) {
        return new WaveException(
                WaveException.Code.UNEXPECTED, position, "expected " + expected + ", found " + found());
    }

    /// What comes next, for messages.
    String found() {
        if (atEnd()) {
            return "the end of the text";
        }
        int end = Math.min(text.length(), position + SHOWN_CHARACTERS);
        int lineEnd = text.indexOf('\n', position);
        if (lineEnd >= 0) {
            end = Math.min(end, lineEnd);
        }
        return "'" + text.substring(position, end) + (end < text.length() ? "…" : "") + "'";
    }

    private void advanceTo(int newPosition) {
        position = newPosition;
        skipBlanks();
    }

    private void skipBlanks() {
        while (position < text.length()) {
            if (" \t\n\r".indexOf(text.charAt(position)) >= 0) {
                position++;
            } else if (text.startsWith("//", position)) {
                int lineEnd = text.indexOf('\n', position);
                position = lineEnd < 0 ? text.length() : lineEnd;
            } else {
                return;
            }
        }
    }
}

package dev.wattle.wit;

/// WAVE, the WebAssembly Value Encoding: values as text that people write.
///
/// Accepts all of the encoding: comments, trailing commas, omitted optional fields, `some` and `ok` left out
/// where nothing else could be meant, multiline strings. A list of fixed length is written as any list. The
/// encoding has no form for maps: here a map is the list of its pairs, `[("a", 1), ("b", 2)]`. Resources,
/// streams, futures and error contexts have no text.
public final class Wave {
    /// Values nested deeper than this are refused, in texts and when printing: the type may come from
    /// elsewhere.
    public static final int MAX_DEPTH = 100;

    /// Reads a value of that type; the whole text must be one.
    ///
    /// @throws WaveException when it is not
    public static WitValue parse(WitType type, String text) {
        WaveParser parser = new WaveParser(new WaveLexer(text, 0));
        WitValue value = parser.value(type);
        parser.end();
        return value;
    }

    /// Writes a value, on one line, so that [#parse] reads it back.
    ///
    /// @throws IllegalArgumentException when the value does not fit the type, or has no text
    public static String print(WitType type, WitValue value) {
        Values.check(type, value);
        return new WavePrinter().print(type, value);
    }

    private Wave() {}
}

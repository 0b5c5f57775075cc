package dev.wattle.wit;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// What a person may have meant who wrote something else: the ends of messages. Each is empty, or begins with a
/// semicolon.
final class WaveHints {
    /// More letters apart, and it was hardly meant.
    private static final int MAX_DISTANCE = 2;

    /// Longer labels are not compared: the table grows with the square.
    private static final int MAX_LABEL = 64;

    /// The label that comes close to what was written.
    static String near(String written, List<String> labels) {
        return labels.stream()
                .filter(label -> label.length() <= MAX_LABEL && written.length() <= MAX_LABEL)
                .filter(label -> distance(written, label) <= Math.min(MAX_DISTANCE, label.length() / 2))
                .min(Comparator.comparingInt((String label) -> distance(written, label)))
                .map(label -> "; did you mean '" + label + "'?")
                .orElse("");
    }

    /// What is written in a way that another language has.
    static String foreign(WitType type, String found) {
        return switch (type) {
            case WitType.Primitive.BOOL ->
                found.matches("(?i)'(true|false).*") ? "; it is written in small letters" : "";
            case WitType.Primitive.STRING ->
                found.startsWith("''") || found.matches("'[a-zA-Z].*") ? "; \"…\" is missing around it" : "";
            case WitType.Primitive.CHAR -> found.startsWith("'\"") ? "; \"…\" is a string, '…' a char" : "";
            case WitType.Primitive.F32, WitType.Primitive.F64 ->
                found.matches("(?i)'[-+]?(nan|inf).*") ? "; there are nan, inf and -inf" : "";
            case WitType.Primitive _ -> "";
            case WitType.ListType _, WitType.FixedListType _ ->
                found.startsWith("'{") || found.startsWith("'(") ? "; a list is written […]" : "";
            case WitType.MapType _ -> found.startsWith("'{") ? "; a map is written [(key, value), …]" : "";
            case WitType.TupleType _ -> found.startsWith("'[") ? "; a tuple is written (…)" : "";
            case WitType.RecordType _ ->
                found.startsWith("'[") || found.startsWith("'(") ? "; a record is written {field: …}" : "";
            case WitType.FlagsType _ -> found.startsWith("'[") ? "; flags are written {label, …}" : "";
            case WitType.OptionType _ ->
                found.matches("(?i)'(null|nil|undefined).*") ? "; nothing is written none" : "";
            case WitType.ResultType _ -> found.matches("(?i)'error.*") ? "; an error is written err(…)" : "";
            case WitType.VariantType _,
                    WitType.EnumType _,
                    WitType.OwnType _,
                    WitType.BorrowType _,
                    WitType.StreamType _,
                    WitType.FutureType _,
                    WitType.ErrorContextType _ -> "";
        };
    }

    /// `0 to 255`.
    static String range(WitType.Primitive type) {
        return type == WitType.Primitive.U64
                ? "0 to " + Long.toUnsignedString(-1)
                : Values.smallest(type) + " to " + Values.largest(type);
    }

    /// How many letters must be put in, taken out or changed; upper and lower case count as the same.
    private static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int column = 0; column <= b.length(); column++) {
            row[column] = column;
        }
        for (int line = 1; line <= a.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column <= b.length(); column++) {
                int change = diagonal + (a.charAt(line - 1) == b.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(change, Math.min(row[column], row[column - 1]) + 1);
            }
        }
        return row[b.length()];
    }

    private WaveHints() {}
}

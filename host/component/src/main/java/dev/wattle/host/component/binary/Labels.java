package dev.wattle.host.component.binary;

/// The smallest parts of names.
///
/// @spec Explainer.md `label`, `words`
final class Labels {
    private Labels() {}

    /// Fragments of letters and digits with hyphens in between. No fragment mixes lower and upper case, and the
    /// first one starts with a letter.
    static boolean isLabel(String text) {
        return isKebab(text, true);
    }

    /// A label without upper case.
    static boolean isWords(String text) {
        return isKebab(text, false);
    }

    private static boolean isKebab(String text, boolean upperAllowed) {
        if (text.isEmpty() || isDigit(text.charAt(0))) {
            return false;
        }
        boolean lower = false;
        boolean upper = false;
        boolean empty = true;
        for (int index = 0; index < text.length(); index++) {
            char next = text.charAt(index);
            if (next == '-') {
                if (empty) {
                    return false;
                }
                lower = false;
                upper = false;
                empty = true;
                continue;
            }
            lower |= isLower(next);
            upper |= isUpper(next);
            empty = false;
            boolean known = isLower(next) || isUpper(next) || isDigit(next);
            if (!known || (upper && (lower || !upperAllowed))) {
                return false;
            }
        }
        return !empty;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}

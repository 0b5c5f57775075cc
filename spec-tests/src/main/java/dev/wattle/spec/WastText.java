package dev.wattle.spec;

/// As much of the text format as it takes to count the commands of a script that cannot be converted.
final class WastText {
    private final String text;
    private int position;

    private WastText(String text) {
        this.text = text;
    }

    /// How many expressions stand at the top of a script: at least one, so that no failure counts as nothing.
    static int countCommands(String text) {
        return Math.max(1, new WastText(text).count());
    }

    private int count() {
        int commands = 0;
        int depth = 0;
        for (; position < text.length(); position++) {
            switch (text.charAt(position)) {
                case '"' -> skipString();
                case ';' -> skipLineComment();
                case '(' -> {
                    if (isNext("(;")) {
                        skipBlockComment();
                    } else {
                        commands += depth++ == 0 ? 1 : 0;
                    }
                }
                case ')' -> depth = Math.max(0, depth - 1);
                default -> {}
            }
        }
        return commands;
    }

    private boolean isNext(String wanted) {
        return text.startsWith(wanted, position);
    }

    private void skipString() {
        for (position++; position < text.length() && text.charAt(position) != '"'; position++) {
            if (text.charAt(position) == '\\') {
                position++;
            }
        }
    }

    private void skipLineComment() {
        if (isNext(";;")) {
            int end = text.indexOf('\n', position);
            position = end < 0 ? text.length() : end;
        }
    }

    /// Block comments nest.
    private void skipBlockComment() {
        int depth = 0;
        for (; position < text.length(); position++) {
            if (isNext("(;")) {
                depth++;
                position++;
            } else if (isNext(";)")) {
                depth--;
                position++;
                if (depth == 0) {
                    return;
                }
            }
        }
    }
}

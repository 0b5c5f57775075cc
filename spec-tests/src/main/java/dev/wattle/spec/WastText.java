package dev.wattle.spec;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// As much of the text format as it takes to tell the commands of a script apart.
final class WastText {
    private static final int MAX_KEYWORD = "component".length();

    private final String text;
    private final List<Form> forms = new ArrayList<>();
    private int position;
    private int line = 1;

    /// An expression at the top of a script: a command.
    ///
    /// @param component whether it is about a component, rather than a core module
    record Form(int firstLine, int lastLine, boolean component) {}

    private WastText(String text) {
        this.text = text;
    }

    /// How many commands a script has that cannot be converted: at least one, so that no failure counts as nothing.
    static int countCommands(String text) {
        return Math.max(1, forms(text).size());
    }

    /// The lines of all commands that are about components.
    static Set<Integer> componentLines(String text) {
        var lines = new HashSet<Integer>();
        forms(text).stream().filter(Form::component).forEach(form -> {
            for (int line = form.firstLine(); line <= form.lastLine(); line++) {
                lines.add(line);
            }
        });
        return lines;
    }

    static List<Form> forms(String text) {
        var scan = new WastText(text);
        scan.scan();
        return scan.forms;
    }

    private void scan() {
        int depth = 0;
        int first = 0;
        String subject = "";
        for (; position < text.length(); advance()) {
            switch (text.charAt(position)) {
                case '"' -> skipString();
                case ';' -> skipLineComment();
                case '(' -> {
                    if (isNext("(;")) {
                        skipBlockComment();
                    } else {
                        first = depth == 0 ? line : first;
                        subject = depth++ == 0 || subject.isEmpty() ? subject(keyword()) : subject;
                    }
                }
                case ')' -> {
                    if (depth == 1) {
                        forms.add(new Form(first, line, subject.equals("component")));
                    }
                    depth = Math.max(0, depth - 1);
                }
                default -> {}
            }
        }
        if (depth > 0) {
            forms.add(new Form(first, line, subject.equals("component")));
        }
    }

    private static String subject(String keyword) {
        return keyword.equals("component") || keyword.equals("module") ? keyword : "";
    }

    /// The word after an opening parenthesis, cut off where it is longer than any that matters.
    private String keyword() {
        int end = position + 1;
        while (end < text.length() && end - position <= MAX_KEYWORD + 1 && isWordPart(text.charAt(end))) {
            end++;
        }
        return text.substring(position + 1, end);
    }

    private static boolean isWordPart(char character) {
        return Character.isLetterOrDigit(character) || character == '-' || character == '_' || character == '.';
    }

    private void advance() {
        if (position < text.length() && text.charAt(position) == '\n') {
            line++;
        }
        position++;
    }

    private boolean isNext(String wanted) {
        return text.startsWith(wanted, position);
    }

    private void skipString() {
        for (advance(); position < text.length() && text.charAt(position) != '"'; advance()) {
            if (text.charAt(position) == '\\') {
                advance();
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
        for (; position < text.length(); advance()) {
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

package dev.wattle.lattice.transport;

/// A subject with wildcards: `*` stands for one token, `>` at the end for one or more.
record SubjectPattern(String text) {
    boolean matches(String subject) {
        int at = 0;
        int in = 0;
        while (at < text.length() && in < subject.length()) {
            int atEnd = tokenEnd(text, at);
            int inEnd = tokenEnd(subject, in);
            if (text.charAt(at) == '>' && atEnd == text.length() && atEnd == at + 1) {
                return true;
            }
            boolean any = text.charAt(at) == '*' && atEnd == at + 1;
            if (!any && !text.regionMatches(at, subject, in, Math.max(atEnd - at, inEnd - in))) {
                return false;
            }
            at = atEnd + 1;
            in = inEnd + 1;
        }
        return at >= text.length() && in >= subject.length();
    }

    private static int tokenEnd(String subject, int start) {
        int dot = subject.indexOf('.', start);
        return dot < 0 ? subject.length() : dot;
    }
}

package dev.wattle.lattice.transport;

import java.util.Map;

/// What may go onto the wire: no subject, header or key can add a token, a wildcard or a line of protocol.
final class WireRules {
    /// What NATS adds to headers: the version line, and the empty line that ends them.
    private static final int HEADER_FRAME_BYTES = "NATS/1.0\r\n\r\n".length();

    private static final int HEADER_LINE_FRAME_BYTES = ":\r\n".length();

    /// Subjects far above what a server's control line of 4096 bytes takes are refused before they get there.
    private static final int MAX_SUBJECT_LENGTH = 2048;

    private WireRules() {}

    /// Checks a message that is to be published.
    static void checkPublish(Message message, int maxPayloadBytes) {
        checkSubject(message.subject(), false);
        if (message.replyTo().isPresent()) {
            checkSubject(message.replyTo().get(), false);
        }
        int size = message.payload().size() + checkedHeaderBytes(message);
        if (size > maxPayloadBytes) {
            throw new TransportException(
                    TransportException.Code.TOO_LARGE,
                    "a message of " + size + " bytes to '" + message.subject() + "' is above the server's limit of "
                            + maxPayloadBytes,
                    null);
        }
    }

    /// Checks a subject: printable ASCII without blanks, no empty token; wildcards only as whole tokens, where
    /// allowed.
    static void checkSubject(String subject, boolean wildcards) {
        int length = subject.length();
        if (length == 0 || length > MAX_SUBJECT_LENGTH) {
            throw refused("a subject of " + length + " characters", subject);
        }
        int tokenStart = 0;
        for (int i = 0; i <= length; i++) {
            if (i == length || subject.charAt(i) == '.') {
                checkToken(subject, tokenStart, i, wildcards);
                tokenStart = i + 1;
            }
        }
    }

    private static void checkToken(String subject, int start, int end, boolean wildcards) {
        if (start == end) {
            throw refused("an empty token in a subject", subject);
        }
        for (int i = start; i < end; i++) {
            char c = subject.charAt(i);
            if (c <= ' ' || c > '~') {
                throw refused("a blank, control or non-ASCII character in a subject", subject);
            }
            boolean wildcard = c == '*' || c == '>';
            if (wildcard && !(wildcards && end - start == 1 && (c == '*' || end == subject.length()))) {
                throw refused("a wildcard where none may be", subject);
            }
        }
    }

    /// Checks a key of a bucket, as NATS limits them, and without the wildcards.
    static void checkKey(String key) {
        boolean fits = !key.isEmpty() && key.charAt(0) != '.' && key.charAt(key.length() - 1) != '.';
        for (int i = 0; i < key.length() && fits; i++) {
            char c = key.charAt(i);
            fits = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || "-/_=.".indexOf(c) >= 0;
        }
        if (!fits || key.contains("..")) {
            throw refused("a key that is not of letters, digits and -/_=.", key);
        }
    }

    /// Checks a bucket's name.
    static void checkBucket(String bucket) {
        if (!bucket.matches("[A-Za-z0-9_-]+")) {
            throw refused("a bucket name that is not of letters, digits, '_' and '-'", bucket);
        }
    }

    /// How many bytes the headers take, once they are known to be harmless.
    private static int checkedHeaderBytes(Message message) {
        if (message.headers().isEmpty()) {
            return 0;
        }
        int size = HEADER_FRAME_BYTES;
        for (Map.Entry<String, String> header : message.headers().entrySet()) {
            checkHeader(header.getKey(), header.getValue());
            size += header.getKey().length() + header.getValue().length() + HEADER_LINE_FRAME_BYTES;
        }
        return size;
    }

    private static void checkHeader(String name, String value) {
        boolean fits = !name.isEmpty();
        for (int i = 0; i < name.length() && fits; i++) {
            char c = name.charAt(i);
            fits = c > ' ' && c <= '~' && c != ':';
        }
        for (int i = 0; i < value.length() && fits; i++) {
            char c = value.charAt(i);
            fits = (c >= ' ' && c <= '~') || c == '\t';
        }
        if (!fits) {
            throw refused("a header that is not one line of printable ASCII", name);
        }
    }

    private static IllegalArgumentException refused(String what, String text) {
        String safe = text.replaceAll("[^ -~]", "?");
        return new IllegalArgumentException(
                what + ": '" + (safe.length() > 80 ? safe.substring(0, 80) + "…" : safe) + "'");
    }
}

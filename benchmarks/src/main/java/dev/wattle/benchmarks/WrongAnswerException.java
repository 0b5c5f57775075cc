package dev.wattle.benchmarks;

/// What is measured, or its anchor, did not do its work: its time means nothing.
final class WrongAnswerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WrongAnswerException(String message) {
        super(message);
    }

    /// @throws WrongAnswerException unless both are equal
    static void requireEqual(Object expected, Object actual) {
        if (!expected.equals(actual)) {
            throw new WrongAnswerException("expected " + expected + " but got " + actual);
        }
    }

    /// @throws WrongAnswerException unless it holds
    static void require(boolean holds, String what) {
        if (!holds) {
            throw new WrongAnswerException(what);
        }
    }
}

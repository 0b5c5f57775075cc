package dev.wattle.spec;

import org.jspecify.annotations.Nullable;

/// A suite cannot be run, or one of its files cannot be read; the message says what to do.
final class SuiteException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SuiteException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    SuiteException(String message) {
        this(message, null);
    }
}

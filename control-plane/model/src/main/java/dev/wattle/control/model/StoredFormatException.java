package dev.wattle.control.model;

/// A stored record or an answer that cannot be read: damaged, or of a newer version.
public final class StoredFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoredFormatException(String message) {
        super(message);
    }
}

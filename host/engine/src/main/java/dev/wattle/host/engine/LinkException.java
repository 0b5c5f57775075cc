package dev.wattle.host.engine;

/// An import was given something of another type than it wants.
public final class LinkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LinkException(String message) {
        super(message);
    }
}

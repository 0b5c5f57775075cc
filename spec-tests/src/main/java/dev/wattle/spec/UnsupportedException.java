package dev.wattle.spec;

/// A command depends on something that needs a feature which is not supported.
final class UnsupportedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedException(String why) {
        super(why);
    }
}

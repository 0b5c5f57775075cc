package dev.wattle.spec;

/// A command did not go as the script says; the message tells what was expected and what came.
final class Mismatch extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Mismatch(String message) {
        super(message);
    }
}

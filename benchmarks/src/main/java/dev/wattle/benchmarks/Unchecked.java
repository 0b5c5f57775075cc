package dev.wattle.benchmarks;

/// Calls of method handles declare `Throwable`, and throw what guests and hosts throw: never anything checked.
final class Unchecked {
    private Unchecked() {}

    /// The failure, to be thrown on as it is.
    static RuntimeException of(Throwable failure) {
        return switch (failure) {
            case Error error -> throw error;
            case RuntimeException unchecked -> unchecked;
            default -> new IllegalStateException(failure);
        };
    }
}

package dev.wattle.host.component.abi;

/// What a method handle throws, as it was thrown: its signature says Throwable, but core functions throw no
/// checked exceptions.
final class Unchecked {
    /// Throws; the return type is for the caller's `throw`.
    static RuntimeException rethrow(Throwable thrown) {
        return switch (thrown) {
            case RuntimeException e -> e;
            case Error e -> throw e;
            default -> new IllegalStateException("a core function threw a checked exception", thrown);
        };
    }

    private Unchecked() {}
}

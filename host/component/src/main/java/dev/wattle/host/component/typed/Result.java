package dev.wattle.host.component.typed;

import org.jspecify.annotations.Nullable;

/// WIT's `result<T, E>`. A side without a payload is `Void`, and its value null.
public sealed interface Result<T extends @Nullable Object, E extends @Nullable Object> {
    /// It went well.
    record Ok<T extends @Nullable Object, E extends @Nullable Object>(T value) implements Result<T, E> {}

    /// It did not.
    record Err<T extends @Nullable Object, E extends @Nullable Object>(E error) implements Result<T, E> {}

    /// `ok(value)`.
    static <T extends @Nullable Object, E extends @Nullable Object> Result<T, E> ok(T value) {
        return new Ok<>(value);
    }

    /// `err(error)`.
    static <T extends @Nullable Object, E extends @Nullable Object> Result<T, E> err(E error) {
        return new Err<>(error);
    }
}

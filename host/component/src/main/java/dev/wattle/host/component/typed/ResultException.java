package dev.wattle.host.component.typed;

import dev.wattle.wit.Wave;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.Optional;

/// The error of a `result<T, E>` where the Java function returns just `T`: thrown when a guest answers one, and
/// to be thrown by a function of the host that answers one.
public final class ResultException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Optional<WitValue> error;

    private ResultException(String message, Optional<WitValue> error) {
        super(message);
        this.error = error;
    }

    /// An error with a text, for `result<T, string>`.
    public static ResultException of(String text) {
        return new ResultException(text, Optional.of(WitValue.of(text)));
    }

    /// An error with any payload, or none.
    public static ResultException of(Optional<WitValue> error) {
        return new ResultException(error.map(WitValue::toString).orElse("err"), error);
    }

    /// What a guest answered.
    static ResultException answered(String function, Optional<WitType> type, Optional<WitValue> error) {
        return new ResultException(function + " answered " + text(type, error), error);
    }

    private static String text(Optional<WitType> type, Optional<WitValue> error) {
        if (type.isEmpty() || error.isEmpty()) {
            return "err";
        }
        try {
            return "err(" + Wave.print(type.get(), error.get()) + ")";
        } catch (IllegalArgumentException noText) {
            return "err(…)";
        }
    }

    /// The payload, when the error has one.
    public Optional<WitValue> error() {
        return error;
    }
}

package dev.wattle.provider.api;

import org.jspecify.annotations.Nullable;

/// A provider cannot start or serve a link. The message is shown to people.
public final class ProviderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProviderException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

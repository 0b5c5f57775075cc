package dev.wattle.provider.api;

import dev.wattle.wit.ByteString;
import java.util.Objects;

/// One header field; values are bytes, as HTTP has it.
public record HttpHeader(String name, ByteString value) {
    public HttpHeader {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(value, "value");
    }
}

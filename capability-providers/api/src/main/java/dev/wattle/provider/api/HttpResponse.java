package dev.wattle.provider.api;

import dev.wattle.wit.ByteString;
import java.util.List;
import java.util.Objects;

/// A whole HTTP response.
///
/// @param status 100..999
public record HttpResponse(int status, List<HttpHeader> headers, ByteString body) {
    public HttpResponse {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("not an HTTP status: " + status);
        }
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }
}

package dev.wattle.provider.api;

import dev.wattle.wit.ByteString;
import java.util.List;
import java.util.Objects;

/// A whole HTTP request. Header names keep the case they came with and may repeat.
///
/// @param scheme `http` or `https`
/// @param authority host and port as the client wrote them
/// @param pathWithQuery begins with `/`
public record HttpRequest(
        String method,
        String scheme,
        String authority,
        String pathWithQuery,
        List<HttpHeader> headers,
        ByteString body) {
    public HttpRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(scheme, "scheme");
        Objects.requireNonNull(authority, "authority");
        Objects.requireNonNull(pathWithQuery, "pathWithQuery");
        headers = List.copyOf(headers);
        Objects.requireNonNull(body, "body");
    }
}

package dev.wattle.host.wasi;

import dev.wattle.provider.api.HttpRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `wasi:http/types.incoming-request`.
final class IncomingRequest extends HostObject {
    private final HttpRequest request;
    private final Fields headers;
    private @Nullable IncomingBody body;

    IncomingRequest(HttpRequest request) {
        this.request = request;
        this.headers = Fields.incoming(request.headers());
    }

    HttpRequest request() {
        return request;
    }

    Fields headers() {
        return headers;
    }

    /// The body, at the first call.
    Optional<IncomingBody> consume() {
        if (body != null) {
            return Optional.empty();
        }
        body = new IncomingBody(request.body());
        return Optional.of(body);
    }
}

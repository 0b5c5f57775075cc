package dev.wattle.provider.http.server;

import dev.wattle.provider.api.HttpHeader;
import dev.wattle.provider.api.HttpOutcome;
import dev.wattle.provider.api.HttpResponse;
import dev.wattle.wit.ByteString;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The answers that the server makes up itself: a status and a JSON object with `error` and `reason`.
final class Reply {
    private static final int SERVICE_UNAVAILABLE = 503;

    private Reply() {}

    /// An error of the kind, for the reason.
    static HttpResponse error(int status, String kind, String reason) {
        return json(status, new JsonObject().put("error", kind).put("reason", reason));
    }

    /// What a call came to.
    static HttpResponse of(HttpOutcome outcome) {
        return switch (outcome) {
            case HttpOutcome.Answered(HttpResponse response) -> checked(response);
            case HttpOutcome.LinkFailed(String link, String reason) ->
                json(
                        502,
                        new JsonObject().put("error", "link").put("link", link).put("reason", reason));
            case HttpOutcome.Trapped(String reason) -> error(500, "trap", reason);
            case HttpOutcome.TimedOut(String reason) -> error(504, "deadline", reason);
            case HttpOutcome.Overloaded(String reason) -> error(SERVICE_UNAVAILABLE, "overload", reason);
        };
    }

    /// A component may have answered what HTTP cannot carry.
    private static HttpResponse checked(HttpResponse response) {
        if (response.status() < 200) {
            return error(500, "trap", "the component answered with the interim status " + response.status());
        }
        boolean valid = response.headers().stream()
                .allMatch(header -> HeaderRules.validName(header.name()) && HeaderRules.validValue(header.value()));
        return valid ? response : error(500, "trap", "the component answered with a header that is not valid");
    }

    private static HttpResponse json(int status, JsonObject object) {
        List<HttpHeader> headers = new ArrayList<>();
        headers.add(new HttpHeader("content-type", bytes("application/json")));
        if (status == SERVICE_UNAVAILABLE) {
            headers.add(new HttpHeader("retry-after", bytes("1")));
        }
        return new HttpResponse(status, headers, bytes(object.encode() + "\n"));
    }

    private static ByteString bytes(String text) {
        return ByteString.adopt(text.getBytes(StandardCharsets.UTF_8));
    }
}

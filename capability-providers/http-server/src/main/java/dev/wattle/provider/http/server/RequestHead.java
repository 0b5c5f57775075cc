package dev.wattle.provider.http.server;

import dev.wattle.provider.api.HttpHeader;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.wit.ByteString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The head of a request, checked: what a guest may rely on.
record RequestHead(String method, String authority, String pathWithQuery, List<HttpHeader> headers) {
    private static final String PATH_MARKS = "-._~!$&'()*+,;=:@/?%";

    /// Seen in the wild, though URIs should have them escaped; harmless.
    private static final String TOLERATED_MARKS = "[]|\"^`{}<>\\";

    /// The request is wrong. The message says how.
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int status;
        private final String kind;

        RefusedException(int status, String message) {
            this(status, "request", message);
        }

        /// @param kind what `error` says
        RefusedException(int status, String kind, String message) {
            super(message, null, false, false);
            this.status = status;
            this.kind = kind;
        }

        String kind() {
            return kind;
        }

        int status() {
            return status;
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /// @throws RefusedException when something in it is not valid
    static RequestHead of(HttpServerRequest request) {
        String method = request.method().name();
        if (method.equals("CONNECT")) {
            throw new RefusedException(405, "CONNECT is not served");
        }
        if (!HeaderRules.validName(method)) {
            throw bad("the method is not valid");
        }
        requireFraming(request.headers());
        String host = host(request);
        String target = request.uri();
        String authority = host;
        if (!target.startsWith("/")) {
            int scheme = target.indexOf("://");
            if (scheme <= 0
                    || !target.substring(0, scheme).toLowerCase(Locale.ROOT).matches("https?")) {
                throw bad("the request's target is neither a path nor an http URI");
            }
            int path = endOfAuthority(target, scheme + 3);
            authority = requireAuthority(target.substring(scheme + 3, path));
            target = target.startsWith("/", path) ? target.substring(path) : "/" + target.substring(path);
        }
        requirePath(target);
        return new RequestHead(method, authority, target, headers(request.headers()));
    }

    String path() {
        int query = pathWithQuery.indexOf('?');
        return query < 0 ? pathWithQuery : pathWithQuery.substring(0, query);
    }

    /// The first value of a header, by its name in lower case.
    Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(header -> new String(header.value().toArray(), StandardCharsets.ISO_8859_1))
                .findFirst();
    }

    HttpRequest with(ByteString body) {
        return new HttpRequest(method, "http", authority, pathWithQuery, headers, body);
    }

    /// Two ways to say where a body ends are a way to smuggle a request past someone.
    private static void requireFraming(MultiMap headers) {
        List<String> lengths = headers.getAll("content-length");
        List<String> codings = headers.getAll("transfer-encoding");
        if (!codings.isEmpty() && !lengths.isEmpty()) {
            throw bad("both content-length and transfer-encoding");
        }
        if (lengths.size() > 1 || codings.size() > 1) {
            throw bad("the body's length is given twice");
        }
        if (codings.size() == 1 && !codings.getFirst().strip().equalsIgnoreCase("chunked")) {
            throw new RefusedException(501, "only the transfer-encoding chunked is served");
        }
        if (lengths.size() == 1 && !lengths.getFirst().matches("[0-9]{1,18}")) {
            throw bad("content-length is not a number");
        }
    }

    private static String host(HttpServerRequest request) {
        List<String> hosts = request.headers().getAll("host");
        if (hosts.size() > 1) {
            throw bad("more than one host header");
        }
        if (hosts.isEmpty()) {
            if (request.version() != HttpVersion.HTTP_1_0) {
                throw bad("no host header");
            }
            return "";
        }
        return hosts.getFirst().isEmpty() ? "" : requireAuthority(hosts.getFirst());
    }

    private static String requireAuthority(String text) {
        boolean valid = !text.isEmpty()
                && text.chars().allMatch(c -> letterOrDigit(c) || "-._~!$&'()*+,;=:[]%".indexOf(c) >= 0);
        if (!valid) {
            throw bad("the host is not valid");
        }
        return text;
    }

    private static int endOfAuthority(String target, int from) {
        int end = from;
        while (end < target.length() && target.charAt(end) != '/' && target.charAt(end) != '?') {
            end++;
        }
        return end;
    }

    private static void requirePath(String target) {
        for (int i = 0; i < target.length(); i++) {
            char c = target.charAt(i);
            if (!letterOrDigit(c) && PATH_MARKS.indexOf(c) < 0 && TOLERATED_MARKS.indexOf(c) < 0) {
                throw bad("the path has a character that must be escaped");
            }
            if (c == '%' && !(hex(target, i + 1) && hex(target, i + 2))) {
                throw bad("the path has a '%' without two hexadecimal digits");
            }
        }
    }

    private static boolean hex(String text, int index) {
        return index < text.length() && Character.digit(text.charAt(index), 16) >= 0 && text.charAt(index) < 0x80;
    }

    private static boolean letterOrDigit(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static List<HttpHeader> headers(MultiMap all) {
        Set<String> dropped = HeaderRules.hopByHop(all.getAll("connection"));
        List<HttpHeader> kept = new ArrayList<>();
        for (Map.Entry<String, String> entry : all) {
            ByteString value = ByteString.adopt(entry.getValue().getBytes(StandardCharsets.ISO_8859_1));
            if (!HeaderRules.validName(entry.getKey()) || !HeaderRules.validValue(value)) {
                throw bad("a header is not valid");
            }
            if (!dropped.contains(entry.getKey().toLowerCase(Locale.ROOT))) {
                kept.add(new HttpHeader(entry.getKey(), value));
            }
        }
        return List.copyOf(kept);
    }

    private static RefusedException bad(String reason) {
        return new RefusedException(400, reason);
    }
}

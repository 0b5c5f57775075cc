package dev.wattle.provider.http.server;

import dev.wattle.provider.api.HttpHeader;
import dev.wattle.provider.api.HttpResponse;
import dev.wattle.wit.ByteString;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One request and its answer. Lives on the connection's event loop; the call between them does not.
final class Exchange {
    private static final long NONE = -1;

    private final Vertx vertx;
    private final Context loop;
    private final Calls calls;
    private final AtomicLong held;
    private final HttpServerRequest request;
    private final ConnectionGuard guard;
    private final Buffer body = Buffer.buffer();
    private @Nullable RequestHead head;
    private @Nullable Route route;
    private long timer = NONE;
    private boolean answered;
    private boolean ended;
    private volatile boolean gone;

    Exchange(Vertx vertx, Calls calls, AtomicLong held, HttpServerRequest request, ConnectionGuard guard) {
        this.vertx = vertx;
        this.loop = vertx.getOrCreateContext();
        this.calls = calls;
        this.held = held;
        this.request = request;
        this.guard = guard;
    }

    /// Reads the request, has it called, answers.
    void begin(RouteTable routes) {
        guard.begin();
        request.exceptionHandler(_ -> end());
        request.response().exceptionHandler(_ -> end());
        request.response().closeHandler(_ -> end());
        request.response().endHandler(_ -> end());
        request.handler(this::bodyPart);
        try {
            head = RequestHead.of(request);
            route = route(routes, head);
            readBody();
        } catch (RequestHead.RefusedException refused) {
            refuse(Reply.error(refused.status(), refused.kind(), refused.reason()));
        }
    }

    private static Route route(RouteTable routes, RequestHead head) {
        Optional<String> host = head.header(routes.header());
        if (routes.mode() == RoutingMode.HOST && host.isEmpty()) {
            throw new RequestHead.RefusedException(400, "no header " + routes.header());
        }
        Route found = routes.find(head.path(), host)
                .orElseThrow(() -> routes.isEmpty()
                        ? new RequestHead.RefusedException(503, "route", "no link leads from here to a component")
                        : new RequestHead.RefusedException(
                                404, "route", "no link takes this " + (host(routes) ? "host" : "path")));
        if (found.readOnly() && !head.method().equals("GET") && !head.method().equals("HEAD")) {
            throw new RequestHead.RefusedException(405, "the link is read-only");
        }
        return found;
    }

    private static boolean host(RouteTable routes) {
        return routes.mode() == RoutingMode.HOST;
    }

    private void readBody() {
        String length = request.getHeader("content-length");
        if (length != null && Long.parseLong(length) > Limits.MAX_BODY_BYTES) {
            throw new RequestHead.RefusedException(413, "the body is larger than " + Limits.MAX_BODY_BYTES + " bytes");
        }
        String expect = request.getHeader("expect");
        if (expect != null) {
            if (!expect.equalsIgnoreCase("100-continue")) {
                throw new RequestHead.RefusedException(417, "only the expectation 100-continue is known");
            }
            request.response().writeContinue();
        }
        timer = vertx.setTimer(Limits.BODY_TIMEOUT.toMillis(), _ -> {
            timer = NONE;
            refuse(Reply.error(408, "request", "the body did not come in time"));
        });
        request.endHandler(_ -> call());
    }

    private void bodyPart(Buffer part) {
        if (answered || ended) {
            return;
        }
        if (body.length() + part.length() > Limits.MAX_BODY_BYTES) {
            refuse(Reply.error(413, "request", "the body is larger than " + Limits.MAX_BODY_BYTES + " bytes"));
        } else if (held.addAndGet(part.length()) > Limits.MAX_HELD_BYTES) {
            held.addAndGet(-part.length());
            refuse(Reply.error(503, "overload", "the server holds as many bytes as it may"));
        } else {
            body.appendBuffer(part);
        }
    }

    private void call() {
        if (answered || ended || head == null || route == null) {
            return;
        }
        stopTimer();
        Route target = route;
        calls.submit(
                target,
                head.with(ByteString.adopt(body.getBytes())),
                () -> gone,
                response -> loop.runOnContext(_ -> answer(cached(target, response), false)));
    }

    private static HttpResponse cached(Route route, HttpResponse response) {
        boolean has =
                response.headers().stream().anyMatch(header -> header.name().equalsIgnoreCase("cache-control"));
        if (has || route.cacheControl().isEmpty()) {
            return response;
        }
        var headers = new java.util.ArrayList<>(response.headers());
        headers.add(new HttpHeader(
                "cache-control", ByteString.copyOf(route.cacheControl().get().getBytes(StandardCharsets.ISO_8859_1))));
        return new HttpResponse(response.status(), headers, response.body());
    }

    /// Answers before the request was read: what else comes on the connection cannot be trusted.
    private void refuse(HttpResponse response) {
        answer(response, true);
    }

    private void answer(HttpResponse answer, boolean last) {
        if (answered || ended) {
            return;
        }
        answered = true;
        stopTimer();
        timer = vertx.setTimer(Limits.WRITE_TIMEOUT.toMillis(), _ -> {
            timer = NONE;
            request.connection().close();
        });
        HttpServerResponse response = request.response();
        response.setStatusCode(answer.status());
        copyHeaders(answer, response);
        if (last) {
            response.putHeader("connection", "close");
            guard.closeSoon();
        }
        write(answer, response);
    }

    private void write(HttpResponse answer, HttpServerResponse response) {
        boolean bodiless = answer.status() == 204 || answer.status() == 304;
        boolean isHead = request.method().name().equals("HEAD");
        if (bodiless) {
            response.end();
        } else if (isHead) {
            response.putHeader("content-length", headLength(answer));
            response.end();
        } else {
            response.putHeader("content-length", Integer.toString(answer.body().size()));
            response.end(Buffer.buffer(answer.body().toArray()));
        }
    }

    /// What GET would have: as the component says, or as long as what it sent for HEAD.
    private static String headLength(HttpResponse answer) {
        return answer.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("content-length"))
                .map(header -> new String(header.value().toArray(), StandardCharsets.ISO_8859_1))
                .filter(text -> text.matches("[0-9]{1,18}"))
                .findFirst()
                .orElse(Integer.toString(answer.body().size()));
    }

    private static void copyHeaders(HttpResponse answer, HttpServerResponse response) {
        List<String> connection = answer.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase("connection"))
                .map(header -> new String(header.value().toArray(), StandardCharsets.ISO_8859_1))
                .toList();
        Set<String> dropped = HeaderRules.hopByHop(connection);
        dropped.add("content-length");
        for (HttpHeader header : answer.headers()) {
            if (!dropped.contains(header.name().toLowerCase(Locale.ROOT))) {
                response.headers()
                        .add(header.name(), new String(header.value().toArray(), StandardCharsets.ISO_8859_1));
            }
        }
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        gone = true;
        stopTimer();
        held.addAndGet(-body.length());
        guard.end();
    }

    private void stopTimer() {
        if (timer != NONE) {
            vertx.cancelTimer(timer);
            timer = NONE;
        }
    }
}

package dev.wattle.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import java.util.concurrent.TimeUnit;

/// The anchor of HTTP: a Vert.x server, set up like the one in a host, that answers every request with the same
/// body at once.
final class HelloChild {
    /// As many as the HTTP server of a host has.
    private static final int EVENT_LOOPS = 2;

    private HelloChild() {}

    /// @param arguments the body
    public static void main(String[] arguments) throws Exception {
        Buffer body = Buffer.buffer(arguments[0]);
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(EVENT_LOOPS));
        var server = vertx.createHttpServer(
                        new HttpServerOptions().setHttp2ClearTextEnabled(false).setTcpNoDelay(true))
                .requestHandler(request -> request.response()
                        .putHeader("content-type", "application/json")
                        .end(body))
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS);
        Child.serve(Integer.toString(server.actualPort()));
        System.exit(0);
    }
}

package dev.wattle.host.wasi;

import dev.wattle.host.component.Sandbox;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Locale;

/// The functions of `wasi:http/types` for what comes in: request, body, trailers, and responses that never
/// come.
final class HttpIncomingFunctions {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private HttpIncomingFunctions() {}

    static void addTo(InterfaceTable.Builder table) {
        request(table);
        body(table);
        response(table);
    }

    private static void request(InterfaceTable.Builder table) {
        String method = "[method]incoming-request.";
        table.gives(
                        method + "method",
                        1,
                        (_, arguments) -> method(request(arguments).request().method()))
                .gives(
                        method + "path-with-query",
                        1,
                        (_, arguments) -> WitValue.some(
                                WitValue.of(request(arguments).request().pathWithQuery())))
                .gives(
                        method + "scheme",
                        1,
                        (_, arguments) -> WitValue.some(
                                scheme(request(arguments).request().scheme())))
                .gives(
                        method + "authority",
                        1,
                        (_, arguments) -> authority(request(arguments).request().authority()))
                .gives(
                        method + "headers",
                        1,
                        (sandbox, arguments) -> request(arguments)
                                .headers()
                                .view()
                                .giveChild(sandbox, HttpInterfaces.FIELDS, request(arguments)))
                .gives(
                        method + "consume",
                        1,
                        (sandbox, arguments) -> HttpInterfaces.result(request(arguments)
                                .consume()
                                .map(body -> body.give(sandbox, HttpInterfaces.INCOMING_BODY))));
    }

    private static void body(InterfaceTable.Builder table) {
        table.gives("[method]incoming-body.stream", 1, (sandbox, arguments) -> {
                    IncomingBody body = arguments.object(0, IncomingBody.class);
                    return HttpInterfaces.result(
                            body.stream().map(stream -> stream.giveChild(sandbox, IoInterfaces.INPUT_STREAM, body)));
                })
                .gives("[static]incoming-body.finish", 1, (sandbox, arguments) -> {
                    arguments.object(0, IncomingBody.class).take(sandbox);
                    return new IncomingBody.Trailers().give(sandbox, HttpInterfaces.FUTURE_TRAILERS);
                })
                .gives(
                        "[method]future-trailers.subscribe",
                        1,
                        (sandbox, arguments) -> Pollable.ready()
                                .giveChild(
                                        sandbox,
                                        IoInterfaces.POLLABLE,
                                        arguments.object(0, IncomingBody.Trailers.class)))
                .gives(
                        "[method]future-trailers.get",
                        1,
                        (_, arguments) -> WitValue.some(
                                arguments.object(0, IncomingBody.Trailers.class).ask()
                                        ? WitValue.ok(WitValue.ok(WitValue.none()))
                                        : WitValue.error()));
    }

    /// Nothing is ever sent, so no guest can hold one of these.
    private static void response(InterfaceTable.Builder table) {
        for (String name : List.of(
                "incoming-response.status",
                "incoming-response.headers",
                "incoming-response.consume",
                "future-incoming-response.get")) {
            table.gives("[method]" + name, 1, (_, _) -> {
                throw new IllegalStateException(name + " of a response that never came");
            });
        }
        table.gives("[method]future-incoming-response.subscribe", 1, HttpIncomingFunctions::ready);
    }

    private static WitValue ready(Sandbox sandbox, Arguments arguments) {
        return Pollable.ready().give(sandbox, IoInterfaces.POLLABLE);
    }

    private static WitValue method(String method) {
        return METHODS.contains(method)
                ? WitValue.variant(method.toLowerCase(Locale.ROOT))
                : WitValue.variant("other", WitValue.of(method));
    }

    private static WitValue scheme(String scheme) {
        return switch (scheme) {
            case "http" -> WitValue.variant("HTTP");
            case "https" -> WitValue.variant("HTTPS");
            default -> WitValue.variant("other", WitValue.of(scheme));
        };
    }

    private static WitValue authority(String authority) {
        return authority.isEmpty() ? WitValue.none() : WitValue.some(WitValue.of(authority));
    }

    private static IncomingRequest request(Arguments arguments) {
        return arguments.object(0, IncomingRequest.class);
    }
}

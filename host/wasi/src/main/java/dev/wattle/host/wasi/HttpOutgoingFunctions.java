package dev.wattle.host.wasi;

import dev.wattle.host.component.Sandbox;
import dev.wattle.wit.WitValue;
import java.util.List;

/// The functions of `wasi:http/types` for what goes out: response, request, body, and where the answer is
/// put.
final class HttpOutgoingFunctions {
    private HttpOutgoingFunctions() {}

    static void addTo(InterfaceTable.Builder table) {
        response(table);
        request(table);
        body(table);
        options(table);
        outparam(table);
    }

    private static void response(InterfaceTable.Builder table) {
        table.gives(
                        "[constructor]outgoing-response",
                        1,
                        (sandbox, arguments) -> new OutgoingResponse(headers(sandbox, arguments))
                                .give(sandbox, HttpInterfaces.OUTGOING_RESPONSE))
                .gives(
                        "[method]outgoing-response.status-code",
                        1,
                        (_, arguments) -> WitValue.of(
                                arguments.object(0, OutgoingResponse.class).status()))
                .gives(
                        "[method]outgoing-response.set-status-code",
                        2,
                        (_, arguments) -> HttpInterfaces.result(
                                arguments.object(0, OutgoingResponse.class).setStatus(arguments.number(1))));
        message(table, "outgoing-response");
    }

    private static void request(InterfaceTable.Builder table) {
        String method = "[method]outgoing-request.";
        table.gives(
                        "[constructor]outgoing-request",
                        1,
                        (sandbox, arguments) -> new OutgoingRequest(headers(sandbox, arguments))
                                .give(sandbox, HttpInterfaces.OUTGOING_REQUEST))
                .gives(
                        method + "method",
                        1,
                        (_, arguments) -> requestOf(arguments).method())
                .gives(
                        method + "set-method",
                        2,
                        (_, arguments) ->
                                HttpInterfaces.result(requestOf(arguments).setMethod(arguments.at(1))))
                .gives(
                        method + "path-with-query",
                        1,
                        (_, arguments) -> requestOf(arguments).path())
                .gives(
                        method + "set-path-with-query",
                        2,
                        (_, arguments) ->
                                HttpInterfaces.result(requestOf(arguments).setPath(arguments.option(1))))
                .gives(
                        method + "scheme",
                        1,
                        (_, arguments) -> requestOf(arguments).scheme())
                .gives(
                        method + "set-scheme",
                        2,
                        (_, arguments) ->
                                HttpInterfaces.result(requestOf(arguments).setScheme(arguments.option(1))))
                .gives(
                        method + "authority",
                        1,
                        (_, arguments) -> requestOf(arguments).authority())
                .gives(
                        method + "set-authority",
                        2,
                        (_, arguments) ->
                                HttpInterfaces.result(requestOf(arguments).setAuthority(arguments.option(1))));
        message(table, "outgoing-request");
    }

    /// What both messages have.
    private static void message(InterfaceTable.Builder table, String resource) {
        table.gives("[method]" + resource + ".headers", 1, (sandbox, arguments) -> {
                    OutgoingMessage message = arguments.object(0, OutgoingMessage.class);
                    return message.headers().view().giveChild(sandbox, HttpInterfaces.FIELDS, message);
                })
                .gives(
                        "[method]" + resource + ".body",
                        1,
                        (sandbox, arguments) -> HttpInterfaces.result(arguments
                                .object(0, OutgoingMessage.class)
                                .takeBody()
                                .map(body -> body.give(sandbox, HttpInterfaces.OUTGOING_BODY))));
    }

    private static void body(InterfaceTable.Builder table) {
        table.gives("[method]outgoing-body.write", 1, (sandbox, arguments) -> {
                    OutgoingBody body = arguments.object(0, OutgoingBody.class);
                    return HttpInterfaces.result(
                            body.write().map(stream -> stream.giveChild(sandbox, IoInterfaces.OUTPUT_STREAM, body)));
                })
                .gives("[static]outgoing-body.finish", 2, (sandbox, arguments) -> {
                    OutgoingBody body = arguments.object(0, OutgoingBody.class);
                    body.take(sandbox);
                    // Trailers have no place in a response that goes out whole: they are accepted and left out.
                    arguments
                            .option(1)
                            .ifPresent(trailers ->
                                    Arguments.object(trailers, Fields.class).take(sandbox));
                    return body.finish().map(WitValue::error).orElseGet(WitValue::ok);
                });
    }

    private static void options(InterfaceTable.Builder table) {
        table.gives(
                "[constructor]request-options",
                0,
                (sandbox, _) -> new RequestOptions().give(sandbox, HttpInterfaces.REQUEST_OPTIONS));
        for (String name : List.of("connect-timeout", "first-byte-timeout", "between-bytes-timeout")) {
            table.gives(
                            "[method]request-options." + name,
                            1,
                            (_, arguments) ->
                                    arguments.object(0, RequestOptions.class).timeout(name))
                    .gives("[method]request-options.set-" + name, 2, (_, arguments) -> {
                        arguments.object(0, RequestOptions.class).setTimeout(name, arguments.option(1));
                        return WitValue.ok();
                    });
        }
    }

    private static void outparam(InterfaceTable.Builder table) {
        table.does("[static]response-outparam.set", 2, (sandbox, arguments) -> {
                    ResponseOutparam outparam = arguments.object(0, ResponseOutparam.class);
                    outparam.take(sandbox);
                    outparam.set(answer(sandbox, (WitValue.ResultValue) arguments.at(1)));
                })
                .gives("[method]response-outparam.send-informational", 3, (sandbox, arguments) -> {
                    arguments.object(2, Fields.class).take(sandbox);
                    return WitValue.error(WitValue.variant("internal-error", WitValue.none()));
                });
    }

    private static ResponseOutparam.Answer answer(Sandbox sandbox, WitValue.ResultValue result) {
        WitValue payload = result.payload().orElseThrow();
        if (!result.ok()) {
            return new ResponseOutparam.Answer.Failed(((WitValue.VariantValue) payload).name());
        }
        OutgoingResponse response = Arguments.object(payload, OutgoingResponse.class);
        response.take(sandbox);
        return new ResponseOutparam.Answer.Response(response);
    }

    private static Fields headers(Sandbox sandbox, Arguments arguments) {
        Fields headers = arguments.object(0, Fields.class);
        headers.take(sandbox);
        return headers;
    }

    private static OutgoingRequest requestOf(Arguments arguments) {
        return arguments.object(0, OutgoingRequest.class);
    }
}

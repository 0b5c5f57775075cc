package dev.wattle.host.wasi;

import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.Trap;
import dev.wattle.provider.api.HttpHeader;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.provider.api.HttpResponse;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Calls a component's `wasi:http/incoming-handler`, any `0.2.y` of it, with a whole request for a whole
/// response.
public final class WasiHttp {
    private static final String HANDLER = "wasi:http/incoming-handler";

    private WasiHttp() {}

    /// Can it be called with requests? The component was linked with [WasiImports].
    public static boolean handles(ComponentInstance instance) {
        return handler(instance).isPresent();
    }

    /// Hands the request to the guest, on the calling thread, and answers when the guest has returned.
    ///
    /// A guest that answers with an error code makes a response with the status that HTTP has for it (500 for
    /// most) and a JSON body `{"error":"guest","reason":"<code>"}`.
    ///
    /// @throws Trap of kind `NO_ANSWER` when the component is no handler, or when the guest returned without
    /// a whole response; of another kind when the guest trapped
    public static HttpResponse handle(ComponentInstance instance, Sandbox sandbox, HttpRequest request) {
        ComponentFunction handler = handler(instance)
                .orElseThrow(() -> new Trap(
                        Trap.Kind.NO_ANSWER, "the component exports no " + HANDLER + "@0.2 of this host's types"));
        var outparam = new ResponseOutparam();
        handler.call(List.of(
                new IncomingRequest(request).give(sandbox, HttpInterfaces.INCOMING_REQUEST),
                outparam.give(sandbox, HttpInterfaces.RESPONSE_OUTPARAM)));
        ResponseOutparam.Answer answer = outparam.answer()
                .orElseThrow(() ->
                        new Trap(Trap.Kind.NO_ANSWER, "the guest returned without setting its response-outparam"));
        return switch (answer) {
            case ResponseOutparam.Answer.Response(OutgoingResponse response) -> whole(response);
            case ResponseOutparam.Answer.Failed(String code) -> failed(code);
        };
    }

    private static Optional<ComponentFunction> handler(ComponentInstance instance) {
        var parameters = List.<WitType>of(
                new WitType.OwnType(HttpInterfaces.INCOMING_REQUEST.type()),
                new WitType.OwnType(HttpInterfaces.RESPONSE_OUTPARAM.type()));
        return instance.function(HANDLER, "handle")
                .filter(function -> function.type().parameters().stream()
                                .map(parameter -> parameter.type())
                                .toList()
                                .equals(parameters)
                        && function.type().result().isEmpty());
    }

    private static HttpResponse whole(OutgoingResponse response) {
        if (response.incomplete()) {
            throw new Trap(Trap.Kind.NO_ANSWER, "the guest returned before it had finished its response's body");
        }
        if (response.status() < 200) {
            throw new Trap(Trap.Kind.NO_ANSWER, "the guest answered with the interim status " + response.status());
        }
        if (!response.contentLengthValid()) {
            throw new Trap(Trap.Kind.NO_ANSWER, "the guest answered with a content-length that is no number");
        }
        return new HttpResponse(response.status(), response.headers().entries(), response.contents());
    }

    private static HttpResponse failed(String code) {
        // The code is a label of WIT: nothing in it needs escaping.
        String json = "{\"error\":\"guest\",\"reason\":\"" + code + "\"}\n";
        return new HttpResponse(
                HttpErrorCodes.status(code),
                List.of(new HttpHeader("content-type", bytes("application/json"))),
                bytes(json));
    }

    private static ByteString bytes(String text) {
        return ByteString.adopt(text.getBytes(StandardCharsets.UTF_8));
    }
}

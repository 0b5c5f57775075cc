package dev.wattle.host.wasi;

import dev.wattle.host.component.HostResource;
import dev.wattle.wit.WitValue;
import java.util.Optional;

/// `wasi:http/types` and the refusal of `wasi:http/outgoing-handler`. The same for every component.
final class HttpInterfaces {
    static final HostResource FIELDS = HostObject.resource("fields");
    static final HostResource INCOMING_REQUEST = HostObject.resource("incoming-request");
    static final HostResource INCOMING_BODY = HostObject.resource("incoming-body");
    static final HostResource FUTURE_TRAILERS = HostObject.resource("future-trailers");
    static final HostResource RESPONSE_OUTPARAM = HostObject.resource("response-outparam");
    static final HostResource OUTGOING_RESPONSE = HostObject.resource("outgoing-response");
    static final HostResource OUTGOING_REQUEST = HostObject.resource("outgoing-request");
    static final HostResource OUTGOING_BODY = HostObject.resource("outgoing-body");
    static final HostResource REQUEST_OPTIONS = HostObject.resource("request-options");
    static final HostResource INCOMING_RESPONSE = HostObject.resource("incoming-response");
    static final HostResource FUTURE_INCOMING_RESPONSE = HostObject.resource("future-incoming-response");

    static final InterfaceTable TYPES = types();

    static final InterfaceTable OUTGOING_HANDLER = InterfaceTable.builder()
            .resource("outgoing-request", OUTGOING_REQUEST)
            .resource("request-options", REQUEST_OPTIONS)
            .resource("future-incoming-response", FUTURE_INCOMING_RESPONSE)
            .gives("handle", 2, (sandbox, arguments) -> {
                arguments.object(0, OutgoingRequest.class).take(sandbox);
                arguments
                        .option(1)
                        .ifPresent(options ->
                                Arguments.object(options, RequestOptions.class).take(sandbox));
                return WitValue.error(HttpErrorCodes.REQUEST_DENIED);
            })
            .build();

    private HttpInterfaces() {}

    private static InterfaceTable types() {
        InterfaceTable.Builder table = InterfaceTable.builder()
                .resource("input-stream", IoInterfaces.INPUT_STREAM)
                .resource("output-stream", IoInterfaces.OUTPUT_STREAM)
                .resource("io-error", IoInterfaces.ERROR)
                .resource("pollable", IoInterfaces.POLLABLE)
                .resource("fields", FIELDS)
                .resource("headers", FIELDS)
                .resource("trailers", FIELDS)
                .resource("incoming-request", INCOMING_REQUEST)
                .resource("incoming-body", INCOMING_BODY)
                .resource("future-trailers", FUTURE_TRAILERS)
                .resource("response-outparam", RESPONSE_OUTPARAM)
                .resource("outgoing-response", OUTGOING_RESPONSE)
                .resource("outgoing-request", OUTGOING_REQUEST)
                .resource("outgoing-body", OUTGOING_BODY)
                .resource("request-options", REQUEST_OPTIONS)
                .resource("incoming-response", INCOMING_RESPONSE)
                .resource("future-incoming-response", FUTURE_INCOMING_RESPONSE)
                .gives(
                        "http-error-code",
                        1,
                        (_, arguments) -> new WitValue.OptionValue(
                                arguments.object(0, IoError.class).httpErrorCode()));
        HttpFieldsFunctions.addTo(table);
        HttpIncomingFunctions.addTo(table);
        HttpOutgoingFunctions.addTo(table);
        return table.build();
    }

    /// `result` without payloads.
    static WitValue result(boolean ok) {
        return ok ? WitValue.ok() : WitValue.error();
    }

    /// `result<T>`: the value, or an error without payload.
    static WitValue result(Optional<WitValue> value) {
        return value.map(WitValue::ok).orElseGet(WitValue::error);
    }
}

package dev.wattle.host.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.engine.Trap;
import dev.wattle.provider.api.HttpHeader;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.provider.api.HttpResponse;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpTypesTest {
    private static final String TYPES = "wasi:http/types@0.2.0";
    private static final String STREAMS = "wasi:io/streams@0.2.0";

    private static final HttpRequest REQUEST = new HttpRequest(
            "POST",
            "http",
            "example:80",
            "/a?b=c",
            List.of(new HttpHeader("X-One", bytes("1")), new HttpHeader("Connection", bytes("close"))),
            bytes("body"));

    private final Guest guest = new Guest();

    @Test
    void a_handler_reads_the_request_and_answers() {
        HttpResponse answer = handle((request, outparam) -> {
            assertThat(call("[method]incoming-request.method", request)).isEqualTo(WitValue.variant("post"));
            assertThat(call("[method]incoming-request.path-with-query", request))
                    .isEqualTo(some("/a?b=c"));
            assertThat(call("[method]incoming-request.authority", request)).isEqualTo(some("example:80"));
            assertThat(call("[method]incoming-request.scheme", request))
                    .isEqualTo(WitValue.some(WitValue.variant("HTTP")));
            WitValue headers = call("[method]incoming-request.headers", request);
            assertThat(call("[method]fields.get", headers, WitValue.of("x-one")))
                    .isEqualTo(WitValue.list(List.of(value("1"))));
            assertThat(call("[method]fields.has", headers, WitValue.of("connection")))
                    .isEqualTo(WitValue.of(false));
            assertThat(call("[method]fields.append", headers, WitValue.of("a"), value("b")))
                    .isEqualTo(WitValue.error(WitValue.variant("immutable")));
            assertThatThrownBy(() -> guest.drop(TYPES, "incoming-request", request))
                    .isInstanceOf(Trap.class);
            guest.drop(TYPES, "fields", headers);
            assertThat(read(request)).isEqualTo("body");
            guest.drop(TYPES, "incoming-request", request);
            WitValue response = response(201, "X-Two", "2");
            WitValue body = Guest.payload(call("[method]outgoing-response.body", response));
            assertThat(call("[method]outgoing-response.body", response)).isEqualTo(WitValue.error());
            set(outparam, WitValue.ok(response));
            write(body, "done");
            assertThat(finish(body)).isEqualTo(WitValue.ok());
        });
        assertThat(answer)
                .isEqualTo(new HttpResponse(201, List.of(new HttpHeader("X-Two", bytes("2"))), bytes("done")));
    }

    @Test
    void a_response_without_a_body_is_whole() {
        assertThat(handle((_, outparam) -> set(outparam, WitValue.ok(response(204)))))
                .isEqualTo(new HttpResponse(204, List.of(), ByteString.EMPTY));
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP-request-denied, 403",
        "HTTP-request-body-size, 413",
        "connection-refused, 502",
        "DNS-timeout, 504",
        "loop-detected, 508",
        "internal-error, 500",
        "configuration-error, 500"
    })
    void an_error_code_becomes_a_status(String code, int status) {
        HttpResponse answer = handle((_, outparam) -> set(outparam, WitValue.error(WitValue.variant(code))));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(bytes("{\"error\":\"guest\",\"reason\":\"" + code + "\"}\n"));
    }

    @Test
    void a_guest_without_a_whole_answer_traps() {
        assertNoAnswer((_, _) -> {}, "without setting its response-outparam");
        assertNoAnswer(
                (_, outparam) -> {
                    WitValue response = response(200);
                    WitValue body = Guest.payload(call("[method]outgoing-response.body", response));
                    set(outparam, WitValue.ok(response));
                    write(body, "half");
                    guest.drop(TYPES, "outgoing-body", body);
                },
                "before it had finished");
        assertNoAnswer((_, outparam) -> set(outparam, WitValue.ok(response(100))), "interim status 100");
        assertNoAnswer(
                (_, outparam) -> set(outparam, WitValue.ok(response(200, "Content-Length", "x"))), "content-length");
    }

    @Test
    void a_component_that_handles_nothing_is_said_to() {
        assertThat(WasiHttp.handles(instance(Optional.empty()))).isFalse();
        assertThatThrownBy(() -> WasiHttp.handle(instance(Optional.empty()), guest.sandbox(), REQUEST))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("exports no wasi:http/incoming-handler");
    }

    @Test
    void the_body_is_as_long_as_content_length_says() {
        WitValue shorter = body("3");
        write(shorter, "ab");
        assertThat(finish(shorter)).isEqualTo(bodySize(2));
        WitValue longer = body("1");
        WitValue stream = Guest.payload(call("[method]outgoing-body.write", longer));
        assertThat(call("[method]outgoing-body.write", longer)).isEqualTo(WitValue.error());
        WitValue failed = io("[method]output-stream.blocking-write-and-flush", stream, value("ab"));
        WitValue error = ((WitValue.VariantValue)
                        ((WitValue.ResultValue) failed).payload().orElseThrow())
                .payload()
                .orElseThrow();
        assertThat(call("http-error-code", error)).isEqualTo(WitValue.some(bodySizeCode(2)));
        assertThat(guest.call("wasi:io/error@0.2.0", "[method]error.to-debug-string", error))
                .isEqualTo(WitValue.of("the body of the response exceeds 1 bytes"));
        assertThat(io("[method]output-stream.check-write", stream))
                .isEqualTo(WitValue.error(WitValue.variant("closed")));
        assertThatThrownBy(() -> finish(longer)).isInstanceOf(Trap.class).hasMessageContaining("children");
        guest.drop(STREAMS, "output-stream", stream);
        assertThat(finish(longer)).isEqualTo(bodySize(2));
    }

    @Test
    void a_body_may_be_1_MiB_and_no_more() {
        WitValue body = Guest.payload(call("[method]outgoing-response.body", response(200)));
        WitValue stream = Guest.payload(call("[method]outgoing-body.write", body));
        for (int written = 0; written < Limits.MAX_BODY_BYTES; written += Limits.WRITE_PERMIT_BYTES) {
            io("[method]output-stream.check-write", stream);
            assertThat(io("[method]output-stream.write-zeroes", stream, WitValue.of(Limits.WRITE_PERMIT_BYTES)))
                    .isEqualTo(WitValue.ok());
        }
        io("[method]output-stream.check-write", stream);
        assertThat(((WitValue.ResultValue) io("[method]output-stream.write", stream, value("x"))).ok())
                .isFalse();
        guest.drop(STREAMS, "output-stream", stream);
        assertThat(finish(body)).isEqualTo(bodySize(Limits.MAX_BODY_BYTES + 1L));
    }

    @ParameterizedTest
    @CsvSource({
        "X-Good, value, ''",
        "bad name, value, invalid-syntax",
        "'', value, invalid-syntax",
        "é, v, invalid-syntax",
        "connection, close, forbidden",
        "Transfer-Encoding, chunked, forbidden",
        "HOST, a, forbidden",
        "upgrade, h2c, forbidden",
        "keep-alive, 1, forbidden"
    })
    void fields_take_what_may_be_there(String name, String text, String refusal) {
        WitValue expected = refusal.isEmpty() ? WitValue.ok() : WitValue.error(WitValue.variant(refusal));
        WitValue fields = call("[constructor]fields");
        assertThat(call("[method]fields.append", fields, WitValue.of(name), value(text)))
                .isEqualTo(expected);
        assertThat(call("[method]fields.set", fields, WitValue.of(name), WitValue.list(List.of(value(text)))))
                .isEqualTo(expected);
        assertThat(call("[method]fields.delete", fields, WitValue.of(name))).isEqualTo(expected);
        WitValue pairs = WitValue.list(List.of(WitValue.tuple(WitValue.of(name), value(text))));
        WitValue made = call("[static]fields.from-list", pairs);
        assertThat(((WitValue.ResultValue) made).ok()).isEqualTo(refusal.isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb: c", "a\nb", "a\u0000", "\u007f"})
    void values_cannot_break_out_of_their_line(String text) {
        WitValue fields = call("[constructor]fields");
        assertThat(call("[method]fields.append", fields, WitValue.of("a"), value(text)))
                .isEqualTo(WitValue.error(WitValue.variant("invalid-syntax")));
        assertThat(call("[method]fields.entries", fields)).isEqualTo(WitValue.list(List.of()));
    }

    @Test
    void fields_keep_order_and_case_and_clones_are_their_own() {
        WitValue fields = call("[constructor]fields");
        for (String name : List.of("B", "a", "b")) {
            call("[method]fields.append", fields, WitValue.of(name), value(name));
        }
        assertThat(call("[method]fields.get", fields, WitValue.of("b")))
                .isEqualTo(WitValue.list(List.of(value("B"), value("b"))));
        WitValue clone = call("[method]fields.clone", fields);
        call("[method]fields.delete", clone, WitValue.of("B"));
        assertThat(call("[method]fields.entries", clone))
                .isEqualTo(WitValue.list(List.of(WitValue.tuple(WitValue.of("a"), value("a")))));
        assertThat(((WitValue.ListValue) call("[method]fields.entries", fields)).elements())
                .hasSize(3);
    }

    @Test
    void fields_are_bounded() {
        WitValue fields = call("[constructor]fields");
        WitValue large = WitValue.ofBytes("x".repeat(64 * 1024).getBytes(StandardCharsets.US_ASCII));
        call("[method]fields.append", fields, WitValue.of("a"), large);
        assertThatThrownBy(() -> call("[method]fields.append", fields, WitValue.of("a"), large))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT));
        WitValue many = call("[constructor]fields");
        for (int i = 0; i < Limits.MAX_FIELDS; i++) {
            call("[method]fields.append", many, WitValue.of("a"), value(""));
        }
        assertThatThrownBy(() -> call("[method]fields.append", many, WitValue.of("a"), value("")))
                .isInstanceOf(Trap.class);
    }

    @Test
    void requests_can_be_built_and_are_not_sent() {
        WitValue request = call("[constructor]outgoing-request", call("[constructor]fields"));
        assertThat(call("[method]outgoing-request.method", request)).isEqualTo(WitValue.variant("get"));
        assertThat(call("[method]outgoing-request.set-method", request, WitValue.variant("other", WitValue.of("A B"))))
                .isEqualTo(WitValue.error());
        assertThat(call("[method]outgoing-request.set-method", request, WitValue.variant("put")))
                .isEqualTo(WitValue.ok());
        assertThat(call("[method]outgoing-request.method", request)).isEqualTo(WitValue.variant("put"));
        assertThat(call("[method]outgoing-request.set-path-with-query", request, some("/a b")))
                .isEqualTo(WitValue.error());
        assertThat(call("[method]outgoing-request.set-path-with-query", request, some("/a?b=c")))
                .isEqualTo(WitValue.ok());
        assertThat(call("[method]outgoing-request.set-authority", request, some("a/b")))
                .isEqualTo(WitValue.error());
        assertThat(call("[method]outgoing-request.set-authority", request, some("a:80")))
                .isEqualTo(WitValue.ok());
        assertThat(call("[method]outgoing-request.authority", request)).isEqualTo(some("a:80"));
        WitValue other = WitValue.some(WitValue.variant("other", WitValue.of("1x")));
        assertThat(call("[method]outgoing-request.set-scheme", request, other)).isEqualTo(WitValue.error());
        WitValue options = call("[constructor]request-options");
        assertThat(call("[method]request-options.set-connect-timeout", options, WitValue.some(WitValue.of(5))))
                .isEqualTo(WitValue.ok());
        assertThat(call("[method]request-options.connect-timeout", options)).isEqualTo(WitValue.some(WitValue.of(5)));
        assertThat(guest.call("wasi:http/outgoing-handler@0.2.0", "handle", request, WitValue.some(options)))
                .isEqualTo(WitValue.error(WitValue.variant("HTTP-request-denied")));
    }

    @Test
    void a_body_ends_with_no_trailers() {
        handle((request, outparam) -> {
            WitValue body = Guest.payload(call("[method]incoming-request.consume", request));
            assertThat(call("[method]incoming-request.consume", request)).isEqualTo(WitValue.error());
            WitValue trailers = call("[static]incoming-body.finish", body);
            guest.drop("wasi:io/poll@0.2.0", "pollable", call("[method]future-trailers.subscribe", trailers));
            assertThat(call("[method]future-trailers.get", trailers))
                    .isEqualTo(WitValue.some(WitValue.ok(WitValue.ok(WitValue.none()))));
            assertThat(call("[method]future-trailers.get", trailers)).isEqualTo(WitValue.some(WitValue.error()));
            set(outparam, WitValue.ok(response(200)));
        });
    }

    private HttpResponse handle(BiConsumer<WitValue, WitValue> handler) {
        return WasiHttp.handle(instance(Optional.of(handler)), guest.sandbox(), REQUEST);
    }

    private void assertNoAnswer(BiConsumer<WitValue, WitValue> handler, String message) {
        assertThatThrownBy(() -> handle(handler))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.NO_ANSWER))
                .hasMessageContaining(message);
    }

    private static ComponentInstance instance(Optional<BiConsumer<WitValue, WitValue>> handler) {
        return new ComponentInstance() {
            @Override
            public Optional<ComponentFunction> function(String name) {
                return Optional.empty();
            }

            @Override
            public Optional<ComponentFunction> function(String interfaceName, String name) {
                return handler.map(Handler::new);
            }
        };
    }

    private record Handler(BiConsumer<WitValue, WitValue> code) implements ComponentFunction {
        @Override
        public FunctionType type() {
            return new FunctionType(
                    List.of(
                            new FunctionType.Parameter(
                                    "request", new WitType.OwnType(HttpInterfaces.INCOMING_REQUEST.type())),
                            new FunctionType.Parameter(
                                    "response-out", new WitType.OwnType(HttpInterfaces.RESPONSE_OUTPARAM.type()))),
                    Optional.empty());
        }

        @Override
        public Optional<WitValue> call(List<WitValue> arguments) {
            code.accept(arguments.get(0), arguments.get(1));
            return Optional.empty();
        }
    }

    private WitValue response(int status, String... headers) {
        WitValue fields = call("[constructor]fields");
        for (int i = 0; i < headers.length; i += 2) {
            call("[method]fields.append", fields, WitValue.of(headers[i]), value(headers[i + 1]));
        }
        WitValue response = call("[constructor]outgoing-response", fields);
        assertThat(call("[method]outgoing-response.set-status-code", response, WitValue.of(status)))
                .isEqualTo(WitValue.ok());
        assertThat(call("[method]outgoing-response.set-status-code", response, WitValue.of(99)))
                .isEqualTo(WitValue.error());
        assertThat(call("[method]outgoing-response.status-code", response)).isEqualTo(WitValue.of(status));
        return response;
    }

    private WitValue body(String contentLength) {
        return Guest.payload(call("[method]outgoing-response.body", response(200, "content-length", contentLength)));
    }

    private String read(WitValue request) {
        WitValue body = Guest.payload(call("[method]incoming-request.consume", request));
        WitValue stream = Guest.payload(call("[method]incoming-body.stream", body));
        assertThat(call("[method]incoming-body.stream", body)).isEqualTo(WitValue.error());
        WitValue bytes = Guest.payload(io("[method]input-stream.blocking-read", stream, WitValue.of(100)));
        guest.drop(STREAMS, "input-stream", stream);
        guest.drop(TYPES, "incoming-body", body);
        return new String(((WitValue.Bytes) bytes).bytes().toArray(), StandardCharsets.UTF_8);
    }

    private void write(WitValue body, String text) {
        WitValue stream = Guest.payload(call("[method]outgoing-body.write", body));
        assertThat(io("[method]output-stream.blocking-write-and-flush", stream, value(text)))
                .isEqualTo(WitValue.ok());
        guest.drop(STREAMS, "output-stream", stream);
    }

    private WitValue finish(WitValue body) {
        return call("[static]outgoing-body.finish", body, WitValue.none());
    }

    private void set(WitValue outparam, WitValue result) {
        guest.run(TYPES, "[static]response-outparam.set", outparam, result);
    }

    private WitValue call(String function, WitValue... arguments) {
        return guest.call(TYPES, function, arguments);
    }

    private WitValue io(String function, WitValue... arguments) {
        return guest.call(STREAMS, function, arguments);
    }

    private static WitValue bodySize(long size) {
        return WitValue.error(bodySizeCode(size));
    }

    private static WitValue bodySizeCode(long size) {
        return WitValue.variant("HTTP-response-body-size", WitValue.some(WitValue.of(size)));
    }

    private static WitValue some(String text) {
        return WitValue.some(WitValue.of(text));
    }

    private static WitValue value(String text) {
        return WitValue.ofBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ByteString bytes(String text) {
        return ByteString.copyOf(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}

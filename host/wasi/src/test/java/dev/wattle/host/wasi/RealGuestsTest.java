package dev.wattle.host.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.ImportSource;
import dev.wattle.host.component.LinkedComponent;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.provider.api.HttpResponse;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The demo's guests, as their toolchain made them.
final class RealGuestsTest {
    private static final Map<String, Component> LOADED = new TreeMap<>();
    private static final List<String> LOGGED = new ArrayList<>();

    /// What the guests import and we do not link here: a converter that doubles.
    private static final ImportSource DOUBLING =
            name -> switch (name.withoutVersion().toString()) {
                case "cyber:finance/converter", "cyber:payments/processing" -> Optional.of(new Doubling());
                default ->
                    new WasiImports(WasiContext.of("gateway")
                                    .withLog((level, place, text) -> LOGGED.add(level + " " + place + " " + text)))
                            .interfaceFor(name);
            };

    @Test
    void the_converter_uses_its_configuration_and_the_clock() throws IOException {
        var context = WasiContext.of("converter")
                .withConfig(() -> new TreeMap<>(Map.of("USD_EUR", "0.92")))
                .withWallClock(() -> Instant.ofEpochSecond(1_700_000_000));
        LinkedComponent converter = load("converter").link(new WasiImports(context));
        try (var sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
            ComponentFunction convert = converter
                    .instantiate(sandbox)
                    .function("cyber:finance/converter", "convert")
                    .orElseThrow();
            assertThat(convert.call(List.of(new WitValue.F64(100), WitValue.of("USD"), WitValue.of("EUR"))))
                    .contains(WitValue.ok(
                            WitValue.record(new WitValue.F64(92), WitValue.of("EUR"), WitValue.of(1_700_000_000))));
            Optional<WitValue> unknown =
                    convert.call(List.of(new WitValue.F64(100), WitValue.of("USD"), WitValue.of("XXX")));
            assertThat(((WitValue.ResultValue) unknown.orElseThrow()).ok()).isFalse();
        }
    }

    @Test
    void a_component_is_refused_with_the_imports_that_nobody_supplies() throws IOException {
        Component gateway = load("gateway");
        assertThatThrownBy(() -> gateway.link(new WasiImports(WasiContext.of("gateway"))))
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining("cyber:finance/converter")
                .hasMessageNotContainingAny("wasi:");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /convert?amount=100&from=USD&to=EUR, '', 200",
        "GET, /convert?amount=x&from=USD&to=EUR, '', 400",
        "GET, /nowhere, '', 404",
        "POST, /payments, not json, 400",
        "DELETE, /convert, '', 405"
    })
    void the_gateway_answers_http(String method, String path, String body, int status) throws IOException {
        LinkedComponent gateway = load("gateway").link(DOUBLING);
        try (var sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
            LOGGED.clear();
            HttpResponse answer = WasiHttp.handle(
                    gateway.instantiate(sandbox),
                    sandbox,
                    new HttpRequest(
                            method,
                            "http",
                            "localhost:8080",
                            path,
                            List.of(),
                            ByteString.copyOf(body.getBytes(StandardCharsets.UTF_8))));
            String text = new String(answer.body().toArray(), StandardCharsets.UTF_8);
            assertThat(answer.status()).as(text).isEqualTo(status);
            assertThat(text).contains(status == 200 ? "200.00" : "error");
            assertThat(answer.headers()).anyMatch(header -> header.name().equals("content-type"));
            assertThat(LOGGED).hasSize(1).first().asString().startsWith("DEBUG gateway " + method);
        }
    }

    private static Component load(String guest) throws IOException {
        Component known = LOADED.get(guest);
        if (known != null) {
            return known;
        }
        Path home = Path.of(System.getProperty("wattle.home", "../.."));
        Component loaded = Component.load(
                Engines.create(),
                Files.readAllBytes(home.resolve("components/prebuilt").resolve(guest + ".wasm")));
        LOADED.put(guest, loaded);
        return loaded;
    }

    private static final class Doubling implements HostInterface {
        @Override
        public Optional<HostFunction> function(String name, FunctionType type) {
            return Optional.of((_, arguments) -> {
                double amount = ((WitValue.F64) arguments.getFirst()).value();
                return Optional.of(
                        WitValue.ok(WitValue.record(new WitValue.F64(2 * amount), WitValue.of("EUR"), WitValue.of(1))));
            });
        }

        @Override
        public Optional<HostResource> resource(String name) {
            return Optional.empty();
        }
    }
}

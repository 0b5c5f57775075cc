package dev.wattle.host.runtime;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.wasi.WasiContext;
import dev.wattle.host.wasi.WasiImports;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.provider.api.HttpResponse;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;

/// A runtime with the real engine and the committed guests.
final class RuntimeFixture implements AutoCloseable {
    private static final Path PREBUILT = Path.of(System.getProperty("wattle.home", "../.."), "components", "prebuilt");
    private static final Engine ENGINE = Engines.create();

    final RuntimeMetrics metrics = new RuntimeMetrics();
    final AtomicReference<LinkTarget> remote = new AtomicReference<>(call -> {
        throw new LinkFailure(LinkFailure.Kind.NOBODY_LISTENS, call.describeLink(), "nobody", null);
    });
    final HostRuntime runtime;
    private final TreeMap<RouteKey, RoutingTable.Route> routes = new TreeMap<>();

    private RuntimeFixture(RuntimeSettings settings, Engine engine) {
        runtime = HostRuntime.start(settings, engine, call -> remote.get().call(call), metrics);
    }

    RuntimeFixture(RuntimeSettings settings) {
        this(settings, ENGINE);
    }

    /// With an engine of its own, which keeps no memories of guests that others ran.
    static RuntimeFixture withoutIdleMemories() {
        return new RuntimeFixture(RuntimeSettings.DEFAULTS, Engines.create());
    }

    RuntimeFixture() {
        this(RuntimeSettings.DEFAULTS);
    }

    /// Do its guests take turns?
    static boolean polls() {
        return ENGINE.polls();
    }

    RuntimeFixture deploy(String id, String guest, int maxInstances, Map<String, String> config) {
        var imports = new WasiImports(WasiContext.of(id).withConfig(() -> new TreeMap<>(config)));
        runtime.deploy(new DeploymentSpec(
                id,
                binary(guest),
                maxInstances,
                new CoreLimits(64L << 20, CoreLimits.DEFAULT_TABLE_ELEMENTS),
                Duration.ofSeconds(60),
                imports));
        return this;
    }

    RuntimeFixture link(String source, String interfaceName, String target) {
        routes.put(new RouteKey(source, interfaceName), new RoutingTable.Route(target, "default"));
        runtime.routes(new RoutingTable(routes));
        return this;
    }

    /// Gateway, processor and converter, all here.
    RuntimeFixture demo() {
        return deploy("gateway", "gateway", 10, Map.of())
                .deploy("processor", "processor", 10, Map.of())
                .deploy("converter", "converter", 10, Map.of("USD_EUR", "0.92", "EUR_USD", "1.09"))
                .link("gateway", "cyber:finance/converter", "converter")
                .link("gateway", "cyber:payments/processing", "processor")
                .link("processor", "cyber:finance/converter", "converter");
    }

    static ByteString binary(String guest) {
        try {
            return ByteString.adopt(Files.readAllBytes(PREBUILT.resolve(guest + ".wasm")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CallOutcome call(String target, String interfaceName, String function, Duration deadline, WitValue... arguments) {
        return runtime.invoke(
                new Invocation(target, "test", Deadline.in(deadline), 0),
                new FunctionName(Optional.of(interfaceName), function),
                List.of(arguments));
    }

    record Got(CallOutcome outcome, Optional<HttpResponse> response) {
        int status() {
            return response.orElseThrow(() -> new AssertionError("no response but " + outcome))
                    .status();
        }

        String body() {
            return new String(response.orElseThrow().body().toArray(), StandardCharsets.UTF_8);
        }
    }

    Got http(String method, String path, String body, Duration deadline) {
        var answer = new AtomicReference<Optional<HttpResponse>>(Optional.empty());
        var request = new HttpRequest(
                method, "http", "localhost", path, List.of(), ByteString.copyOf(body.getBytes(StandardCharsets.UTF_8)));
        CallOutcome outcome = runtime.http(
                new Invocation("gateway", "test", Deadline.in(deadline), 0),
                request,
                response -> answer.set(Optional.of(response)));
        return new Got(outcome, answer.get());
    }

    @Override
    public void close() {
        runtime.close();
    }
}

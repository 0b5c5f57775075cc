package dev.wattle.benchmarks;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.runtime.CallOutcome;
import dev.wattle.host.runtime.Deadline;
import dev.wattle.host.runtime.DeploymentSpec;
import dev.wattle.host.runtime.FunctionName;
import dev.wattle.host.runtime.HostRuntime;
import dev.wattle.host.runtime.Invocation;
import dev.wattle.host.runtime.LinkFailure;
import dev.wattle.host.runtime.RouteKey;
import dev.wattle.host.runtime.RoutingTable;
import dev.wattle.host.runtime.RuntimeMetrics;
import dev.wattle.host.runtime.RuntimeSettings;
import dev.wattle.host.wasi.WasiContext;
import dev.wattle.host.wasi.WasiImports;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.provider.api.HttpResponse;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A host's runtime in this process, with the demo's guests and no lattice.
final class LocalHost implements AutoCloseable {
    static final Map<String, String> RATES = Map.of("USD_EUR", "0.92", "EUR_USD", "1.09");

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Benchmark.Context context;
    private final HostRuntime runtime;
    private final TreeMap<RouteKey, RoutingTable.Route> routes = new TreeMap<>();

    LocalHost(Benchmark.Context context, Engine engine) {
        this.context = context;
        this.runtime = HostRuntime.start(
                RuntimeSettings.DEFAULTS,
                engine,
                call -> {
                    throw new LinkFailure(
                            LinkFailure.Kind.NOBODY_LISTENS, call.describeLink(), "there is no other host", null);
                },
                new RuntimeMetrics());
    }

    LocalHost deploy(String guest, Map<String, String> config) throws IOException {
        runtime.deploy(new DeploymentSpec(
                guest,
                ByteString.adopt(Files.readAllBytes(context.prebuilt(guest))),
                100,
                CoreLimits.DEFAULTS,
                DeploymentSpec.DEFAULT_MAX_EXECUTION,
                imports(guest, config)));
        return this;
    }

    static WasiImports imports(String guest, Map<String, String> config) {
        var values = new TreeMap<>(config);
        return new WasiImports(WasiContext.of(guest).withConfig(() -> values));
    }

    LocalHost link(String source, String interfaceName, String target) {
        routes.put(new RouteKey(source, interfaceName), new RoutingTable.Route(target, "default"));
        runtime.routes(new RoutingTable(routes));
        return this;
    }

    /// Calls in a fresh sandbox.
    ///
    /// @throws WrongAnswerException when it was not answered
    WitValue invoke(String guest, String interfaceName, String function, List<WitValue> arguments) {
        CallOutcome outcome = runtime.invoke(
                new Invocation(guest, "benchmark", Deadline.in(DEADLINE), 0),
                new FunctionName(Optional.of(interfaceName), function),
                arguments);
        if (outcome instanceof CallOutcome.Answered(Optional<WitValue> result)) {
            return result.orElseThrow(() -> new WrongAnswerException(function + " answered nothing"));
        }
        throw new WrongAnswerException(function + " ended with " + outcome);
    }

    /// Hands a request to the gateway in a fresh sandbox.
    ///
    /// @throws WrongAnswerException when it was not answered
    HttpResponse get(String path) {
        var answer = new HttpResponse[1];
        CallOutcome outcome = runtime.http(
                new Invocation("gateway", "benchmark", Deadline.in(DEADLINE), 0),
                new HttpRequest("GET", "http", "localhost", path, List.of(), ByteString.EMPTY),
                response -> answer[0] = response);
        if (outcome instanceof CallOutcome.Answered && answer[0] != null) {
            return answer[0];
        }
        throw new WrongAnswerException(path + " ended with " + outcome);
    }

    static String text(HttpResponse response) {
        return new String(response.body().toArray(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        runtime.close();
    }
}

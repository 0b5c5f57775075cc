package dev.wattle.cli;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.runtime.CallOutcome;
import dev.wattle.host.runtime.Deadline;
import dev.wattle.host.runtime.DeploymentSpec;
import dev.wattle.host.runtime.HostRuntime;
import dev.wattle.host.runtime.Invocation;
import dev.wattle.host.runtime.LinkCall;
import dev.wattle.host.runtime.LinkFailure;
import dev.wattle.host.runtime.RouteKey;
import dev.wattle.host.runtime.RoutingTable;
import dev.wattle.host.runtime.RuntimeMetrics;
import dev.wattle.host.runtime.RuntimeSettings;
import dev.wattle.host.wasi.WasiContext;
import dev.wattle.host.wasi.WasiImports;
import dev.wattle.provider.api.HttpRequest;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitValue;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A host without a lattice, which runs the demo's gateway and converter and is asked what `up` asks the demo.
final class Rehearsal {
    private static final String GATEWAY = "gateway";
    private static final String CONVERTER = "converter";
    private static final int MAX_INSTANCES = 10;

    /// The machine may be busy with a build.
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private Rehearsal() {}

    /// @param guests the folder of the demo's components
    /// @throws CommandFailure when there is no answer
    static void run(Path guests) {
        try (HostRuntime runtime = HostRuntime.start(
                RuntimeSettings.DEFAULTS, Engines.create(), Rehearsal::refuse, new RuntimeMetrics())) {
            deploy(runtime, guests);
            call(runtime);
        }
    }

    private static Optional<WitValue> refuse(LinkCall call) {
        throw new LinkFailure(LinkFailure.Kind.NOBODY_LISTENS, call.describeLink(), "there is no other host", null);
    }

    private static void deploy(HostRuntime runtime, Path guests) {
        for (String guest : List.of(CONVERTER, GATEWAY)) {
            runtime.deploy(specification(guest, guests.resolve(guest + ".wasm")));
        }
        runtime.routes(new RoutingTable(new TreeMap<>(Map.of(
                new RouteKey(GATEWAY, "cyber:finance/converter"), new RoutingTable.Route(CONVERTER, "default")))));
    }

    private static DeploymentSpec specification(String guest, Path file) {
        var rates = new TreeMap<>(Map.of("USD_EUR", "0.92", "EUR_USD", "1.09"));
        return new DeploymentSpec(
                guest,
                ByteString.adopt(InputFile.read("component", file.toString(), file)),
                MAX_INSTANCES,
                CoreLimits.DEFAULTS,
                DeploymentSpec.DEFAULT_MAX_EXECUTION,
                new WasiImports(WasiContext.of(guest).withConfig(() -> rates)));
    }

    private static void call(HostRuntime runtime) {
        var status = new int[1];
        CallOutcome outcome = runtime.http(
                new Invocation(GATEWAY, "rehearsal", Deadline.in(DEADLINE), 0),
                new HttpRequest("GET", "http", "localhost", StartLattice.DEMO_PATH, List.of(), ByteString.EMPTY),
                response -> status[0] = response.status());
        if (status[0] != HttpURLConnection.HTTP_OK) {
            throw CommandFailure.failed("the rehearsal ended with " + outcome + " and HTTP " + status[0]);
        }
    }
}

package dev.wattle.benchmarks;

import static dev.wattle.benchmarks.WrongAnswerException.require;
import static dev.wattle.benchmarks.WrongAnswerException.requireEqual;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

/// A call in a fresh sandbox through the host's runtime, beside fresh bare instances of the same core modules.
final class SandboxBenchmark implements Benchmark {
    private static final int BATCH = 20;
    private static final String MICROS = "micros";
    private static final double NANOS_PER_MICRO = 1e3;

    @Override
    public List<Table> run(Context context) throws Exception {
        Engine engine = Engines.create();
        CoreParts calculator = parts(context, engine, "calculator");
        var converter = new BareConverter(engine, Files.readAllBytes(context.prebuilt("converter")));
        CoreParts gateway = parts(context, engine, "gateway");
        try (var host = new LocalHost(context, engine)) {
            host.deploy("calculator", Map.of())
                    .deploy("converter", LocalHost.RATES)
                    .deploy("gateway", Map.of());
            Rounds rounds = Rounds.run(
                    List.of(
                            contestant("bare calculator", () -> add(calculator)),
                            contestant("calculator", () -> add(host)),
                            contestant("bare converter", () -> convert(converter)),
                            contestant("converter", () -> convert(host)),
                            contestant("bare gateway", () -> allocate(gateway)),
                            contestant("gateway", () -> routes(host))),
                    context.progress());
            return List.of(Table.of(List.of(
                    row(rounds, "calculator: `add`, two numbers", "calculator"),
                    row(rounds, "converter: `convert`, strings, configuration, clock", "converter"),
                    row(rounds, "gateway: `GET /` (bare: one allocation instead)", "gateway"))));
        }
    }

    private static CoreParts parts(Context context, Engine engine, String guest) throws IOException {
        return CoreParts.of(engine, Files.readAllBytes(context.prebuilt(guest)), CoreLimits.DEFAULTS, Map.of());
    }

    private static Rounds.Contestant contestant(String name, Piece piece) {
        return new Rounds.Contestant(name, () -> {
            double nanos = Clock.nanosEach(BATCH, times -> {
                for (int i = 0; i < times; i++) {
                    piece.run();
                }
            });
            return Map.of(MICROS, nanos / NANOS_PER_MICRO);
        });
    }

    @FunctionalInterface
    private interface Piece {
        void run() throws Throwable;
    }

    private static Row row(Rounds rounds, String what, String guest) {
        return rounds.row(what, "µs", guest, "bare " + guest, MICROS);
    }

    private static void add(CoreParts calculator) throws Throwable {
        var control = new GuestControl();
        try (var instances = calculator.instantiate(control)) {
            control.enter();
            int sum = (int)
                    instances.function("cyber:math/operations#add").handle().invokeExact(2, 40);
            control.exit();
            require(sum == 42, "2 + 40 was " + sum);
        }
    }

    private static void add(LocalHost host) {
        var sum = host.invoke("calculator", "cyber:math/operations", "add", List.of(WitValue.of(2), WitValue.of(40)));
        requireEqual(WitValue.of(42), sum);
    }

    private static void convert(BareConverter converter) throws Throwable {
        var control = new GuestControl();
        try (var _ = converter.open(control)) {
            control.enter();
            converter.convert(100);
            control.exit();
        }
    }

    private static void convert(LocalHost host) {
        LocalCallBenchmark.requireConverted(
                host.invoke("converter", "cyber:finance/converter", "convert", LocalCallBenchmark.ARGUMENTS));
    }

    private static void allocate(CoreParts gateway) throws Throwable {
        var control = new GuestControl();
        try (var instances = gateway.instantiate(control)) {
            control.enter();
            int address = (int) instances.function("cabi_realloc").handle().invokeExact(0, 0, 1, 64);
            control.exit();
            require(address > 0, "no memory");
        }
    }

    private static void routes(LocalHost host) {
        var response = host.get("/");
        require(
                response.status() == 200 && LocalHost.text(response).startsWith("{\"routes\":["),
                "GET / answered " + response);
    }
}

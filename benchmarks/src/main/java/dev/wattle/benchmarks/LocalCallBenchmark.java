package dev.wattle.benchmarks;

import static dev.wattle.benchmarks.WrongAnswerException.require;
import static dev.wattle.benchmarks.WrongAnswerException.requireEqual;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostInterface;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.ImportSource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Calls within one sandbox that is already there: from Java, and from component to component, beside the core
/// exports called by hand.
final class LocalCallBenchmark implements Benchmark {
    /// 100 USD to EUR.
    static final List<WitValue> ARGUMENTS = List.of(new WitValue.F64(100), WitValue.of("USD"), WitValue.of("EUR"));

    private static final int BATCH = 2_000;
    private static final String NANOS = "nanos";
    private static final WitValue CONVERTED =
            WitValue.ok(WitValue.record(new WitValue.F64(92), WitValue.of("EUR"), WitValue.of(1_700_000_000L)));

    @Override
    public List<Table> run(Context context) throws Exception {
        Engine engine = Engines.create();
        var bareConverter = new BareConverter(engine, Files.readAllBytes(context.prebuilt("converter")));
        try (var bareAdder = bare(context, engine, "calculator");
                var _ = bareConverter.open(new GuestControl());
                var adding = open(context, engine, "calculator", _ -> Optional.empty());
                var constant = open(context, engine, "processor", converting((_, _) -> Optional.of(CONVERTED)));
                var converting = open(context, engine, "converter", _ -> Optional.empty())) {
            ComponentFunction convert = converting.function("cyber:finance/converter", "convert");
            Open linked = converting.open(
                    context, engine, "processor", converting((_, arguments) -> convert.call(arguments)));
            return List.of(Table.of(measure(context, bareAdder, bareConverter, adding, convert, constant, linked)));
        }
    }

    private static List<Row> measure(
            Context context,
            CoreParts.Instances bareAdder,
            BareConverter bareConvert,
            Open adding,
            ComponentFunction convert,
            Open constant,
            Open linked)
            throws Exception {
        MethodHandle bareAdd = bareAdder.function("cyber:math/operations#add").handle();
        ComponentFunction add = adding.function("cyber:math/operations", "add");
        ComponentFunction payConstant = constant.function("cyber:payments/processing", "process-payment");
        ComponentFunction payLinked = linked.function("cyber:payments/processing", "process-payment");
        Rounds rounds = Rounds.run(
                List.of(
                        contestant("bare add", times -> add(bareAdd, times)),
                        contestant("add", times -> add(add, times)),
                        contestant("bare convert", times -> convert(bareConvert, times)),
                        contestant("convert", times -> convert(convert, times)),
                        new Rounds.Contestant("link", () -> linkedMinusConstant(payLinked, payConstant))),
                context.progress());
        return List.of(
                rounds.row("from Java: `add`, two numbers", "ns", "add", "bare add", NANOS),
                rounds.row(
                        "from Java: `convert`, two strings in, a record out", "ns", "convert", "bare convert", NANOS),
                rounds.row(
                        "from component to component: `convert`, what the call adds to its caller",
                        "ns",
                        "link",
                        "bare convert",
                        NANOS));
    }

    private static Rounds.Contestant contestant(String name, Clock.Batch batch) {
        return new Rounds.Contestant(name, () -> Map.of(NANOS, Clock.nanosEach(BATCH, batch)));
    }

    private static Map<String, Double> linkedMinusConstant(ComponentFunction linked, ComponentFunction constant)
            throws Exception {
        double with = Clock.nanosEach(BATCH, times -> pay(linked, times));
        double without = Clock.nanosEach(BATCH, times -> pay(constant, times));
        return Map.of(NANOS, with - without);
    }

    private static void add(MethodHandle add, int times) throws Throwable {
        int sum = 0;
        for (int i = 0; i < times; i++) {
            sum = (int) add.invokeExact(sum, 3);
        }
        require(sum == 3 * times, "the bare sum is " + sum);
    }

    private static void add(ComponentFunction add, int times) {
        WitValue sum = WitValue.of(0);
        WitValue three = WitValue.of(3);
        for (int i = 0; i < times; i++) {
            sum = add.call(List.of(sum, three)).orElseThrow();
        }
        requireEqual(WitValue.of(3L * times), sum);
    }

    private static void convert(BareConverter convert, int times) throws Throwable {
        for (int i = 0; i < times; i++) {
            convert.convert(100);
        }
    }

    private static void convert(ComponentFunction convert, int times) {
        for (int i = 0; i < times; i++) {
            requireConverted(convert.call(ARGUMENTS).orElseThrow());
        }
    }

    /// @throws WrongAnswerException unless it is 92 EUR
    static void requireConverted(WitValue answer) {
        require(
                answer instanceof WitValue.ResultValue(boolean ok, Optional<WitValue> payload)
                        && ok
                        && payload.orElseThrow() instanceof WitValue.RecordValue(List<WitValue> fields)
                        && fields.get(0) instanceof WitValue.F64(double amount)
                        && Math.abs(amount - 92) < 1e-9
                        && fields.get(1).equals(WitValue.of("EUR")),
                "100 USD were converted to something else");
    }

    private static void pay(ComponentFunction pay, int times) {
        List<WitValue> arguments =
                List.of(WitValue.of("ada"), new WitValue.F64(100), WitValue.of("USD"), WitValue.of("EUR"));
        for (int i = 0; i < times; i++) {
            WitValue answer = pay.call(arguments).orElseThrow();
            require(
                    answer instanceof WitValue.ResultValue(boolean ok, Optional<WitValue> payload)
                            && ok
                            && payload.orElseThrow() instanceof WitValue.RecordValue(List<WitValue> fields)
                            && fields.get(2).equals(new WitValue.F64(92)),
                    "a payment of 100 USD was not 92 EUR");
        }
    }

    private static CoreParts.Instances bare(Context context, Engine engine, String guest) throws IOException {
        return CoreParts.of(engine, Files.readAllBytes(context.prebuilt(guest)), CoreLimits.DEFAULTS, Map.of())
                .instantiate(new GuestControl());
    }

    private static Open open(Context context, Engine engine, String guest, ImportSource links) throws IOException {
        return new Open(new Sandbox(new GuestControl(), CoreLimits.DEFAULTS), Optional.empty())
                .open(context, engine, guest, links);
    }

    /// A sandbox, and the instance made last in it.
    private record Open(Sandbox sandbox, Optional<dev.wattle.host.component.ComponentInstance> instance)
            implements AutoCloseable {
        Open open(Context context, Engine engine, String guest, ImportSource links) throws IOException {
            var supplied = LocalHost.imports(guest, LocalHost.RATES);
            ImportSource imports = name -> links.interfaceFor(name).or(() -> supplied.interfaceFor(name));
            var component = Component.load(engine, Files.readAllBytes(context.prebuilt(guest)));
            return new Open(sandbox, Optional.of(component.link(imports).instantiate(sandbox)));
        }

        ComponentFunction function(String interfaceName, String name) {
            return instance.orElseThrow().function(interfaceName, name).orElseThrow();
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }

    private static ImportSource converting(HostFunction convert) {
        return name -> name.packageName().equals("finance") ? Optional.of(new Converter(convert)) : Optional.empty();
    }

    private record Converter(HostFunction convert) implements HostInterface {
        @Override
        public Optional<HostFunction> function(String name, FunctionType type) {
            return name.equals("convert") ? Optional.of(convert) : Optional.empty();
        }

        @Override
        public Optional<HostResource> resource(String name) {
            return Optional.empty();
        }
    }
}

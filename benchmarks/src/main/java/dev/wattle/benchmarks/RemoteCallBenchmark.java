package dev.wattle.benchmarks;

import static dev.wattle.benchmarks.WrongAnswerException.require;
import static dev.wattle.benchmarks.WrongAnswerException.requireEqual;

import dev.wattle.host.component.Component;
import dev.wattle.host.component.ExternType;
import dev.wattle.host.engine.Engines;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.lattice.protocol.WrpcCodec;
import dev.wattle.lattice.protocol.WrpcSubjects;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.wrpc.WrpcCall;
import dev.wattle.lattice.transport.wrpc.WrpcClient;
import dev.wattle.lattice.transport.wrpc.WrpcOutcome;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.WitValue;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// Calls to components on a host in another process over wRPC, beside a request that comes straight back from
/// the same process over the same server. The caller encodes and decodes values as a host does.
final class RemoteCallBenchmark implements Benchmark {
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration SLICE = Duration.ofMillis(700);
    private static final Duration START = Duration.ofSeconds(30);
    private static final int MANY = 64;

    @Override
    public List<Table> run(Context context) throws Exception {
        try (var nats = Servers.nats(context);
                var lattice = new BenchLattice(context, nats, "remote-call");
                var transport = NatsTransport.connect(nats.connection());
                var client = WrpcClient.open(transport);
                var threads = Executors.newFixedThreadPool(
                        MANY, Thread.ofPlatform().daemon().name("caller-", 0).factory())) {
            Child host = lattice.host("127.0.0.1:0");
            lattice.config("rates", LocalHost.RATES);
            lattice.run(host, "calculator");
            lattice.run(host, "converter", "rates");
            return List.of(Table.of(measure(context, lattice, transport, client, threads)));
        }
    }

    private static List<Row> measure(
            Context context, BenchLattice lattice, Transport transport, WrpcClient client, ExecutorService threads)
            throws Exception {
        var add = new Remote(context, lattice, client, "calculator", "cyber:math/operations", "add");
        var convert = new Remote(context, lattice, client, "converter", "cyber:finance/converter", "convert");
        Callable<Void> adding = () -> {
            requireEqual(WitValue.of(42), add.call(List.of(WitValue.of(2), WitValue.of(40))));
            return null;
        };
        Callable<Void> converting = () -> {
            LocalCallBenchmark.requireConverted(convert.call(LocalCallBenchmark.ARGUMENTS));
            return null;
        };
        Callable<Void> raw = raw(transport, lattice, add.encode(List.of(WitValue.of(2), WitValue.of(40))));
        awaitAnswers(adding);
        awaitAnswers(converting);
        Rounds rounds = Rounds.run(
                List.of(
                        new Rounds.Contestant("raw 1", () -> load(threads, 1, raw)),
                        new Rounds.Contestant("add 1", () -> load(threads, 1, adding)),
                        new Rounds.Contestant("convert 1", () -> load(threads, 1, converting)),
                        new Rounds.Contestant("raw 64", () -> load(threads, MANY, raw)),
                        new Rounds.Contestant("add 64", () -> load(threads, MANY, adding)),
                        new Rounds.Contestant("convert 64", () -> load(threads, MANY, converting))),
                context.progress());
        return List.of(
                rounds.row("`add`, 1 in flight, p50", "µs", "add 1", "raw 1", Load.P50),
                rounds.row("`add`, 1 in flight, p99", "µs", "add 1", "raw 1", Load.P99),
                rounds.row("`convert`, 1 in flight, p50", "µs", "convert 1", "raw 1", Load.P50),
                rounds.row("`convert`, 1 in flight, p99", "µs", "convert 1", "raw 1", Load.P99),
                rounds.row("`add`, 64 in flight, p50", "µs", "add 64", "raw 64", Load.P50),
                rounds.row("`add`, 64 in flight, p99", "µs", "add 64", "raw 64", Load.P99),
                rounds.row("`add`, 64 in flight, calls", "/s", "add 64", "raw 64", Load.PER_SECOND),
                rounds.row("`convert`, 64 in flight, calls", "/s", "convert 64", "raw 64", Load.PER_SECOND));
    }

    /// A component starts behind the answer to the command.
    private static void awaitAnswers(Callable<Void> call) throws Exception {
        long end = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                call.call();
                return;
            } catch (WrongAnswerException e) {
                if (System.nanoTime() - end > 0) {
                    throw e;
                }
                Thread.sleep(50);
            }
        }
    }

    private static Callable<Void> raw(Transport transport, BenchLattice lattice, ByteString payload) {
        Message request = Message.of(HostChild.echoSubject(lattice.name().value()), payload);
        return () -> {
            var replies = new ArrayBlockingQueue<Transport.Reply>(1);
            transport.request(request, DEADLINE, replies::add);
            Transport.Reply reply = replies.poll(2 * DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
            require(
                    reply instanceof Transport.Reply.Answer(Message message)
                            && message.payload().equals(payload),
                    "the echo was " + reply);
            return null;
        };
    }

    private static Map<String, Double> load(ExecutorService threads, int inFlight, Callable<Void> call)
            throws Exception {
        long begin = System.nanoTime();
        long end = begin + SLICE.toNanos();
        var loops = new ArrayList<Future<Load>>();
        for (int i = 0; i < inFlight; i++) {
            loops.add(threads.submit(() -> loop(call, end)));
        }
        var all = new Load();
        for (Future<Load> loop : loops) {
            all.addAll(loop.get(SLICE.plus(DEADLINE).plus(DEADLINE).toMillis(), TimeUnit.MILLISECONDS));
        }
        return all.figures(System.nanoTime() - begin);
    }

    private static Load loop(Callable<Void> call, long end) throws Exception {
        var load = new Load();
        long now = System.nanoTime();
        while (now - end < 0) {
            call.call();
            long answered = System.nanoTime();
            load.add(answered - now);
            now = answered;
        }
        return load;
    }

    /// A function of a component elsewhere.
    private static final class Remote {
        private final WrpcClient client;
        private final FunctionType type;
        private final String subject;

        Remote(
                Context context,
                BenchLattice lattice,
                WrpcClient client,
                String guest,
                String interfaceName,
                String function)
                throws Exception {
            this.client = client;
            var component = Component.load(Engines.create(), Files.readAllBytes(context.prebuilt(guest)));
            if (!(component.type().exports().get(interfaceName) instanceof ExternType.InterfaceItem item)) {
                throw new IllegalStateException(guest + " does not export " + interfaceName);
            }
            type = Objects.requireNonNull(item.functions().get(function), function);
            subject = new WrpcSubjects(lattice.name(), new WorkloadId(guest))
                    .invocation(InterfaceName.parse(interfaceName), function);
        }

        ByteString encode(List<WitValue> arguments) {
            return WrpcCodec.encodeParameters(type, arguments);
        }

        WitValue call(List<WitValue> arguments) {
            WrpcOutcome outcome =
                    client.invoke(new WrpcCall(subject, new TreeMap<>(), encode(arguments), true), DEADLINE);
            if (outcome instanceof WrpcOutcome.Answered(ByteString results)) {
                return WrpcCodec.decodeResult(type, results).orElseThrow();
            }
            throw new WrongAnswerException(subject + " ended with " + outcome);
        }
    }
}

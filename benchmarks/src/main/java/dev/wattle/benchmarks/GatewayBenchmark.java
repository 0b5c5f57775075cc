package dev.wattle.benchmarks;

import static dev.wattle.benchmarks.WrongAnswerException.require;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The demo under load, once on one host and once with each component on a host of its own, beside a bare
/// Vert.x server that answers as many bytes. All of them are processes with a host's flags on the same
/// processors as the load.
final class GatewayBenchmark implements Benchmark {
    private static final int CONNECTIONS = 32;
    private static final Duration SLICE = Duration.ofMillis(1_500);

    /// Servers see less work in a round than a loop does, and compile as late as all others on the machine let
    /// them.
    private static final int WARM_UP_ROUNDS = 4;

    private static final Duration START = Duration.ofSeconds(30);
    private static final String CPU = "server micros per request";
    private static final double NANOS_PER_MICRO = 1e3;

    private static final String CONVERT = HttpLoad.get("/convert?amount=100&from=USD&to=EUR");
    private static final String PAY =
            HttpLoad.post("/payments", "{\"user\":\"ada\",\"amount\":25,\"from\":\"EUR\",\"to\":\"USD\"}");

    @Override
    public List<Table> run(Context context) throws Exception {
        try (var nats = Servers.nats(context);
                var local = new BenchLattice(context, nats, "gateway-local");
                var remote = new BenchLattice(context, nats, "gateway-remote")) {
            int localPort = freePort();
            Child only = local.host("127.0.0.1:" + localPort);
            deploy(local, only, only, only);
            int remotePort = freePort();
            Child edge = remote.host("127.0.0.1:" + remotePort);
            deploy(remote, edge, remote.host("127.0.0.1:0"), remote.host("127.0.0.1:0"));
            String body = awaitAnswer(localPort);
            awaitAnswer(remotePort);
            try (var bare =
                    Child.start(context.home(), context.scratch().resolve("hello.log"), HelloChild.class, body)) {
                List<Row> rows = measure(context, bare, local, localPort, remote, remotePort);
                requireLinks(only, "local", "nats");
                requireLinks(edge, "nats", "local");
                return List.of(Table.of(rows));
            }
        }
    }

    private static void deploy(BenchLattice lattice, Child gateway, Child processor, Child converter)
            throws InterruptedException {
        lattice.config("rates", LocalHost.RATES);
        lattice.link("gateway", "converter", "cyber", "finance", "converter");
        lattice.link("gateway", "processor", "cyber", "payments", "processing");
        lattice.link("processor", "converter", "cyber", "finance", "converter");
        lattice.link("http-server", "gateway", "wasi", "http", "incoming-handler");
        lattice.run(converter, "converter", "rates");
        lattice.run(processor, "processor");
        lattice.run(gateway, "gateway");
        lattice.runHttpServer(gateway);
    }

    private static List<Row> measure(
            Context context, Child bare, BenchLattice local, int localPort, BenchLattice remote, int remotePort)
            throws Exception {
        int barePort = Integer.parseInt(bare.told(0));
        Rounds rounds = Rounds.run(
                List.of(
                        contestant("bare", List.of(bare), barePort, CONVERT, GatewayBenchmark::converted),
                        contestant("local convert", local.hosts(), localPort, CONVERT, GatewayBenchmark::converted),
                        contestant("remote convert", remote.hosts(), remotePort, CONVERT, GatewayBenchmark::converted),
                        contestant("local pay", local.hosts(), localPort, PAY, GatewayBenchmark::paid),
                        contestant("remote pay", remote.hosts(), remotePort, PAY, GatewayBenchmark::paid)),
                WARM_UP_ROUNDS,
                Rounds.ROUNDS,
                context.progress());
        var rows = new ArrayList<Row>();
        rows.addAll(rows(rounds, "`/convert`, links local", "local convert"));
        rows.addAll(rows(rounds, "`/payments`, links local", "local pay"));
        rows.addAll(rows(rounds, "`/convert`, links remote", "remote convert"));
        rows.addAll(rows(rounds, "`/payments`, links remote", "remote pay"));
        return rows;
    }

    private static List<Row> rows(Rounds rounds, String what, String subject) {
        return List.of(
                rounds.row(what + ": requests", "/s", subject, "bare", Load.PER_SECOND),
                rounds.row(what + ": p99", "µs", subject, "bare", Load.P99),
                rounds.row(what + ": CPU of the hosts for a request", "µs", subject, "bare", CPU));
    }

    private static Rounds.Contestant contestant(
            String name, List<Child> servers, int port, String request, Predicate<String> expected) {
        return new Rounds.Contestant(name, () -> {
            try (var load = HttpLoad.connect(port, CONNECTIONS, request, expected)) {
                Duration before = processorTime(servers);
                long begin = System.nanoTime();
                Load answered = load.run(SLICE);
                var figures = new HashMap<>(answered.figures(System.nanoTime() - begin));
                Duration spent = processorTime(servers).minus(before);
                require(!spent.isZero(), "the system does not tell the processor time of " + name);
                figures.put(CPU, spent.toNanos() / NANOS_PER_MICRO / answered.count());
                return Map.copyOf(figures);
            }
        });
    }

    private static Duration processorTime(List<Child> servers) {
        return servers.stream().map(Child::processorTime).reduce(Duration.ZERO, Duration::plus);
    }

    private static boolean converted(String body) {
        return body.startsWith("{\"amount\":92.00,\"currency\":\"EUR\",\"timestamp\":");
    }

    private static boolean paid(String body) {
        return body.startsWith("{\"user\":\"ada\",\"paid\":27.25,\"currency\":\"USD\",\"id\":");
    }

    /// The first right answer of the demo.
    private static String awaitAnswer(int port) throws Exception {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/convert?amount=100&from=USD&to=EUR"))
                .timeout(START)
                .build();
        long end = System.nanoTime() + START.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            while (true) {
                String last;
                try {
                    var response = client.send(request, HttpResponse.BodyHandlers.ofString());
                    if (response.statusCode() == 200 && converted(response.body())) {
                        return response.body();
                    }
                    last = response.statusCode() + " " + response.body();
                } catch (IOException notYet) {
                    last = notYet.toString();
                }
                require(System.nanoTime() - end < 0, "the demo does not answer: " + last);
                Thread.sleep(50);
            }
        }
    }

    /// The host's own counters must say that its links took the way that the row claims.
    private static void requireLinks(Child gateway, String way, String otherWay) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            String metrics = client.send(
                            HttpRequest.newBuilder(URI.create("http://" + gateway.told(1) + "/metrics"))
                                    .timeout(START)
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
            require(
                    metrics.contains("wattle_link_calls_total{outcome=\"ok\",path=\"" + way + "\""),
                    "no link was " + way);
            require(!metrics.contains("path=\"" + otherWay + "\""), "a link was " + otherWay);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

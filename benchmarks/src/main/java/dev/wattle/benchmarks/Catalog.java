package dev.wattle.benchmarks;

import java.util.Optional;
import java.util.stream.Stream;

/// The benchmarks by name, in the order in which they run.
enum Catalog {
    ENGINE("engine", "Our engine beside others: kernels, fresh instances, calls, and whole runtimes of languages"),
    FAIRNESS(
            "engine-fairness",
            "A guest's wait among a thousand that spin on virtual threads, beside the same guest alone"),
    COMPONENT(
            "component",
            "Components beside bare core modules: calls, fresh instances, loading; JMH, average time of 16 iterations in two"
                    + " processes"),
    SANDBOX("sandbox", "A fresh sandbox with one call, beside a bare instance of the same core modules"),
    LOCAL_CALL("local-call", "A call inside a sandbox, beside the bare core exports"),
    REMOTE_CALL("remote-call", "A call over a link to another host, beside a raw NATS request-reply"),
    GATEWAY("gateway", "HTTP through the demo with a fresh sandbox for every request, beside a bare Vert.x server");

    private final String word;
    private final String title;

    Catalog(String word, String title) {
        this.word = word;
        this.title = title;
    }

    static Optional<Catalog> find(String word) {
        return Stream.of(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    String word() {
        return word;
    }

    String title() {
        return title;
    }

    Benchmark benchmark() {
        return switch (this) {
            case ENGINE -> new EngineBenchmark();
            case FAIRNESS -> new FairnessBenchmark();
            case COMPONENT -> new ComponentBenchmark();
            case SANDBOX -> new SandboxBenchmark();
            case LOCAL_CALL -> new LocalCallBenchmark();
            case REMOTE_CALL -> new RemoteCallBenchmark();
            case GATEWAY -> new GatewayBenchmark();
        };
    }
}

package dev.wattle.benchmarks;

import dev.wattle.lattice.transport.server.NatsServer;
import dev.wattle.lattice.transport.server.NatsServerBinary;
import dev.wattle.lattice.transport.server.NatsServerSettings;

/// The nats-server of a benchmark.
final class Servers {
    private Servers() {}

    static NatsServer nats(Benchmark.Context context) {
        var binary = NatsServerBinary.find(context.home(), System.getenv(), context.progress()::accept);
        return NatsServer.start(NatsServerSettings.in(binary, context.scratch().resolve("nats")));
    }
}

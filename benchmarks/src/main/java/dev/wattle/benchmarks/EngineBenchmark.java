package dev.wattle.benchmarks;

import java.util.List;

/// Our engine beside Endive, node and wasmtime. Each runtime is a process of its own and times itself by its
/// processor's clock; our engines run in JVMs with the flags of a host. Every result is compared with that of the others.
final class EngineBenchmark implements Benchmark {
    @Override
    public List<Table> run(Context context) throws Exception {
        var guests = new Guests(context.home(), context.skipped());
        List<Table> small;
        try (var peers = new Peers(context, guests)) {
            Table kernels = new KernelRounds(context, peers).run();
            small = List.of(kernels, new InstanceRounds(context, peers).run());
        }
        return java.util.stream.Stream.concat(small.stream(), new GuestRounds(context, guests).run().stream())
                .toList();
    }
}

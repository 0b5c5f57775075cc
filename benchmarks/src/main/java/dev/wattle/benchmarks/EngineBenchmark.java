package dev.wattle.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// Our engine beside Endive, node and wasmtime. Each runtime is a process of its own and times itself by its
/// processor's clock; our engines run in JVMs with the flags of a host. Every result is compared with that of the
/// others.
final class EngineBenchmark implements Benchmark {
    @Override
    public List<Table> run(Context context) throws Exception {
        var guests = new Guests(context.home(), context.skipped());
        var tables = new ArrayList<Table>();
        try (var peers = new Peers(context, guests)) {
            add(tables, new KernelRounds(context, peers).run(), context);
        }
        try (var peers = new Peers(context, guests)) {
            add(tables, new InstanceRounds(context, peers).run(), context);
        }
        try (var peers = new Peers(context, guests)) {
            add(tables, new WiringRounds(context, peers).run(), context);
        }
        for (Table table : new GuestRounds(context, guests).run()) {
            add(tables, table, context);
        }
        return tables;
    }

    /// Tells it at once, too: the rest takes minutes.
    private static void add(List<Table> tables, Table table, Context context) {
        tables.add(table);
        context.progress().accept("\n" + table.toMarkdown());
    }
}

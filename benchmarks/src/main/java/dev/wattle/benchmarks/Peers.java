package dev.wattle.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The runtimes beside each other: our engine and Endive always, node and wasmtime where they can be had. Who is
/// missing is said loudly, and left out. Each is a process of its own.
final class Peers implements AutoCloseable {
    /// The engine that is measured; another name measures that one, to compare.
    private static final String OURS_PROPERTY = "wattle.bench.engine";

    static final String OURS = "ours";
    static final String ENDIVE = "endive";
    static final String UNPOOLED = "endive-unpooled";
    static final String NODE = "node";
    static final String WASMTIME = "wasmtime";

    private final Benchmark.Context context;
    private final Guests guests;
    private final List<Peer> started = new ArrayList<>();

    Peers(Benchmark.Context context, Guests guests) {
        this.context = context;
        this.guests = guests;
    }

    /// The name of the engine that is ours.
    static String engineName() {
        return System.getProperty(OURS_PROPERTY, "jvm");
    }

    Peer ours() throws IOException {
        return engine(OURS, engineName());
    }

    Peer endive() throws IOException {
        return engine(ENDIVE, ENDIVE);
    }

    /// Endive with a new array for each memory.
    Peer unpooledEndive() throws IOException {
        return engine(UNPOOLED, UNPOOLED);
    }

    private Peer engine(String name, String engine) throws IOException {
        return start(name, Java.command(context.home(), EnginePeer.class, engine));
    }

    Optional<Peer> node() throws IOException, InterruptedException {
        if (!guests.has(NODE)) {
            return Optional.empty();
        }
        return Optional.of(start(NODE, nodeCommand(context.home())));
    }

    static ProcessBuilder nodeCommand(Path home) {
        return new ProcessBuilder(
                "node", home.resolve("benchmarks/peers/node.mjs").toString());
    }

    Optional<Peer> wasmtime() throws IOException, InterruptedException {
        if (!guests.has(WASMTIME)) {
            return Optional.empty();
        }
        var command = new ProcessBuilder(
                "python3",
                context.home().resolve("benchmarks/peers/wasmtime_peer.py").toString());
        command.environment().put("PYTHONPATH", guests.file("python").toString());
        return Optional.of(start(WASMTIME, command));
    }

    private Peer start(String name, ProcessBuilder command) throws IOException {
        Peer peer = Peer.start(name, context.scratch(), command);
        started.add(peer);
        return peer;
    }

    @Override
    public void close() {
        started.reversed().forEach(Peer::close);
    }
}

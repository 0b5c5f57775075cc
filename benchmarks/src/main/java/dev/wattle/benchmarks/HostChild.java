package dev.wattle.benchmarks;

import dev.wattle.host.node.Node;
import dev.wattle.host.node.NodeSettings;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.NatsCredentials;
import dev.wattle.lattice.transport.NatsSettings;
import dev.wattle.lattice.transport.NatsTransport;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;

/// A host process of a benchmark; beside the host it answers on a plain subject, for the anchor of remote
/// calls.
final class HostChild {
    private HostChild() {}

    /// The subject on which every message gets itself back.
    static String echoSubject(String lattice) {
        return "benchmark.echo." + lattice;
    }

    /// @param arguments lattice, address of NATS, file with credentials, HTTP address, folder with images
    public static void main(String[] arguments) throws Exception {
        String lattice = arguments[0];
        Path credentials = Path.of(arguments[2]);
        var settings = new NodeSettings(
                lattice,
                arguments[1],
                Optional.of(credentials),
                Optional.empty(),
                new TreeMap<>(),
                arguments[3],
                Optional.of(Path.of(arguments[4])),
                0,
                Optional.empty());
        var nats = NatsSettings.at(URI.create(arguments[1])).withCredentials(NatsCredentials.read(credentials));
        try (Node node = Node.start(settings);
                NatsTransport echo = NatsTransport.connect(nats)) {
            echo.subscribe(
                    echoSubject(lattice),
                    Optional.of("benchmark"),
                    message -> message.replyTo().ifPresent(to -> echo.publish(Message.of(to, message.payload()))));
            echo.flush(nats.requestTimeout());
            Child.serve(node.hostId(), node.adminAddress());
        }
        System.exit(0);
    }
}

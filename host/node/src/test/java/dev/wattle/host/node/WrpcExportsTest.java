package dev.wattle.host.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.component.ComponentType;
import dev.wattle.host.component.ExternType;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.runtime.HostRuntime;
import dev.wattle.host.runtime.RuntimeMetrics;
import dev.wattle.host.runtime.RuntimeSettings;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.lattice.transport.InMemoryLattice;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.wrpc.WrpcServer;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.FunctionType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WrpcExportsTest {
    private static final WorkloadId COMPONENT = new WorkloadId("c");
    private static final FunctionType NOTHING = new FunctionType(List.of(), Optional.empty());

    @Test
    void a_component_that_is_served_again_keeps_taking_calls_and_drops_what_it_no_longer_exports() {
        InMemoryLattice lattice = InMemoryLattice.pumped();
        try (Transport transport = lattice.transport();
                WrpcServer server = WrpcServer.open(transport);
                HostRuntime runtime = HostRuntime.start(
                        RuntimeSettings.DEFAULTS, Engines.create(), call -> Optional.empty(), new RuntimeMetrics());
                WrpcExports exports = new WrpcExports(new LatticeName("default"), server, runtime)) {
            exports.serve(COMPONENT, exporting("first", "second"));
            assertThat(listens(lattice, transport, "first")).isTrue();

            // A message that was delivered, but not taken yet, when the component is served again, is answered too.
            List<Transport.Reply> replies = new ArrayList<>();
            transport.request(call("first"), Duration.ofSeconds(1), replies::add);
            exports.serve(COMPONENT, exporting("first", "third"));
            lattice.pump();
            assertThat(replies).noneMatch(Transport.Reply.NoResponders.class::isInstance);

            assertThat(listens(lattice, transport, "first")).isTrue();
            assertThat(listens(lattice, transport, "second")).isFalse();
            assertThat(listens(lattice, transport, "third")).isTrue();
            exports.stop(COMPONENT);
            assertThat(listens(lattice, transport, "first")).isFalse();
        }
    }

    private static boolean listens(InMemoryLattice lattice, Transport transport, String function) {
        List<Transport.Reply> replies = new ArrayList<>();
        transport.request(call(function), Duration.ofSeconds(1), replies::add);
        lattice.pump();
        return replies.stream().noneMatch(Transport.Reply.NoResponders.class::isInstance);
    }

    private static Message call(String function) {
        return Message.of("default.c.wrpc.0.0.1." + function, ByteString.EMPTY);
    }

    private static ComponentType exporting(String... functions) {
        var exports = new LinkedHashMap<String, ExternType>();
        for (String function : functions) {
            exports.put(function, new ExternType.FunctionItem(NOTHING));
        }
        return new ComponentType(new LinkedHashMap<>(), exports);
    }
}

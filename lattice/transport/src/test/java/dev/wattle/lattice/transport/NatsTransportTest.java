package dev.wattle.lattice.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.lattice.transport.KeyValueStore.Entry;
import dev.wattle.lattice.transport.server.NatsServer;
import dev.wattle.lattice.transport.server.NatsServerSettings;
import dev.wattle.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The contract over a real nats-server.
@Tag("slow")
class NatsTransportTest extends KeyValueContract {
    @TempDir
    Path folder;

    @Override
    Lattice newLattice() {
        return new NatsLattice(TestServers.newest(), folder);
    }

    @Test
    void a_watch_tells_what_a_server_lost_with_its_store(@TempDir Path other) throws Exception {
        NatsServerSettings settings = NatsServerSettings.in(TestServers.newest(), other);
        NatsServer first = NatsServer.start(settings);
        List<String> told = new CopyOnWriteArrayList<>();
        try (Transport watching = NatsTransport.connect(first.connection())) {
            KeyValueStore store = watching.keyValue("B");
            store.put("stays", bytes("1"));
            store.put("goes", bytes("1"));
            store.watch(new KeyValueStore.Watcher() {
                @Override
                public void onPut(Entry entry) {
                    told.add(entry.key() + "=" + text(entry.value()));
                }

                @Override
                public void onDelete(String key, long revision) {
                    told.add("-" + key);
                }

                @Override
                public void onCaughtUp() {
                    told.add("|");
                }
            });
            Eventually.within(LONG, () -> assertThat(told).containsExactly("stays=1", "goes=1", "|"));
            first.kill();
            Files.move(other.resolve("jetstream"), other.resolve("lost"));
            try (NatsServer second = NatsServer.start(settings.withPort(first.port()));
                    Transport writing = NatsTransport.connect(second.connection())) {
                // The same revision as before, in another bucket of the same name.
                writing.keyValue("B").put("stays", bytes("2"));
                Eventually.within(
                        LONG, () -> assertThat(told.subList(3, told.size())).contains("-goes", "stays=2"));
            }
        }
    }
}

package dev.wattle.lattice.transport.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.lattice.transport.NatsCredentials;
import dev.wattle.lattice.transport.NatsSettings;
import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.TestServers;
import dev.wattle.lattice.transport.TransportException;
import dev.wattle.wit.ByteString;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real nats-server, started well and badly.
@Tag("slow")
class NatsServerTest {
    @TempDir
    Path temp;

    private Path folder;
    private NatsServerSettings settings;

    @BeforeEach
    void prepare() {
        folder = temp.resolve("with a space");
        settings = NatsServerSettings.in(TestServers.newest(), folder);
    }

    private static NatsServerException failure(NatsServerSettings settings) {
        try (NatsServer started = NatsServer.start(settings)) {
            throw new AssertionError("it started, at " + started.url());
        } catch (NatsServerException e) {
            return e;
        }
    }

    @Test
    void it_starts_with_a_private_configuration_and_stops() throws IOException {
        NatsServer server = NatsServer.start(settings);
        assertThat(server.process().isAlive()).isTrue();
        assertThat(server.startTime()).isPresent();
        for (String name : List.of("nats-server.conf", "credentials.json")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .isEqualTo("rw-------");
        }
        assertThat(server.credentials().toString())
                .doesNotContain(server.credentials().password());
        assertThat(NatsCredentials.read(server.credentialsFile())).isEqualTo(server.credentials());
        assertThat(server.connection().toString())
                .doesNotContain(server.credentials().password());
        try (NatsTransport transport = NatsTransport.connect(server.connection())) {
            transport.keyValue("B").put("k", ByteString.EMPTY);
            assertThat(transport.serverVersion()).startsWith("2.");
        }
        server.stop();
        server.stop();
        assertThat(server.process().isAlive()).isFalse();
    }

    @Test
    void what_it_stored_survives_its_death_and_its_credentials_stay() {
        NatsServer first = NatsServer.start(settings);
        try (NatsTransport transport = NatsTransport.connect(first.connection())) {
            transport.keyValue("B").put("k", ByteString.copyOf(new byte[] {1}));
        }
        first.kill();
        try (NatsServer second = NatsServer.start(settings.withPort(first.port()));
                NatsTransport transport = NatsTransport.connect(first.connection())) {
            assertThat(second.url()).isEqualTo(first.url());
            assertThat(transport.keyValue("B").find("k")).isPresent();
        }
    }

    @Test
    void a_taken_port_is_told() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            NatsServerException e = failure(settings.withPort(taken.getLocalPort()));
            assertThat(e.code()).isEqualTo(NatsServerException.Code.PORT_TAKEN);
            assertThat(e).hasMessageContaining("" + taken.getLocalPort()).hasMessageContaining("nats-server.log");
        }
    }

    @Test
    void a_damaged_store_is_told_and_left_alone() throws IOException {
        try (NatsServer server = NatsServer.start(settings);
                NatsTransport transport = NatsTransport.connect(server.connection())) {
            transport.keyValue("B").put("k", ByteString.EMPTY);
        }
        Path meta;
        try (Stream<Path> files = Files.walk(folder)) {
            meta = files.filter(file -> file.endsWith("meta.inf")).findFirst().orElseThrow();
        }
        Files.writeString(meta, "garbage");
        NatsServerException e = failure(settings);
        assertThat(e.code()).isEqualTo(NatsServerException.Code.STORE_DAMAGED);
        assertThat(e).hasMessageContaining(folder.resolve("jetstream").toString());
        assertThat(meta).hasContent("garbage");
        Path store = folder.resolve("jetstream");
        Files.move(store, folder.resolve("aside"));
        Files.writeString(store, "a file");
        assertThat(failure(settings).code())
                .isIn(NatsServerException.Code.STORE_DAMAGED, NatsServerException.Code.DID_NOT_START);
    }

    @Test
    void a_block_that_cannot_be_read_is_told_and_nothing_of_it_is_lost() throws IOException {
        try (NatsServer server = NatsServer.start(settings);
                NatsTransport transport = NatsTransport.connect(server.connection())) {
            transport.keyValue("B").put("first", ByteString.copyOf(new byte[100]));
            transport.keyValue("B").put("second", ByteString.copyOf(new byte[100]));
        }
        Path block = storedFile(".blk");
        byte[] whole = Files.readAllBytes(block);
        byte[] damaged = whole.clone();
        damaged[60] ^= 0x55;
        Files.write(block, damaged);
        for (int attempt = 0; attempt < 2; attempt++) {
            NatsServerException e = failure(settings);
            assertThat(e.code()).isEqualTo(NatsServerException.Code.STORE_DAMAGED);
            assertThat(e).hasMessageContaining("of the 2 messages in the stream");
            assertThat(block).hasBinaryContent(damaged);
        }
        Files.write(block, whole);
        try (NatsServer server = NatsServer.start(settings);
                NatsTransport transport = NatsTransport.connect(server.connection())) {
            assertThat(transport.keyValue("B").find("first")).isPresent();
            assertThat(transport.keyValue("B").find("second")).isPresent();
        }
    }

    @Test
    void an_index_that_cannot_be_read_is_made_anew_unless_blocks_are_damaged_too() throws IOException {
        try (NatsServer server = NatsServer.start(settings);
                NatsTransport transport = NatsTransport.connect(server.connection())) {
            transport.keyValue("B").put("k", ByteString.copyOf(new byte[100]));
        }
        Path block = storedFile(".blk");
        byte[] whole = Files.readAllBytes(block);
        byte[] damaged = whole.clone();
        damaged[60] ^= 0x55;
        Files.write(block, damaged);
        Files.write(storedFile("index.db"), new byte[300]);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(failure(settings).code()).isEqualTo(NatsServerException.Code.STORE_DAMAGED);
            assertThat(block).hasBinaryContent(damaged);
        }
        Files.write(block, whole);
        try (NatsServer server = NatsServer.start(settings);
                NatsTransport transport = NatsTransport.connect(server.connection())) {
            assertThat(transport.keyValue("B").find("k")).isPresent();
        }
    }

    private Path storedFile(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("jetstream"))) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void what_is_wrong_with_a_connection_is_told() throws IOException {
        int free;
        try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = unused.getLocalPort();
        }
        try (NatsServer server = NatsServer.start(settings)) {
            NatsCredentials wrong = new NatsCredentials("wattle", "wrong-secret");
            assertThatThrownBy(() ->
                            NatsTransport.connect(NatsSettings.at(server.url()).withCredentials(wrong)))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.code()).isEqualTo(TransportException.Code.AUTHENTICATION_FAILED))
                    .hasMessageNotContaining("wrong-secret");
            assertThatThrownBy(() -> NatsTransport.connect(NatsSettings.at(server.url())))
                    .hasMessageContaining("without credentials");
            assertThatThrownBy(() -> NatsTransport.connect(NatsSettings.at(URI.create("nats://localhost:" + free))))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.code()).isEqualTo(TransportException.Code.CANNOT_CONNECT))
                    .hasMessageContaining("nothing listens there");
        }
    }

    @Test
    void localhost_is_found_on_the_ipv6_loopback() {
        try (NatsServer server = NatsServer.start(settings.withHost("::1"));
                NatsTransport transport =
                        NatsTransport.connect(NatsSettings.at(URI.create("nats://localhost:" + server.port()))
                                .withCredentials(server.credentials()))) {
            assertThat(transport.connected()).isTrue();
        }
    }

    @Test
    void without_jetstream_a_bucket_says_so() throws Exception {
        Path configuration = temp.resolve("plain.conf");
        Files.writeString(configuration, "listen: \"127.0.0.1:-1\"\nports_file_dir: \"" + temp + "\"\n");
        Process plain = new ProcessBuilder(settings.binary().toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("plain.out").toFile())
                .start();
        try {
            Path ports = temp.resolve("nats-server_" + plain.pid() + ".ports");
            dev.wattle.testkit.Eventually.within(
                    java.time.Duration.ofSeconds(10),
                    () -> assertThat(Files.readString(ports)).endsWith("}"));
            String url = Files.readString(ports).replaceAll(".*\"(nats://[^\"]*)\".*", "$1");
            try (NatsTransport transport = NatsTransport.connect(NatsSettings.at(URI.create(url)))) {
                assertThatThrownBy(() -> transport.keyValue("B"))
                        .isInstanceOfSatisfying(
                                TransportException.class,
                                e -> assertThat(e.code()).isEqualTo(TransportException.Code.STORAGE))
                        .hasMessageContaining("jetstream");
            }
        } finally {
            plain.destroyForcibly();
        }
    }
}

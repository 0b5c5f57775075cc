package dev.wattle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatticeCommandsTest {
    @TempDir
    private Path home = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get hosts",
                "get inventory",
                "get links",
                "get claims",
                "app list",
                "app status payments",
                "app undeploy payments",
                "app delete payments",
                "link query",
                "config get rates",
                "label host-1 a=b",
                "stop host host-1"
            })
    void without_a_lattice_every_command_says_how_to_start_one(String command) {
        CommandRun run = CommandRun.at(home, command.split(" "));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("wattle: nothing runs here; start it with ./wattle up\n");
    }

    @Test
    void a_server_that_is_not_there_is_named() {
        CommandRun run = CommandRun.at(home, "get", "hosts", "--nats-url", "nats://127.0.0.1:1", "-o", "json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).startsWith("{\"success\":false,\"error\":\"").contains("127.0.0.1:1");
    }

    @Test
    void the_environment_may_name_the_server() {
        var environment = new TreeMap<String, String>();
        environment.put("WATTLE_NATS_URL", "nats://127.0.0.1:2");
        CommandRun run = CommandRun.at(home, environment, "get", "hosts");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("127.0.0.1:2");
    }

    @Test
    void a_password_in_the_address_is_refused_and_not_repeated() {
        CommandRun run = CommandRun.at(home, "get", "hosts", "--nats-url", "nats://ada:hunter2@127.0.0.1:4222");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--creds").doesNotContain("hunter2");
    }

    @Test
    void a_file_of_credentials_that_others_may_read_is_refused() throws IOException {
        Path file = Files.writeString(home.resolve("creds.json"), "{\"user\":\"ada\",\"password\":\"hunter2\"}");
        Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        CommandRun run = CommandRun.at(home, "get", "hosts", "--nats-url", "127.0.0.1:1", "--creds", "creds.json");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("chmod 600").doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "link put a b c d",
                "link put a.b c d e --interface f",
                "config put SECRET_x a=b",
                "config put name novalue",
                "config put name a=1 a=2",
                "app undeploy",
                "app undeploy x --all",
                "app delete",
                "start component file:x.wasm 'a b'",
                "get hosts --timeout 0s",
                "get hosts --timeout soon"
            })
    void what_makes_no_sense_is_refused_before_anybody_is_asked(String command) {
        CommandRun run = CommandRun.at(home, command.split(" "));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("--help'");
    }

    @Test
    void a_manifest_with_mistakes_shows_all_of_them_with_their_places() throws IOException {
        String good = Files.readString(CommandRun.HOME.resolve("wadm-manifests/payments.yaml"));
        String bad = good.replace("image: file:../components/prebuilt/gateway.wasm", "imag: file:gateway.wasm")
                .replace("instances: 1\n", "instances: many\n");
        Files.writeString(home.resolve("bad.yaml"), bad);
        for (List<String> command :
                List.of(List.of("app", "put"), List.of("app", "deploy"), List.of("app", "validate"))) {
            CommandRun run = CommandRun.at(home, command.getFirst(), command.getLast(), "bad.yaml");
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).isEmpty();
            assertThat(run.err().lines().filter(line -> line.contains("bad.yaml:")))
                    .as(run.err())
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allMatch(line -> line.matches(".*bad\\.yaml:[0-9]+:[0-9]+: .*"));
        }
    }

    @Test
    void a_valid_manifest_is_valid_without_a_lattice() {
        CommandRun run = CommandRun.of("app", "validate", "wadm-manifests/payments.yaml", "-o", "json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("{\"success\":true,\"valid\":true,\"warnings\":[],\"errors\":[]}\n");
    }

    @Test
    void images_of_a_manifest_are_below_its_folder_and_must_be_there() throws IOException {
        Surroundings here = new Surroundings(CommandRun.HOME, home, new TreeMap<>(), false);
        ManifestFile file = ManifestFile.load(
                here, CommandRun.HOME.resolve("wadm-manifests/payments.yaml").toString());
        assertThat(file.manifest().workloads().getFirst().source().toString())
                .contains("file://" + CommandRun.HOME.resolve("components/prebuilt/gateway.wasm"));
        Files.copy(CommandRun.HOME.resolve("wadm-manifests/payments.yaml"), home.resolve("payments.yaml"));
        CommandRun run = CommandRun.at(home, "app", "put", "payments.yaml");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("the image of 'gateway' is not there").contains("'converter'");
    }

    @Test
    void a_manifest_that_is_no_file_is_named() {
        assertThat(CommandRun.at(home, "app", "put", "none.yaml").err()).contains("there is no file none.yaml");
        assertThat(CommandRun.at(home, "app", "put", ".").err()).contains("is a folder");
        assertThat(CommandRun.at(home, "app", "deploy", "none.yaml").err()).contains("there is no file none.yaml");
    }
}

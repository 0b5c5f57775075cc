package dev.wattle.lattice.transport.server;

import dev.wattle.lattice.transport.NatsCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// The files of one server's folder.
final class ServerFiles {
    /// 192 bits: not to be guessed.
    private static final int PASSWORD_BYTES = 24;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path folder;

    ServerFiles(Path folder) {
        this.folder = folder;
    }

    Path configuration() {
        return folder.resolve("nats-server.conf");
    }

    Path credentials() {
        return folder.resolve("credentials.json");
    }

    Path log() {
        return folder.resolve("nats-server.log");
    }

    Path output() {
        return folder.resolve("nats-server.out");
    }

    Path store() {
        return folder.resolve("jetstream");
    }

    /// A file or folder of that name, which the server does not know.
    Path beside(String name) {
        return folder.resolve(name);
    }

    private Path ports() {
        return folder.resolve("ports");
    }

    /// Makes the folder, the credentials when there are none yet, and the configuration.
    NatsCredentials prepare(NatsServerSettings settings) throws IOException {
        Files.createDirectories(folder, owner("rwx------"));
        Files.createDirectories(ports(), owner("rwx------"));
        try (DirectoryStream<Path> old = Files.newDirectoryStream(ports(), "*.ports")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        if (Files.exists(log())) {
            Files.move(log(), folder.resolve("nats-server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(credentials())) {
            writePrivate(credentials(), "{\"user\":\"wattle\",\"password\":\"" + newPassword() + "\"}\n");
        }
        NatsCredentials who = NatsCredentials.read(credentials());
        writePrivate(configuration(), configurationText(settings, who));
        return who;
    }

    private static String newPassword() {
        byte[] random = new byte[PASSWORD_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private String configurationText(NatsServerSettings settings, NatsCredentials who) {
        String host = settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
        return """
                # Written anew at each start.
                listen: %s
                server_name: wattle
                log_file: %s
                ports_file_dir: %s
                authorization { user: %s, password: %s }
                jetstream { store_dir: %s, max_memory_store: 67108864 }
                """.formatted(
                        quoted(host + ":" + (settings.port() == 0 ? "-1" : settings.port())),
                        quoted(log().toString()),
                        quoted(ports().toString()),
                        quoted(who.user()),
                        quoted(who.password()),
                        quoted(store().toString()));
    }

    /// Writes the configuration of a server that only reads a copy of the store, for nobody.
    String scanConfiguration(Path copy, Path log) throws IOException {
        Path file = beside("scan.conf");
        writePrivate(file, """
                listen: "127.0.0.1:-1"
                server_name: wattle-scan
                log_file: %s
                authorization { user: nobody, password: %s }
                jetstream { store_dir: %s }
                """.formatted(quoted(log.toString()), quoted(newPassword()), quoted(copy.toString())));
        return file.toString();
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// Writes through a new file, so that there is no moment at which others could read it.
    private static void writePrivate(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(fresh, owner("rw-------"));
        Files.writeString(fresh, text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] owner(String permissions) {
        boolean posix = java.nio.file.FileSystems.getDefault()
                .supportedFileAttributeViews()
                .contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /// What the server wrote into its file of ports, once it listens.
    Optional<Integer> port() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(ports(), "*.ports")) {
            for (Path file : files) {
                var found = java.util.regex.Pattern.compile("\"nats://[^\"]*:(\\d+)\"")
                        .matcher(Files.readString(file));
                if (found.find()) {
                    return Optional.of(Integer.parseInt(found.group(1)));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its log, and what it said before it had one.
    String logText() {
        return read(output()) + read(log());
    }

    private static String read(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.wattle.lattice.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Who connects to the lattice. The password never shows in `toString`, and so in no log or message.
public record NatsCredentials(String user, String password) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    public NatsCredentials {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /// Reads `{"user":…,"password":…}` from a file that its owner alone may read.
    ///
    /// @throws TransportException when it cannot be read, others may read it, or it holds something else
    public static NatsCredentials read(Path file) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView("posix")
                    && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains)) {
                throw unusable(file, "others may read it: chmod 600", null);
            }
            JsonNode root = JSON.readTree(Files.readAllBytes(file));
            if (!root.path("user").isString() || !root.path("password").isString()) {
                throw unusable(file, "it is not {\"user\":…,\"password\":…}", null);
            }
            return new NatsCredentials(
                    root.path("user").stringValue(), root.path("password").stringValue());
        } catch (JacksonException e) {
            // Without the cause, which quotes the file.
            throw unusable(file, "it is not JSON", null);
        } catch (IOException e) {
            throw unusable(file, "it cannot be read: " + e, e);
        }
    }

    private static TransportException unusable(
            Path file, String why, @org.jspecify.annotations.Nullable Throwable cause) {
        return new TransportException(
                TransportException.Code.AUTHENTICATION_FAILED, "credentials file " + file + ": " + why, cause);
    }

    @Override
    public String toString() {
        return "NatsCredentials[user=" + user + ", password=(hidden)]";
    }
}

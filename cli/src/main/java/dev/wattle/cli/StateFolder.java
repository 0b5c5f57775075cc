package dev.wattle.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// `.wattle` in the checkout: what runs, its settings, credentials, logs and data. For its owner alone.
///
/// Files appear whole or not at all.
final class StateFolder {
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    private static final Set<PosixFilePermission> OWNER_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path root;

    StateFolder(Path home) {
        this.root = home.resolve(".wattle");
    }

    /// Makes the folders, closed to others.
    void create() {
        for (Path folder : new Path[] {root, run(), logs(), data()}) {
            try {
                Files.createDirectories(folder);
                if (POSIX) {
                    Files.setPosixFilePermissions(folder, OWNER_FOLDER);
                }
            } catch (IOException e) {
                throw CommandFailure.failed("the folder " + folder + " cannot be made: " + e.getMessage(), e);
            }
        }
    }

    Path stateFile() {
        return root.resolve("state.json");
    }

    Path credentials() {
        return root.resolve("credentials.json");
    }

    /// Settings of processes.
    Path run() {
        return root.resolve("run");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path log(String name) {
        return logs().resolve(name + ".log");
    }

    /// What hosts' engines make of guests; they make the folder themselves.
    Path classes() {
        return root.resolve("classes");
    }

    /// What the NATS server keeps.
    Path data() {
        return root.resolve("nats");
    }

    /// What the last `up` left, if that can be read.
    ///
    /// @throws CommandFailure when it is there and cannot be read
    Optional<LatticeState> load() {
        try {
            JsonNode json = Json.parse(Files.readAllBytes(stateFile()));
            Optional<LatticeState> state = LatticeState.fromJson(json);
            if (state.isEmpty()) {
                throw damaged(null);
            }
            return state;
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JacksonException | IOException e) {
            throw damaged(e);
        }
    }

    private CommandFailure damaged(@Nullable Exception cause) {
        String message = stateFile() + " is damaged or from another version of wattle. Look for processes of "
                + "'dev.wattle.cli.Wattle' and 'nats-server', stop them, and delete the file";
        return cause == null ? CommandFailure.failed(message) : CommandFailure.failed(message, cause);
    }

    void save(LatticeState state) {
        write(stateFile(), Json.compact(state.toJson()) + "\n");
    }

    /// Nothing runs any more.
    void forget() {
        try {
            Files.deleteIfExists(stateFile());
        } catch (IOException e) {
            throw CommandFailure.failed(stateFile() + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    /// Writes a file that its owner alone may read, whole or not at all.
    void write(Path file, String text) {
        Path fresh = file.resolveSibling(
                file.getFileName() + ".fresh." + ProcessHandle.current().pid());
        try {
            Files.deleteIfExists(fresh);
            FileAttribute<?>[] closed = POSIX
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_FILE)}
                    : new FileAttribute<?>[0];
            try (FileChannel channel =
                    FileChannel.open(fresh, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), closed)) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandFailure.failed(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /// Moves an old log out of the way: one old log is kept.
    void rotate(Path log) {
        try {
            if (Files.exists(log)) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw CommandFailure.failed(log + " cannot be moved: " + e.getMessage(), e);
        }
    }

    /// Keeps others from starting or stopping a lattice here at the same time; nothing when somebody is at it.
    Optional<Lock> tryLock() {
        create();
        try {
            FileChannel channel =
                    FileChannel.open(root.resolve("lattice.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new Lock(channel));
        } catch (IOException e) {
            throw CommandFailure.failed("cannot lock " + root + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /// Held until closed, or until the process ends.
    record Lock(FileChannel channel) implements AutoCloseable {
        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}

package dev.wattle.host.engine.jvm.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A folder that nobody but its owner can change, who is whoever runs this process: what is read from it is run.
final class OwnedFolder {
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    private final Path path;

    /// Null where files have no such owners.
    private final @Nullable UserPrincipal owner;

    private OwnedFolder(Path path, @Nullable UserPrincipal owner) {
        this.path = path;
        this.owner = owner;
    }

    /// Made when it is not there.
    ///
    /// @throws IllegalArgumentException when others can change what is in it, or it is not a folder
    /// @throws IOException when it cannot be made or looked at
    static OwnedFolder open(Path path) throws IOException {
        Path folder = path.toAbsolutePath();
        make(folder);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw refused(folder, "is not a folder itself, maybe a link to one");
        }
        if (!isPosix(folder)) {
            return new OwnedFolder(folder, null);
        }
        UserPrincipal self = self(folder);
        PosixFileAttributes attributes = attributes(folder);
        if (!attributes.owner().equals(self)) {
            throw refused(folder, "belongs to '%s', not to '%s'".formatted(attributes.owner(), self));
        }
        if (isOpen(attributes)) {
            throw refused(
                    folder,
                    "can be changed by others (%s); close it with chmod 700"
                            .formatted(PosixFilePermissions.toString(attributes.permissions())));
        }
        return new OwnedFolder(folder, self);
    }

    private static void make(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(folder, attribute(parent == null ? folder : parent, FOLDER));
        } catch (FileAlreadyExistsException another) {
            // Another process was quicker; what it made is checked like any.
        }
    }

    private static IllegalArgumentException refused(Path folder, String why) {
        return new IllegalArgumentException("generated classes are not kept in %s: it %s".formatted(folder, why));
    }

    private static boolean isPosix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS) != null;
    }

    private static FileAttribute<?>[] attribute(Path place, Set<PosixFilePermission> permissions) {
        return isPosix(place)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    /// Who makes files here: a name of a user says less, and some users have none.
    private static UserPrincipal self(Path folder) throws IOException {
        Path probe = null;
        try {
            probe = Files.createTempFile(folder, "owner", StoreFiles.TEMPORARY);
            return attributes(probe).owner();
        } catch (IOException closed) {
            return folder.getFileSystem()
                    .getUserPrincipalLookupService()
                    .lookupPrincipalByName(System.getProperty("user.name", ""));
        } finally {
            if (probe != null) {
                Files.deleteIfExists(probe);
            }
        }
    }

    private static boolean isOpen(PosixFileAttributes attributes) {
        return attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
    }

    Path path() {
        return path;
    }

    /// Whether a file of the folder is one that only its owner can have written.
    boolean trusts(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        UserPrincipal self = owner;
        if (self == null) {
            return true;
        }
        PosixFileAttributes attributes = attributes(file);
        return attributes.owner().equals(self) && !isOpen(attributes);
    }

    /// A new, empty file that its owner alone can read.
    Path newFile() throws IOException {
        return Files.createTempFile(path, "new", StoreFiles.TEMPORARY, attribute(path, FILE));
    }
}

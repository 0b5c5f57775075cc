package dev.wattle.host.engine.jvm.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The packs of a folder. A pack is replaced as a whole, by renaming: whoever reads sees the old one or the new one,
/// and of two processes that write at once, one wins. When a pack was last used is when its file was last modified.
final class StoreFiles {
    static final String TEMPORARY = ".tmp";

    /// A process that was killed while it wrote left its file behind; one that still writes needs seconds.
    private static final Duration ABANDONED = Duration.ofHours(1);

    /// Using a pack is noted no more often, which is enough to tell old ones.
    private static final Duration NOTED = Duration.ofMinutes(10);

    private final OwnedFolder folder;
    private final long maxBytes;

    /// A pack and its file's attributes.
    private record Found(Path path, long size, FileTime used) {}

    /// @param maxBytes of all packs together
    StoreFiles(OwnedFolder folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    private Path path(StoreKey key) {
        return folder.path().resolve(key.fileName());
    }

    /// The pack of a key; null when there is none that can be used.
    @Nullable
    Pack open(StoreKey key) {
        Path path = path(key);
        try {
            if (!folder.trusts(path)) {
                return null;
            }
            Pack pack = Pack.open(path, key);
            if (pack != null) {
                touch(path);
            }
            return pack;
        } catch (IOException unreadable) {
            return null;
        }
    }

    private static void touch(Path path) {
        try {
            Instant now = Instant.now();
            if (Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(now.minus(NOTED))) {
                Files.setLastModifiedTime(path, FileTime.from(now));
            }
        } catch (IOException readOnly) {
            // It counts as older than it is: at worst, its classes are made again.
        }
    }

    /// Adds classes to the pack of a key, and makes room for it. Those that are too many for a pack replace it.
    ///
    /// @throws IOException when they cannot be written; the old pack is still there then
    void add(StoreKey key, SortedMap<String, Pack.Item> classes) throws IOException {
        SortedMap<String, Pack.Item> all = new TreeMap<>(classes);
        Pack old = open(key);
        if (old != null) {
            old.addTo(all);
        }
        long most = Math.min(maxBytes, Pack.MAX_BYTES);
        SortedMap<String, Pack.Item> kept = Pack.size(all) > most ? classes : all;
        long size = Pack.size(kept);
        if (size > most) {
            throw new IOException("the classes of one module take %d bytes, of %d".formatted(size, most));
        }
        makeRoom(maxBytes - size, path(key));
        write(key, kept);
    }

    private void write(StoreKey key, SortedMap<String, Pack.Item> classes) throws IOException {
        Path fresh = folder.newFile();
        try {
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                Pack.write(channel, key, classes);
            }
            Files.move(fresh, path(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (InternalError shorter) {
            throw new IOException("the old pack became shorter while it was read", shorter);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /// Deletes packs, those that were not used for longest first, until all others fit.
    private void makeRoom(long bytes, Path spared) throws IOException {
        List<Found> packs = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.path())) {
            for (Path file : files) {
                look(file, spared, packs);
            }
        }
        packs.sort(Comparator.comparing(Found::used).thenComparing(Found::path));
        long total = packs.stream().mapToLong(Found::size).sum();
        for (Found each : packs) {
            if (total <= bytes) {
                return;
            }
            Files.deleteIfExists(each.path());
            total -= each.size();
        }
    }

    private static void look(Path file, Path spared, List<Found> packs) throws IOException {
        String name = String.valueOf(file.getFileName());
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            return;
        }
        if (name.endsWith(TEMPORARY)) {
            if (attributes.lastModifiedTime().toInstant().isBefore(Instant.now().minus(ABANDONED))) {
                Files.deleteIfExists(file);
            }
        } else if (name.endsWith(StoreKey.SUFFIX) && !file.equals(spared)) {
            packs.add(new Found(file, attributes.size(), attributes.lastModifiedTime()));
        }
    }
}

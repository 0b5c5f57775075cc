package dev.wattle.spec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// A folder of files, without folders in it, that is gone when it is closed.
record ScratchFolder(Path path) implements AutoCloseable {
    ScratchFolder(String prefix) {
        this(make(prefix));
    }

    private static Path make(String prefix) {
        try {
            return Files.createTempDirectory(prefix);
        } catch (IOException failure) {
            throw new UncheckedIOException("making a folder", failure);
        }
    }

    @Override
    public void close() {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.delete(path);
        } catch (IOException failure) {
            throw new UncheckedIOException("clearing " + path, failure);
        }
    }
}

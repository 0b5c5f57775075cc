package dev.wattle.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads what the caller names.
final class InputFile {
    /// Above every limit of what is read: a component has at most 50 MiB, a manifest far less.
    private static final long MAX_BYTES = 64L << 20;

    private InputFile() {}

    /// @param what for messages: `component`, `manifest`
    /// @param name as the caller wrote it
    /// @throws CommandFailure that says why it cannot be read
    static byte[] read(String what, String name, Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw CommandFailure.failed(name + " is a folder, not a " + what);
            }
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                throw CommandFailure.failed(name + " is no regular file");
            }
            if (Files.size(file) > MAX_BYTES) {
                throw CommandFailure.failed(name + " has more than " + MAX_BYTES + " bytes: too large for a " + what);
            }
            byte[] bytes = Files.readAllBytes(file);
            if (bytes.length == 0) {
                throw CommandFailure.failed(name + " is empty: not a " + what);
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw CommandFailure.failed("there is no file " + name, e);
        } catch (AccessDeniedException e) {
            throw CommandFailure.failed(name + " may not be read by this user", e);
        } catch (IOException e) {
            throw CommandFailure.failed(name + " cannot be read: " + e.getMessage(), e);
        }
    }
}

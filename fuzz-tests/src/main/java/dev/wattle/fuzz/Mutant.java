package dev.wattle.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is told of a damaged binary that something is wrong with.
final class Mutant {
    /// Deep enough to tell the caller of a helper's caller.
    private static final int FRAMES = 8;

    private Mutant() {}

    /// The failure and where it was thrown.
    static String firstFrames(Throwable failure) {
        var text = new StringBuilder(failure.toString());
        for (int i = 0; i < Math.min(FRAMES, failure.getStackTrace().length); i++) {
            text.append("\n    ").append(failure.getStackTrace()[i]);
        }
        return text.toString();
    }

    /// Leaves it in a file of its own, to be looked at.
    static Path keep(byte[] binary) {
        try {
            Path file = Files.createTempFile("wattle-mutant-", ".wasm");
            return Files.write(file, binary);
        } catch (IOException e) {
            throw new UncheckedIOException("a damaged binary cannot be kept", e);
        }
    }
}

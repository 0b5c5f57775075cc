package dev.wattle.host.component;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// The guests that are committed in `components/prebuilt`.
final class Prebuilt {
    private Prebuilt() {}

    static byte[] read(String guest) {
        try {
            return Files.readAllBytes(folder().resolve(guest + ".wasm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// All guests, by name.
    static List<String> guests() {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".wasm"))
                    .map(name -> name.substring(0, name.length() - ".wasm".length()))
                    .sorted(Comparator.naturalOrder())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        Path start = Path.of(System.getProperty("wattle.home", "")).toAbsolutePath();
        for (Path path = start; path != null; path = path.getParent()) {
            Path folder = path.resolve("components").resolve("prebuilt");
            if (Files.isDirectory(folder)) {
                return folder;
            }
        }
        throw new IllegalStateException("no components/prebuilt at or above " + start);
    }
}

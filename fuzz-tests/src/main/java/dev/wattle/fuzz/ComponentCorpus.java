package dev.wattle.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The components that are damaged: all that the reference suite of the Component Model is made of, and the demo's
/// guests; those alone where the suite or `wasm-tools` is missing.
final class ComponentCorpus {
    /// A component says so in the second half of its version.
    private static final int LAYER_AT = 6;

    /// Larger ones take long to load, and their code is not what is damaged here.
    private static final int MAX_BYTES = 100_000;

    private static final Path HOME =
            Path.of(System.getProperty("wattle.home", "..")).toAbsolutePath().normalize();

    private ComponentCorpus() {}

    static List<byte[]> load(Optional<WasmTools> tools) {
        var components = new ArrayList<byte[]>();
        try {
            Path suite = HOME.resolveSibling("shared").resolve("spec").resolve("component-model");
            if (tools.isPresent() && Files.isDirectory(suite)) {
                for (Path script : files(suite, ".wast")) {
                    components.addAll(componentsOf(tools.get(), script));
                }
            } else {
                System.err.println("WITHOUT THE REFERENCE SUITE: only the demo's guests are damaged");
            }
            for (Path guest : files(HOME.resolve("components").resolve("prebuilt"), ".wasm")) {
                components.add(Files.readAllBytes(guest));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the components cannot be read", e);
        }
        components.removeIf(component -> component.length > MAX_BYTES || !isComponent(component));
        return List.copyOf(components);
    }

    private static List<byte[]> componentsOf(WasmTools tools, Path script) throws IOException {
        Path folder = Files.createTempDirectory("wattle-corpus-");
        try {
            if (!tools.split(script, folder)) {
                return List.of(); // written in an older dialect
            }
            var components = new ArrayList<byte[]>();
            for (Path file : files(folder, ".wasm")) {
                components.add(Files.readAllBytes(file));
            }
            return components;
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path -> path.toString().endsWith(ending)).sorted().toList();
        }
    }

    static boolean isComponent(byte[] binary) {
        return binary.length > LAYER_AT && binary[LAYER_AT] == 1;
    }
}

package dev.wattle.host.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Core modules as compilers make them: those of the prebuilt guests and kernels of this project.
public final class CoreModules {
    private static final int HEADER_BYTES = 8;

    /// Where a core module says that it is none of a component.
    private static final int LAYER = 6;

    private static final int CORE_MODULE_SECTION = 1;
    private static final List<String> FOLDERS = List.of("components", "benchmarks/kernels");

    private CoreModules() {}

    /// All of them, in the order of their files' names.
    public static List<byte[]> prebuilt() {
        List<byte[]> modules = new ArrayList<>();
        for (String folder : FOLDERS) {
            try (Stream<Path> files = Files.list(home().resolve(folder).resolve("prebuilt"))) {
                files.filter(file -> file.toString().endsWith(".wasm"))
                        .sorted()
                        .forEach(file -> modules.addAll(of(file)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return modules;
    }

    /// Those of a prebuilt guest, in their order: its own code comes first.
    static List<byte[]> ofGuest(String name) {
        return of(home().resolve("components/prebuilt").resolve(name + ".wasm"));
    }

    private static Path home() {
        return Path.of(System.getProperty("wattle.home", "../.."));
    }

    private static List<byte[]> of(Path file) {
        byte[] binary;
        try {
            binary = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return binary[LAYER] == 0 ? List.of(binary) : ofComponent(binary);
    }

    private static List<byte[]> ofComponent(byte[] component) {
        List<byte[]> modules = new ArrayList<>();
        int at = HEADER_BYTES;
        while (at < component.length) {
            int section = component[at++];
            int length = 0;
            int shift = 0;
            byte piece;
            do {
                piece = component[at++];
                length |= (piece & 0x7F) << shift;
                shift += 7;
            } while (piece < 0);
            if (section == CORE_MODULE_SECTION) {
                modules.add(Arrays.copyOfRange(component, at, at + length));
            }
            at += length;
        }
        return modules;
    }
}

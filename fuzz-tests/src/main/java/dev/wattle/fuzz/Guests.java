package dev.wattle.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The core modules of the prebuilt guests: what compilers really emit.
final class Guests {
    private static final int HEADER = 8;
    private static final byte[] MAGIC = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private Guests() {}

    static List<byte[]> modules() {
        var folder = Path.of(System.getProperty("wattle.home", ".."), "components", "prebuilt");
        try (Stream<Path> files = Files.list(folder)) {
            var modules = new ArrayList<byte[]>();
            for (Path file : files.filter(name -> name.toString().endsWith(".wasm"))
                    .sorted()
                    .toList()) {
                byte[] component = Files.readAllBytes(file);
                for (int at = HEADER; at < component.length - HEADER; at++) {
                    if (Arrays.equals(component, at, at + HEADER, MAGIC, 0, HEADER)) {
                        modules.add(Arrays.copyOfRange(component, at, at + lengthBefore(component, at)));
                    }
                }
            }
            if (modules.isEmpty()) {
                throw new IllegalStateException("there is no core module in " + folder);
            }
            return modules;
        } catch (IOException e) {
            throw new UncheckedIOException("the prebuilt guests cannot be read", e);
        }
    }

    /// The size of the section that starts at `at`: the number that ends there, found backwards.
    private static int lengthBefore(byte[] component, int at) {
        int start = at - 1;
        while (component[start - 1] < 0) {
            start--;
        }
        int length = 0;
        for (int i = start, shift = 0; i < at; i++, shift += 7) {
            length |= (component[i] & 0x7F) << shift;
        }
        return Math.min(length, component.length - at);
    }
}

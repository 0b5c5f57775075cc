package dev.wattle.interop;

import java.nio.file.Path;

/// A guest of the test world.
///
/// @param name as its folder: `everything-c`, and as its binary
/// @param file the component
record Guest(String name, Path file) {
    /// A guest that is committed.
    static Guest committed(Path home, String name) {
        return new Guest(name, home.resolve("components/prebuilt").resolve(name + ".wasm"));
    }

    /// A guest that `components/build-large` makes.
    static Guest large(Path home, String name) {
        return new Guest(name, builtBelow(home).resolve(name + ".wasm"));
    }

    static Path builtBelow(Path home) {
        return home.resolve(".wattle/guests");
    }
}

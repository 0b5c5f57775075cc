package dev.wattle.tidy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A committed guest binary belongs to the committed sources: `components/README.md` has the recipe of the
/// hashes.
final class PrebuiltGuestsTest {
    /// What the project allows a committed binary to weigh.
    private static final long MAX_BINARY_BYTES = 300_000;

    private static final Path COMPONENTS = Path.of(System.getProperty("wattle.home", ".."), "components");
    private static final Path PREBUILT = COMPONENTS.resolve("prebuilt");

    record Guest(String name, String inputs, String binary) {}

    @ParameterizedTest(name = "{0}")
    @MethodSource("guests")
    void a_prebuilt_guest_is_newer_than_its_sources(Guest guest) throws IOException {
        assertThat(sha256(Files.readAllBytes(PREBUILT.resolve(guest.name() + ".wasm"))))
                .as("%s.wasm is another file than the one that components/build made", guest.name())
                .isEqualTo(guest.binary());
        assertThat(hashOfInputs(guest.name()))
                .as("sources of %s changed: run components/build and commit the result", guest.name())
                .isEqualTo(guest.inputs());
    }

    @Test
    void every_prebuilt_binary_is_listed_and_small() throws IOException {
        try (Stream<Path> files = Files.list(PREBUILT)) {
            List<Path> binaries = files.filter(file -> file.toString().endsWith(".wasm"))
                    .sorted()
                    .toList();
            assertThat(binaries.stream().map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            guests().map(guest -> guest.name() + ".wasm").toList());
            assertThat(binaries)
                    .allSatisfy(file -> assertThat(file.toFile().length()).isLessThan(MAX_BINARY_BYTES));
        }
    }

    static Stream<Guest> guests() throws IOException {
        return Files.readAllLines(PREBUILT.resolve("inputs.sha256")).stream()
                .map(line -> line.split(" "))
                .map(words -> new Guest(words[0], words[1], words[2]));
    }

    private static String hashOfInputs(String guest) throws IOException {
        var lines = new TreeSet<byte[]>(Arrays::compareUnsigned);
        try (Stream<Path> own = Files.walk(COMPONENTS.resolve(guest));
                Stream<Path> shared = Files.walk(COMPONENTS.resolve("wit"))) {
            Stream<Path> common = Stream.of("build", "Cargo.toml", "Cargo.lock").map(COMPONENTS::resolve);
            Stream.of(own, shared, common)
                    .flatMap(files -> files)
                    .filter(Files::isRegularFile)
                    .filter(file -> !COMPONENTS.relativize(file).toString().contains("/target/"))
                    .forEach(file -> lines.add(line(file, read(file)).getBytes(UTF_8)));
        }
        MessageDigest digest = digest();
        lines.forEach(digest::update);
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String line(Path file, byte[] content) {
        return sha256(content) + "  " + COMPONENTS.relativize(file).toString().replace('\\', '/') + "\n";
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

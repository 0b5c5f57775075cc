package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The world of each guest as text. After a change that is wanted: `-Dwattle.golden=FOLDER` writes the new
/// texts there.
class WitTextTest {
    static Stream<String> guests() {
        return Prebuilt.guests().stream();
    }

    @ParameterizedTest
    @MethodSource("guests")
    void the_world_of_a_guest_is_printed_as_wit(String guest) throws IOException {
        String wit = Component.load(new HeaderEngine(), Prebuilt.read(guest)).wit();
        String folder = System.getProperty("wattle.golden");
        if (folder != null) {
            Files.writeString(Path.of(folder, guest + ".wit"), wit);
        }

        assertThat(wit).isEqualTo(golden(guest));
    }

    private static String golden(String guest) {
        try (InputStream text = WitTextTest.class.getResourceAsStream("/wit/" + guest + ".wit")) {
            return text == null ? "no golden text" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    @Test
    void all_types_have_a_text_and_what_has_no_words_is_a_comment() throws IOException {
        try (InputStream all = WitTextTest.class.getResourceAsStream("/composition/all-types.wasm")) {
            String wit = Component.load(new HeaderEngine(), all.readAllBytes(), EnumSet.allOf(Feature.class))
                    .wit();

            assertThat(wit).isEqualTo("""
                    package root:component;

                    world root {
                      import test:all/types@1.0.0;
                      // import code: a core module, which WIT has no words for
                      // import part: a component, which WIT has no words for
                    }

                    package test:all@1.0.0 {
                      interface types {
                        resource handle {
                          constructor(name: string);
                          wait: async func() -> future<u32>;
                          all: static func() -> list<handle>;
                        }
                        type address = list<u8, 4>;
                        type ages = map<string, u32>;

                        watch: async func(%from: address, ages: ages) -> stream<u8>;
                        fail: func() -> result<future, error-context>;
                        // inside: an instance, which WIT has no words for
                      }
                    }
                    """);
        }
    }

    private static String golden(String guest) {
        try (InputStream text = WitTextTest.class.getResourceAsStream("/wit/" + guest + ".wit")) {
            return text == null ? "no golden text" : new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.wattle.wit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InterfaceNameTest {
    @ParameterizedTest
    @CsvSource({
        "1.2.3, 1",
        "12.0.0, 12",
        "1, 1",
        "0.2.6, 0.2",
        "0.2, 0.2",
        "0.10.0+build.7, 0.10",
        "0.0.1, 0.0.1",
        "0.0.0, 0.0.0",
        "0.2.0-rc-2023-11-10, 0.2",
        "1.0.0-alpha.1, 1",
        "0.0.1-alpha, 0.0.1",
    })
    void a_version_belongs_to_a_track(String version, String track) {
        assertThat(InterfaceName.parse("wasi:http/types@" + version).track()).contains(track);
    }

    @ParameterizedTest
    @CsvSource({
        "0.2.6, 0.2.0, true",
        "0.2.0, 0.2.6, true",
        "0.2.6, 0.2, true",
        "0.2.6, 0.3.0, false",
        "1.0.0, 1.9.2, true",
        "1.0.0, 2.0.0, false",
        "0.0.1, 0.0.1, true",
        "0.0.1, 0.0.2, false",
        "0.2.0-rc.1, 0.2.0-rc.1, true",
        "0.2.0, 0.2.0-rc.1, true",
        "0.2.0-rc.2, 0.2.0-rc.1, true",
        "1.0.0+a, 1.0.0+b, true",
    })
    void versions_of_one_track_serve_each_other(String offered, String wanted, boolean served) {
        InterfaceName name = InterfaceName.parse("wasi:http/types@" + offered);

        assertThat(name.serves(InterfaceName.parse("wasi:http/types@" + wanted)))
                .isEqualTo(served);
        assertThat(name.serves(InterfaceName.parse("wasi:http/handler@" + wanted)))
                .isFalse();
        assertThat(name.serves(InterfaceName.parse("wasi:http/types"))).isFalse();
    }

    @Test
    void the_newest_that_serves_is_chosen() {
        List<String> offered = List.of("a:b/c@0.2.9", "a:b/c@0.2.10", "a:b/c@0.3.0", "a:b/d@1.0.0", "a:b/e", "plain");

        assertThat(InterfaceName.best("a:b/c@0.2.0", offered)).contains("a:b/c@0.2.10");
        assertThat(InterfaceName.best("a:b/c@0.2.9", offered)).contains("a:b/c@0.2.9");
        assertThat(InterfaceName.best("a:b/c@1.1.0", List.of("a:b/c@1.2.0", "a:b/c@1.2.0-rc.1")))
                .contains("a:b/c@1.2.0");
        assertThat(InterfaceName.best("a:b/c@0.4.0", offered)).isEmpty();
        assertThat(InterfaceName.best("a:b/c", offered)).as("which of them?").isEmpty();
        assertThat(InterfaceName.best("a:b/d", offered)).contains("a:b/d@1.0.0");
        assertThat(InterfaceName.best("a:b/e@7.0.0", offered)).contains("a:b/e");
        assertThat(InterfaceName.best("plain", offered)).contains("plain");
        assertThat(InterfaceName.best("other", offered)).isEmpty();
    }
}

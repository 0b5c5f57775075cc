package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Components that other tools composed: components in a component.
class ComposedComponentTest {
    private static Component vault() throws IOException {
        try (InputStream vault = ComposedComponentTest.class.getResourceAsStream("/composed/vault.wasm")) {
            return Component.load(Engines.create(), vault.readAllBytes());
        }
    }

    @Test
    void nested_components_pass_resources_to_each_other() throws IOException {
        LinkedComponent linked = vault().link(new FakeHost());
        for (int run = 0; run < 2; run++) {
            try (Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
                ComponentInstance vault = linked.instantiate(sandbox);

                assertThat(call(vault, "run-one", 4)).isEqualTo(WitValue.of(51));
                assertThat(call(vault, "run-one", 4)).isEqualTo(WitValue.of(52));
                assertThat(call(vault, "run-other", 6)).isEqualTo(WitValue.of(71));
                assertThat(vault.function("one", "dropped").orElseThrow().call(List.of()))
                        .contains(WitValue.of(2));
            }
        }
    }

    private static WitValue call(ComponentInstance vault, String name, long worth) {
        return vault.function(name)
                .orElseThrow()
                .call(List.of(WitValue.of(worth)))
                .orElseThrow();
    }

    @Test
    void the_world_of_a_composed_component_is_printed_as_wit() throws IOException {
        assertThat(vault().wit()).isEqualTo("""
                        package root:component;

                        world root {
                          export run-one: func(worth: u32) -> u32;
                          export run-other: func(worth: u32) -> u32;
                          export one: interface {
                            resource coin {
                              constructor(worth: u32);
                              worth: func() -> u32;
                            }

                            dropped: func() -> u32;
                          }
                        }
                        """);
    }
}

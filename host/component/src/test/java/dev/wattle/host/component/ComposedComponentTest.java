package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Components that other tools composed: components in a component.
class ComposedComponentTest {
    private static Component vault() throws IOException {
        return composed("vault");
    }

    private static Component composed(String name) throws IOException {
        try (InputStream file = ComposedComponentTest.class.getResourceAsStream("/composed/" + name + ".wasm")) {
            return Component.load(Engines.create(), file.readAllBytes());
        }
    }

    /// The processor and the converter of `components/prebuilt`, composed by `wasm-tools compose` and `wac plug`.
    @ParameterizedTest
    @ValueSource(strings = {"payments-compose", "payments-wac"})
    void guests_that_other_tools_composed_run_unchanged(String name) throws IOException {
        FakeHost host = new FakeHost()
                .function("wasi:random/random", "get-random-u64", (_, _) -> Optional.of(WitValue.of(7)))
                .function(
                        "wasi:config/store",
                        "get",
                        (_, _) -> Optional.of(WitValue.ok(WitValue.some(WitValue.of("1.5")))))
                .function(
                        "wasi:clocks/wall-clock",
                        "now",
                        (_, _) -> Optional.of(WitValue.record(WitValue.of(1_700_000_000), WitValue.of(5))));
        Component payments = composed(name);
        List<WitValue> arguments =
                List.of(WitValue.of("ada"), new WitValue.F64(20), WitValue.of("EUR"), WitValue.of("USD"));

        assertThat(payments.type().imports()).doesNotContainKey("cyber:finance/converter");
        try (Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
            ComponentInstance instance = payments.link(host).instantiate(sandbox);
            WitValue root = instance.function("process-payment")
                    .orElseThrow()
                    .call(arguments)
                    .orElseThrow();
            WitValue inner = instance.function("cyber:payments/processing", "process-payment")
                    .orElseThrow()
                    .call(arguments)
                    .orElseThrow();

            assertThat(root).isEqualTo(inner).isInstanceOfSatisfying(WitValue.ResultValue.class, result -> {
                assertThat(result.ok()).isTrue();
                WitValue.RecordValue receipt =
                        (WitValue.RecordValue) result.payload().orElseThrow();
                assertThat(receipt.fields().subList(1, 4))
                        .containsExactly(WitValue.of("ada"), new WitValue.F64(30), WitValue.of("USD"));
            });
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

package dev.wattle.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CorePartsTest {
    private static final Path PREBUILT = Path.of(System.getProperty("wattle.home", ".."), "components", "prebuilt");

    @ParameterizedTest
    @CsvSource({"calculator, 1", "converter, 3", "gateway, 3"})
    void a_guest_has_its_own_module_and_those_that_lead_to_its_imports(String guest, int modules) throws Exception {
        byte[] component = Files.readAllBytes(PREBUILT.resolve(guest + ".wasm"));
        assertThat(CoreParts.coreModules(component)).hasSize(modules);
        var parts = CoreParts.of(Engines.create(), component, CoreLimits.DEFAULTS, Map.of());
        try (var instances = parts.instantiate(new GuestControl())) {
            assertThat(instances.all()).hasSize(modules);
            assertThat(instances.memory().bytes().sizeBytes()).isPositive();
        }
    }

    @Test
    void the_bare_converter_converts() throws Throwable {
        var converter = new BareConverter(Engines.create(), Files.readAllBytes(PREBUILT.resolve("converter.wasm")));
        var control = new GuestControl();
        try (var _ = converter.open(control)) {
            control.enter();
            converter.convert(100);
            converter.convert(0.5);
            control.exit();
        }
    }
}

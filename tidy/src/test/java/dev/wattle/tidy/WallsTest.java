package dev.wattle.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WallsTest {
    private static JavaClasses ours = new ClassFileImporter().importPackages();

    @BeforeAll
    static void import_our_classes() {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.wattle");
    }

    /// Without this, a rule about classes that were not found would hold for ever.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "wit",
                "lattice.protocol",
                "lattice.agent",
                "lattice.transport",
                "provider.api",
                "provider.sdk",
                "provider.http.server",
                "control.model",
                "control.loop",
                "control.server",
                "host.engine",
                "host.engine.jvm",
                "host.engine.jvm.binary",
                "host.engine.jvm.code",
                "host.engine.jvm.runtime",
                "host.engine.endive",
                "host.component",
                "host.wasi",
                "host.runtime",
                "host.node",
                "cli",
                "spec",
                "fuzz",
                "interop",
                "benchmarks"
            })
    void every_module_is_seen(String module) {
        assertThat(ours.containPackage("dev.wattle." + module)).isTrue();
    }

    @Test
    void only_one_module_uses_the_wasm_engine() {
        Walls.only("dev.wattle.host.engine.endive..", "run.endive..").check(ours);
    }

    @Test
    void products_find_their_engine_by_name_alone() {
        for (String product : new String[] {
            "dev.wattle.host.component..",
            "dev.wattle.host.wasi..",
            "dev.wattle.host.runtime..",
            "dev.wattle.host.node..",
            "dev.wattle.cli.."
        }) {
            Walls.noArrow(product, "dev.wattle.host.engine.jvm..").check(ours);
            Walls.noArrow(product, "dev.wattle.host.engine.endive..").check(ours);
        }
    }

    @Test
    void our_engine_reads_modules_without_running_them_and_runs_code_without_making_it() {
        Walls.noArrow("dev.wattle.host.engine.jvm.binary..", "dev.wattle.host.engine.jvm.code..")
                .check(ours);
        Walls.noArrow("dev.wattle.host.engine.jvm.binary..", "dev.wattle.host.engine.jvm.runtime..")
                .check(ours);
        Walls.noArrow("dev.wattle.host.engine.jvm.runtime..", "dev.wattle.host.engine.jvm.code..")
                .check(ours);
        Walls.noArrow("dev.wattle.host.engine.jvm.runtime..", "dev.wattle.host.engine.jvm.binary..")
                .check(ours);
    }

    @Test
    void only_the_engine_and_the_fast_layer_of_components_make_classes() {
        Walls.onlyIn("java.lang.classfile..", "dev.wattle.host.engine..", "dev.wattle.host.component.code..")
                .check(ours);
    }

    @Test
    void the_interpreter_of_the_canonical_abi_knows_nothing_of_the_fast_layer() {
        Walls.noArrow("dev.wattle.host.component.abi..", "dev.wattle.host.component.code..")
                .check(ours);
    }

    @Test
    void only_the_transport_uses_the_nats_client() {
        Walls.only("dev.wattle.lattice.transport..", "io.nats..").check(ours);
    }

    @Test
    void only_the_http_server_uses_vertx() {
        Walls.noArrow("dev.wattle..", "io.vertx..", "dev.wattle.provider.http..", "dev.wattle.benchmarks..")
                .check(ours);
    }

    @Test
    void the_lattice_knows_nothing_of_the_host() {
        Walls.noArrow("dev.wattle.lattice..", "dev.wattle.host..").check(ours);
    }

    @Test
    void only_the_node_joins_the_host_to_the_lattice() {
        Walls.noArrow("dev.wattle.host..", "dev.wattle.lattice..", "dev.wattle.host.node..")
                .check(ours);
    }

    @Test
    void providers_see_neither_the_host_nor_the_control_plane() {
        Walls.noArrow("dev.wattle.provider..", "dev.wattle.host..").check(ours);
        Walls.noArrow("dev.wattle.provider..", "dev.wattle.control..").check(ours);
    }

    @Test
    void the_control_plane_knows_nothing_of_the_host() {
        Walls.noArrow("dev.wattle.control..", "dev.wattle.host..").check(ours);
    }

    @Test
    void pure_code_reads_no_clock_and_makes_nothing_up() {
        Walls.noImpureCalls(Walls.PURE).check(ours);
    }

    @Test
    void pure_code_does_no_input_or_output_and_does_not_log() {
        Walls.noInputOrOutput(Walls.PURE).check(ours);
    }

    @Test
    void nobody_uses_a_thread_local() {
        Walls.noThreadLocal("dev.wattle..").check(ours);
    }
}

package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The demo's guests, called on a real engine.
class GuestCallTest {
    private static final Engine ENGINE = Engines.create();
    private static final WitValue NOON = WitValue.record(WitValue.of(1_700_000_000), WitValue.of(5));

    private final Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static LinkedComponent linked(String guest, ImportSource imports) {
        return Component.load(ENGINE, Prebuilt.read(guest)).link(imports);
    }

    private ComponentInstance instance(String guest, ImportSource imports) {
        return linked(guest, imports).instantiate(sandbox);
    }

    private static WitValue call(ComponentInstance instance, String interfaceName, String name, WitValue... arguments) {
        return instance.function(interfaceName, name)
                .orElseThrow()
                .call(List.of(arguments))
                .orElseThrow();
    }

    private static FakeHost money() {
        return new FakeHost()
                .function(
                        "wasi:config/store",
                        "get",
                        (_, arguments) -> Optional.of(WitValue.ok(rate(arguments.getFirst()))))
                .function("wasi:clocks/wall-clock", "now", (_, _) -> Optional.of(NOON));
    }

    private static WitValue rate(WitValue key) {
        return key.equals(WitValue.of("EUR_USD")) ? WitValue.some(WitValue.of("1.09")) : WitValue.none();
    }

    private static WitValue f64(double value) {
        return new WitValue.F64(value);
    }

    @Test
    void the_calculator_adds_and_multiplies() {
        ComponentInstance calculator = instance("calculator", new FakeHost());

        assertThat(call(calculator, "cyber:math/operations", "add", WitValue.of(2), WitValue.of(40)))
                .isEqualTo(WitValue.of(42));
        assertThat(call(calculator, "cyber:math/operations", "multiply", WitValue.of(65_536), WitValue.of(65_537)))
                .isEqualTo(WitValue.of(65_536));
        assertThat(calculator.function("cyber:math/operations", "divide")).isEmpty();
        assertThat(calculator.function("add")).isEmpty();
    }

    @Test
    void one_linked_component_makes_instances_in_many_sandboxes() {
        LinkedComponent calculator = linked("calculator", new FakeHost());

        for (int run = 0; run < 100; run++) {
            try (Sandbox other = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
                assertThat(call(
                                calculator.instantiate(other),
                                "cyber:math/operations",
                                "add",
                                WitValue.of(run),
                                WitValue.of(1)))
                        .isEqualTo(WitValue.of(run + 1));
            }
        }
    }

    @Test
    void the_converter_uses_its_configuration_and_the_clock() {
        ComponentInstance converter = instance("converter", money());

        assertThat(call(
                        converter,
                        "cyber:finance/converter",
                        "convert",
                        f64(25),
                        WitValue.of("EUR"),
                        WitValue.of("USD")))
                .isEqualTo(
                        WitValue.ok(WitValue.record(f64(25 * 1.09), WitValue.of("USD"), WitValue.of(1_700_000_000))));
        assertThat(call(
                        converter,
                        "cyber:finance/converter",
                        "convert",
                        f64(25),
                        WitValue.of("EUR"),
                        WitValue.of("XXX")))
                .isEqualTo(WitValue.error(WitValue.of("there is no rate from EUR to XXX")));
    }

    @Test
    void the_processor_calls_the_converter_in_the_same_sandbox() {
        ComponentInstance converter = instance("converter", money());
        FakeHost imports = new FakeHost()
                .function("wasi:random/random", "get-random-u64", (_, _) -> Optional.of(WitValue.of(7)))
                .function(
                        "cyber:finance/converter",
                        "convert",
                        (_, arguments) -> converter
                                .function("cyber:finance/converter", "convert")
                                .orElseThrow()
                                .call(arguments));
        ComponentInstance processor = instance("processor", imports);
        List<WitValue> arguments = List.of(WitValue.of("ada"), f64(25), WitValue.of("EUR"), WitValue.of("USD"));

        WitValue root = processor
                .function("process-payment")
                .orElseThrow()
                .call(arguments)
                .orElseThrow();
        WitValue inner =
                call(processor, "cyber:payments/processing", "process-payment", arguments.toArray(WitValue[]::new));

        assertThat(root).isEqualTo(inner).isInstanceOfSatisfying(WitValue.ResultValue.class, result -> {
            assertThat(result.ok()).isTrue();
            WitValue.RecordValue receipt =
                    (WitValue.RecordValue) result.payload().orElseThrow();
            assertThat(receipt.fields().get(1)).isEqualTo(WitValue.of("ada"));
            assertThat(receipt.fields().get(2)).isEqualTo(f64(25 * 1.09));
        });
    }

    @Test
    void every_missing_import_is_named_at_once() {
        Component gateway = Component.load(ENGINE, Prebuilt.read("gateway"));
        FakeHost imports = new FakeHost()
                .function("wasi:io/streams", "nothing", (_, _) -> Optional.empty())
                .function("cyber:finance/converter", "convert", (_, _) -> Optional.empty());

        assertThatThrownBy(() -> gateway.link(imports))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.UNRESOLVED_IMPORT))
                .hasMessageContainingAll(
                        "the interface wasi:logging/logging@0.1.0-draft",
                        "the resource wasi:io/streams@0.2.0#input-stream",
                        "the function wasi:io/streams@0.2.0#[method]input-stream.blocking-read",
                        "the interface wasi:http/types@0.2.0",
                        "the interface cyber:payments/processing")
                .hasMessageNotContaining("cyber:finance/converter");
    }

    @Test
    void a_guest_keeps_resources_of_its_own_and_of_its_host() {
        List<Object> dropped = new ArrayList<>();
        HostResource journal = new HostResource(new ResourceType("journal"), (_, one) -> dropped.add(one));
        ComponentInstance guest = instance("resources", journals(journal));

        assertThat(call(guest, "test:resources/calls", "keep-journal", WitValue.of("log"), strings("a", "b")))
                .isEqualTo(strings("2", "log", "a", "b"));
        assertThat(dropped).isEmpty();
        WitValue opened = call(guest, "test:resources/calls", "open-journal", WitValue.of("log"), WitValue.of("a"));
        assertThat(opened).isInstanceOfSatisfying(WitValue.Resource.class, resource -> {
            assertThat(resource.type()).isSameAs(journal.type());
            assertThat(resource.representation()).isEqualTo(List.of("log", "a"));
        });
    }

    private static FakeHost journals(HostResource journal) {
        String host = "test:resources/host";
        return new FakeHost()
                .resource(host, "journal", journal)
                .function(host, "[constructor]journal", (_, arguments) -> {
                    List<String> lines = new ArrayList<>(List.of(text(arguments.getFirst())));
                    return Optional.of(new WitValue.Resource(journal.type(), lines));
                })
                .function(host, "[method]journal.append", (_, arguments) -> {
                    List<String> lines = lines(arguments.getFirst());
                    lines.add(text(arguments.get(1)));
                    return Optional.of(WitValue.of(lines.size() - 1));
                })
                .function(host, "[static]journal.open-journals", (_, _) -> Optional.of(WitValue.of(0)))
                .function(host, "notify", (_, _) -> Optional.of(WitValue.ok(WitValue.of(1))))
                .function(
                        host,
                        "length",
                        (_, arguments) -> Optional.of(
                                WitValue.of(lines(arguments.getFirst()).size() - 1)))
                .function(
                        host,
                        "close",
                        (_, arguments) ->
                                Optional.of(strings(lines(arguments.getFirst()).toArray(String[]::new))));
    }

    @SuppressWarnings("unchecked")
    private static List<String> lines(WitValue value) {
        return (List<String>) ((WitValue.Resource) value).representation();
    }

    private static String text(WitValue value) {
        return ((WitValue.Text) value).value();
    }

    private static WitValue strings(String... values) {
        return WitValue.list(List.of(values).stream().map(WitValue::of).toList());
    }

    @Test
    void the_counters_of_two_instances_are_of_two_types() {
        HostResource journal = new HostResource(new ResourceType("journal"), (_, _) -> {});
        LinkedComponent linked = linked("resources", journals(journal));
        ComponentInstance one = linked.instantiate(sandbox);
        ComponentInstance other = linked.instantiate(sandbox);

        WitValue counter = call(one, "test:resources/counters", "[constructor]counter", WitValue.of(5));

        assertThat(call(one, "test:resources/counters", "[method]counter.increment", counter, WitValue.of(2)))
                .isEqualTo(WitValue.of(7));
        assertThatThrownBy(() -> call(other, "test:resources/counters", "consume", counter))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(call(one, "test:resources/counters", "consume", counter)).isEqualTo(WitValue.of(7));
        assertThat(call(one, "test:resources/counters", "[static]counter.live")).isEqualTo(WitValue.of(0));
        assertThat(one.function("test:resources/counters", "peek")
                        .orElseThrow()
                        .type()
                        .parameters()
                        .getFirst()
                        .type())
                .isInstanceOf(WitType.BorrowType.class)
                .isNotEqualTo(other.function("test:resources/counters", "peek")
                        .orElseThrow()
                        .type()
                        .parameters()
                        .getFirst()
                        .type());
    }

    @Test
    void a_trap_locks_the_instance_and_no_other() {
        LinkedComponent linked = linked("misbehaving", new FakeHost());
        ComponentInstance guest = linked.instantiate(sandbox);

        assertThatThrownBy(() -> guest.function("test:misbehaving/acts", "trap")
                        .orElseThrow()
                        .call(List.of()))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.UNREACHABLE));
        assertThatThrownBy(() -> call(guest, "test:misbehaving/acts", "alive"))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.INSTANCE_LOCKED));
        assertThat(sandbox.locked()).isFalse();
        assertThat(call(linked.instantiate(sandbox), "test:misbehaving/acts", "alive"))
                .isEqualTo(WitValue.of(true));
        try (Sandbox next = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
            assertThat(call(linked.instantiate(next), "test:misbehaving/acts", "alive"))
                    .isEqualTo(WitValue.of(true));
        }
    }

    @Test
    void values_come_back_as_they_went_in() {
        ComponentInstance values = instance("values", new FakeHost());

        WitValue shape = WitValue.variant("label", WitValue.of("grüße 🌍"));
        assertThat(call(values, "test:values/echo", "echo-shape", shape)).isEqualTo(shape);
        assertThat(values.function("join").orElseThrow().call(List.of(WitValue.of("a"), WitValue.of("b"))))
                .contains(WitValue.of("ab"));
    }
}

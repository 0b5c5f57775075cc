package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Components linked to each other at run time.
final class CompositionTest {
    private static final Engine ENGINE = Engines.create();

    private final Sandbox sandbox = newSandbox();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private static Sandbox newSandbox() {
        return new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
    }

    private static Component component(String name) {
        try (InputStream bytes = CompositionTest.class.getResourceAsStream("/composition/" + name + ".wasm")) {
            return Component.load(ENGINE, bytes.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Component prebuilt(String name) {
        return Component.load(ENGINE, Prebuilt.read(name));
    }

    private static long call(ComposedInstances instances, String member, String function, long... arguments) {
        List<WitValue> values =
                java.util.Arrays.stream(arguments).mapToObj(WitValue::of).toList();
        WitValue result = instances
                .instance(member)
                .function(function)
                .orElseThrow()
                .call(values)
                .orElseThrow();
        return ((WitValue.Int) result).value();
    }

    private static Composition coins() {
        return Composition.empty()
                .with("maker", component("maker"))
                .with("bank", component("bank"))
                .with("user", component("user"))
                .linkByName();
    }

    private static Composition counting() {
        return Composition.empty()
                .with("ping", component("step"))
                .with("pong", component("step"))
                .link("ping", "next", "pong", "down")
                .link("pong", "next", "ping", "down");
    }

    @Test
    void one_component_uses_the_resources_of_another() {
        ComposedInstances instances = coins().link().instantiate(sandbox);

        assertThat(call(instances, "user", "run", 4)).isEqualTo(51);
        assertThat(call(instances, "user", "run", 4)).as("the same instances").isEqualTo(52);
    }

    @Test
    void a_resource_is_handed_on_to_a_third_component() {
        ComposedInstances instances = coins().link().instantiate(sandbox);

        assertThat(call(instances, "user", "save", 6)).isEqualTo(7);
        assertThat(call(instances, "user", "run", 4))
                .as("the bank has dropped its coin")
                .isEqualTo(52);
    }

    @Test
    void a_resource_of_another_instance_is_another_type() {
        Composition twoMakers = coins().with("other", component("maker")).link("bank", "test:coins/coins", "other");

        assertThatThrownBy(twoMakers::link)
                .isInstanceOf(ComponentException.class)
                .hasMessageContaining("user test:coins/bank, linked to bank test:coins/bank")
                .hasMessageContaining("is another resource than is wanted");
    }

    @Test
    void a_component_on_the_stack_gets_a_further_instance() {
        ComposedInstances instances = counting().link().instantiate(sandbox);

        assertThat(call(instances, "ping", "down", 5)).isEqualTo(5);
        assertThat(call(instances, "ping", "calls")).as("its first instance").isEqualTo(1);
        assertThat(call(instances, "ping", "down", 1)).isEqualTo(1);
        assertThat(call(instances, "ping", "calls")).isEqualTo(2);
    }

    @Test
    void calls_on_calls_end_at_a_depth() {
        ComposedInstances instances = counting().link().instantiate(sandbox);

        assertThatThrownBy(() -> call(instances, "ping", "down", 64))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT))
                .hasMessageContaining("deeper than 64");
        try (Sandbox other = newSandbox()) {
            assertThat(call(counting().link().instantiate(other), "ping", "down", 63))
                    .isEqualTo(63);
        }
    }

    @Test
    void a_component_is_replaced_without_touching_the_others() {
        LinkedComposition before = Composition.empty()
                .with("first", component("step"))
                .with("second", component("end"))
                .link("first", "next", "second", "down")
                .link();
        ComposedInstances running = before.instantiate(sandbox);
        assertThat(call(running, "first", "down", 1)).isEqualTo(101);

        LinkedComposition after = before.replace("second", component("end"));
        LinkedComposition longer = after.replace("first", prebuiltStep());

        assertThat(after.member("first")).isSameAs(before.member("first"));
        assertThat(after.member("second")).isNotSameAs(before.member("second"));
        assertThat(longer.member("second")).isSameAs(after.member("second"));
        assertThat(call(running, "first", "down", 2)).as("a sandbox in flight").isEqualTo(101);
        try (Sandbox other = newSandbox()) {
            assertThat(call(longer.instantiate(other), "first", "down", 0)).isZero();
        }
        assertThatThrownBy(() -> before.replace("second", component("signed")))
                .hasMessageContaining("first next, linked to second down: the function 'next' has another type")
                .hasMessageNotContaining("second:");
        assertThatThrownBy(() -> before.replace("third", component("end"))).hasMessageContaining("first, second");
    }

    private static Component prebuiltStep() {
        return component("step");
    }

    @Test
    void what_is_missing_or_does_not_fit_is_named_all_at_once() {
        Composition composition = Composition.empty()
                .with("ping", component("step"))
                .with("lonely", component("step"))
                .with("user", component("user"))
                .with("signed", component("signed"))
                .link("ping", "next", "signed", "down")
                .link("ping", "previous", "signed", "down")
                .link("user", "test:coins/coins@0.2.7", "signed")
                .link("nobody", "next", "signed", "down");

        assertThatThrownBy(composition::link)
                .isInstanceOfSatisfying(
                        ComponentException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ComponentException.Code.UNRESOLVED_IMPORT))
                .hasMessageContaining("ping next, linked to signed down: the function 'next' has another type")
                .hasMessageContaining("ping previous: it imports no such thing; it imports next")
                .hasMessageContaining("user test:coins/coins@0.2.7: signed exports no 'test:coins/coins@0.2.7'")
                .hasMessageContaining("nobody next: there is no component 'nobody'")
                .hasMessageContaining("lonely: nobody supplies the function next")
                .hasMessageContaining("user: nobody supplies the interface test:coins/coins@0.2.0,"
                        + " the interface test:coins/bank");
    }

    @Test
    void a_trap_locks_the_instances_on_the_stack_and_no_other() {
        LinkedComposition linked = counting()
                .with("aside", component("end"))
                .link("ping", "next", "pong", "fail")
                .link();
        ComposedInstances instances = linked.instantiate(sandbox);

        assertThatThrownBy(() -> call(instances, "ping", "down", 1))
                .isInstanceOfSatisfying(
                        Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.UNREACHABLE));
        for (String locked : List.of("ping", "pong")) {
            assertThatThrownBy(() -> call(instances, locked, "calls"))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.INSTANCE_LOCKED));
        }
        assertThat(call(instances, "aside", "down", 1)).isEqualTo(100);
        try (Sandbox other = newSandbox()) {
            assertThat(call(linked.instantiate(other), "ping", "down", 0)).isZero();
        }
    }

    @Test
    void strings_and_records_go_from_one_guest_to_another_and_the_host_serves_the_rest() {
        FakeHost host = new FakeHost()
                .function(
                        "wasi:config/store",
                        "get",
                        (_, _) -> Optional.of(WitValue.ok(WitValue.some(WitValue.of("1.5")))))
                .function(
                        "wasi:clocks/wall-clock",
                        "now",
                        (_, _) -> Optional.of(WitValue.record(WitValue.of(1_700_000_000), WitValue.of(5))))
                .function("wasi:random/random", "get-random-u64", (_, _) -> Optional.of(WitValue.of(7)))
                .function(
                        "wasi:random/random",
                        "get-random-bytes",
                        (_, arguments) -> Optional.of(
                                WitValue.ofBytes(new byte[(int) ((WitValue.Int) arguments.getFirst()).value()])));
        LinkedComposition shop = Composition.empty()
                .with("processor", prebuilt("processor"), host)
                .with("converter", prebuilt("converter"), host)
                .link("processor", "cyber:finance/converter", "converter")
                .link();

        WitValue receipt = shop.instantiate(sandbox)
                .instance("processor")
                .function("cyber:payments/processing", "process-payment")
                .orElseThrow()
                .call(List.of(WitValue.of("ann"), new WitValue.F64(2), WitValue.of("EUR"), WitValue.of("USD")))
                .orElseThrow();

        WitValue.RecordValue paid = (WitValue.RecordValue)
                ((WitValue.ResultValue) receipt).payload().orElseThrow();
        assertThat(paid.fields().subList(1, 5))
                .containsExactly(
                        WitValue.of("ann"), new WitValue.F64(3), WitValue.of("USD"), WitValue.of(1_700_000_000));
    }

    @Test
    void a_sandbox_holds_one_composition() {
        LinkedComposition linked = counting().link();
        ComposedInstances instances = linked.instantiate(sandbox);

        assertThatThrownBy(() -> linked.instantiate(sandbox)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> instances.instance("other")).hasMessageContaining("no component 'other'");
    }
}

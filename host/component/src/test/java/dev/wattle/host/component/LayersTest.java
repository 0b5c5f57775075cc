package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Both layers do the same, and what the generated one sees through nobody notices.
class LayersTest {
    private static final MethodType BINARY = MethodType.methodType(int.class, int.class, int.class);
    private final Engine engine = Engines.create();

    private Component load(String name) throws IOException {
        try (InputStream in = LayersTest.class.getResourceAsStream("/fused/" + name + ".wasm")) {
            return Component.load(engine, Objects.requireNonNull(in, name).readAllBytes());
        }
    }

    private static Sandbox sandbox() {
        return new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
    }

    @ParameterizedTest
    @EnumSource(Layer.class)
    void numbers_strings_and_lists_go_from_component_to_component(Layer layer) throws IOException {
        LinkedComponent calls = load("calls").link(_ -> Optional.empty(), layer);
        try (Sandbox sandbox = sandbox()) {
            ComponentInstance instance = calls.instantiate(sandbox);
            assertThat(call(instance, "run-add", WitValue.of(5))).contains(WitValue.of(15));
            assertThat(call(instance, "run-echo", WitValue.of(2))).contains(WitValue.of(2 * (32 + 'a')));
            assertThat(call(instance, "run-take", WitValue.of(2))).contains(WitValue.of(2 << 20));
        }
    }

    private static Optional<WitValue> call(ComponentInstance instance, String name, WitValue... arguments) {
        return instance.function(name).orElseThrow().call(List.of(arguments));
    }

    @Test
    void one_handle_calls_each_instance_with_javas_own_types() throws Throwable {
        LinkedComponent calls = load("calls").link(_ -> Optional.empty(), Layer.GENERATED);
        MethodHandle add = calls.handle("add", BINARY).orElseThrow();
        for (int i = 0; i < 3; i++) {
            try (Sandbox sandbox = sandbox()) {
                assertThat((int) add.invokeExact(calls.instantiate(sandbox), 40, i))
                        .isEqualTo(40 + i);
            }
        }
    }

    @Test
    void a_handle_refuses_types_that_do_not_fit_and_instances_of_others() throws IOException {
        LinkedComponent calls = load("calls").link(_ -> Optional.empty(), Layer.GENERATED);
        LinkedComponent others = load("calls").link(_ -> Optional.empty(), Layer.GENERATED);
        MethodHandle add = calls.handle("add", BINARY).orElseThrow();
        assertThatThrownBy(() -> calls.handle("add", MethodType.methodType(int.class)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(calls.handle("none", BINARY)).isEmpty();
        try (Sandbox sandbox = sandbox()) {
            ComponentInstance other = others.instantiate(sandbox);
            assertThatThrownBy(() -> add.invoke(other, 1, 2)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(Layer.class)
    void a_lowered_function_is_called_through_a_shim(Layer layer) throws IOException {
        List<WitValue> told = new ArrayList<>();
        LinkedComponent shim = load("shim").link(telling(told), layer);
        try (Sandbox sandbox = sandbox()) {
            assertThat(call(shim.instantiate(sandbox), "ask")).contains(WitValue.of(7));
        }
        assertThat(told).containsExactly(WitValue.of("hello"));
    }

    @ParameterizedTest
    @EnumSource(Layer.class)
    void a_call_through_a_shim_that_nobody_has_filled_yet_traps(Layer layer) throws IOException {
        List<WitValue> told = new ArrayList<>();
        LinkedComponent early = load("early").link(telling(told), layer);
        try (Sandbox sandbox = sandbox()) {
            assertThatThrownBy(() -> early.instantiate(sandbox))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.UNINITIALIZED_ELEMENT));
        }
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shim", "calls"})
    void instances_are_made_anew_each_time(String name) throws IOException {
        LinkedComponent linked = load(name).link(telling(new ArrayList<>()), Layer.GENERATED);
        for (int i = 0; i < 3; i++) {
            try (Sandbox sandbox = sandbox()) {
                assertThat(linked.instantiate(sandbox)).isNotNull();
            }
        }
    }

    private static ImportSource telling(List<WitValue> told) {
        return new ImportSource() {
            @Override
            public Optional<HostInterface> interfaceFor(dev.wattle.wit.InterfaceName name) {
                return Optional.empty();
            }

            @Override
            public Optional<HostFunction> rootFunction(String name, FunctionType type) {
                return Optional.of((_, arguments) -> {
                    told.addAll(arguments);
                    return Optional.of(WitValue.of(7));
                });
            }
        };
    }
}

package dev.wattle.host.component;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.ComponentException.Code;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.Engines;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Modules, components and instances as imports and exports. The guests are the texts in `resources/linking`.
class LinkingTest {
    private static final Engine ENGINE = Engines.create();

    private final Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);

    @AfterEach
    void close() {
        sandbox.close();
    }

    /// Imports at the root of the world, by name.
    private static final class World implements ImportSource {
        private final Map<String, Object> items = new HashMap<>();

        World with(String name, Object item) {
            items.put(name, item);
            return this;
        }

        private <T> Optional<T> item(String name, Class<T> type) {
            return Optional.ofNullable(items.get(name)).filter(type::isInstance).map(type::cast);
        }

        @Override
        public Optional<HostInterface> interfaceFor(InterfaceName name) {
            return item(name.toString(), HostInterface.class);
        }

        @Override
        public Optional<HostInterface> rootInstance(String name) {
            return item(name, HostInterface.class);
        }

        @Override
        public Optional<CoreModule> rootModule(String name) {
            return item(name, CoreModule.class);
        }

        @Override
        public Optional<Component> rootComponent(String name) {
            return item(name, Component.class);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream file = LinkingTest.class.getResourceAsStream("/linking/" + name + ".wasm")) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Component component(String name) {
        return Component.load(ENGINE, bytes(name));
    }

    private static WitValue call(ComponentInstance instance, String function, long... arguments) {
        List<WitValue> values = LongStream.of(arguments).mapToObj(WitValue::of).toList();
        return instance.function(function).orElseThrow().call(values).orElseThrow();
    }

    private ComponentInstance counters() {
        World world = new World().with("counter", ENGINE.compile(bytes("counter")));
        return component("module-user").link(world).instantiate(sandbox);
    }

    @Test
    void a_core_module_of_the_host_is_instantiated_as_often_as_the_component_says() {
        ComponentInstance counters = counters();

        assertThat(call(counters, "next-of-one")).isEqualTo(WitValue.of(42));
        assertThat(call(counters, "next-of-one")).isEqualTo(WitValue.of(43));
        assertThat(call(counters, "next-of-other")).isEqualTo(WitValue.of(42));
    }

    @Test
    void an_exported_module_and_a_component_that_captured_it_go_on_without_the_instance() {
        ComponentInstance counters = counters();
        Component captured = counters.component("captured").orElseThrow();
        World world = new World().with("counter", counters.module("counter").orElseThrow());

        assertThat(call(captured.link(new World()).instantiate(sandbox), "next"))
                .isEqualTo(WitValue.of(101));
        assertThat(call(component("module-user").link(world).instantiate(sandbox), "next-of-one"))
                .isEqualTo(WitValue.of(42));
        assertThat(counters.component("counter")).isEmpty();
        assertThat(counters.module("captured")).isEmpty();
    }

    @Test
    void a_core_module_that_does_not_fit_is_refused() {
        // (module (import "env" "other" (global i32)))
        byte[] other = HexFormat.of().parseHex("0061736d01000000" + "020e0103656e76056f74686572037f00");
        World world = new World().with("counter", ENGINE.compile(other));

        assertThatThrownBy(() -> component("module-user").link(world))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID))
                .hasMessageContaining("'env' 'other'");
    }

    @Test
    void an_imported_component_gets_what_it_imports_and_has_an_instance_of_its_own_each_time() {
        World world = new World().with("maker", component("maker"));
        ComponentInstance factory = component("factory").link(world).instantiate(sandbox);

        assertThat(call(factory, "run-one", 5)).isEqualTo(WitValue.of(5));
        assertThat(call(factory, "run-one", 6)).isEqualTo(WitValue.of(11));
        assertThat(call(factory, "run-other", 7)).isEqualTo(WitValue.of(7));
    }

    @Test
    void a_component_that_does_not_fit_is_refused() {
        World wantsMore = new World().with("maker", component("customer"));

        assertThatThrownBy(() -> component("factory").link(wantsMore))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.INVALID))
                .hasMessageContaining("imports 'shop', which nobody is to supply");
        World makesLess = new World().with("maker", component("shop"));
        assertThatThrownBy(() -> component("factory").link(makesLess))
                .hasMessageContaining("'maker' has no export 'run'");
    }

    @Test
    void an_instance_serves_another_component_with_instances_inside_and_its_own_resource() {
        ComponentInstance shop = component("shop").link(new World()).instantiate(sandbox);
        World world =
                new World().with("shop", HostInterface.of(shop.instance("shop").orElseThrow()));
        ComponentInstance customer = component("customer").link(world).instantiate(sandbox);

        assertThat(call(customer, "spend", 30)).isEqualTo(WitValue.of(30));
        assertThat(call(shop, "dropped")).as("the destructor ran in the shop").isEqualTo(WitValue.of(30));
        assertThat(call(customer, "spend", 4)).isEqualTo(WitValue.of(4));
        assertThat(call(shop, "dropped")).isEqualTo(WitValue.of(34));
    }

    @Test
    void an_instance_serves_no_component_in_another_sandbox() {
        ComponentInstance shop = component("shop").link(new World()).instantiate(sandbox);
        World world =
                new World().with("shop", HostInterface.of(shop.instance("shop").orElseThrow()));
        try (Sandbox other = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS)) {
            ComponentInstance customer = component("customer").link(world).instantiate(other);

            assertThatThrownBy(() -> call(customer, "spend", 30))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("another sandbox");
        }
        assertThat(call(shop, "dropped")).isEqualTo(WitValue.of(0));
    }

    @Test
    void what_the_type_of_an_export_hides_is_not_there() {
        ComponentInstance shop = component("shop").link(new World()).instantiate(sandbox);
        ComponentInstance till =
                shop.instance("shop").orElseThrow().instance("till").orElseThrow();

        assertThat(till.function("mint")).isPresent();
        assertThat(till.function("dropped")).isEmpty();
        assertThat(till.resource("coin")).isPresent();
    }

    @Test
    void resources_of_two_instances_of_one_component_are_not_the_same() {
        LinkedComponent linked = component("shop").link(new World());
        ComponentInstance one = linked.instantiate(sandbox);
        ComponentInstance other = linked.instantiate(sandbox);
        HostInterface till = HostInterface.of(till(one));
        HostInterface mixed = new HostInterface() {
            @Override
            public Optional<HostFunction> function(String name, FunctionType type) {
                return HostInterface.of(till(other)).function(name, type);
            }

            @Override
            public Optional<HostResource> resource(String name) {
                return till.resource(name);
            }
        };

        assertThatThrownBy(() -> component("customer").link(new World().with("shop", inside("till", mixed))))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.UNRESOLVED_IMPORT))
                .hasMessageContaining("the function shop#till#mint, the function shop#till#worth");
    }

    private static ComponentInstance till(ComponentInstance shop) {
        return shop.instance("shop").orElseThrow().instance("till").orElseThrow();
    }

    private static final HostInterface NOTHING = new Empty();

    private static class Empty implements HostInterface {
        @Override
        public Optional<HostFunction> function(String name, FunctionType type) {
            return Optional.empty();
        }

        @Override
        public Optional<HostResource> resource(String name) {
            return Optional.empty();
        }
    }

    private static HostInterface inside(String outer, HostInterface inner) {
        return new Empty() {
            @Override
            public Optional<HostInterface> instance(String name) {
                return name.equals(outer) ? Optional.of(inner) : Optional.empty();
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "test:versions/it@0.2.1, 1",
        "test:versions/it@0.2.10, 2",
        "test:versions/it@0.2.4, 2",
        "test:versions/it@0.2.99, 2",
        "test:versions/it@0.3.7, 3",
        "test:versions/only@1.0.0, 3",
        "test:versions/only, 3",
    })
    void an_interface_is_found_by_any_version_of_its_track(String name, long version) {
        ComponentInstance instance = component("versions").link(new World()).instantiate(sandbox);

        assertThat(instance.function(name, "version").orElseThrow().call(List.of()))
                .contains(WitValue.of(version));
        assertThat(instance.instance(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "test:versions/it",
                "test:versions/it@0.4.0",
                "test:versions/it@1.2.1",
                "test:versions/only@2.2.3"
            })
    void an_interface_is_not_found_by_a_version_of_another_track(String name) {
        ComponentInstance instance = component("versions").link(new World()).instantiate(sandbox);

        assertThat(instance.function(name, "version")).isEmpty();
        assertThat(instance.instance(name)).isEmpty();
    }

    @Test
    void a_resource_that_is_imported_twice_is_the_same_or_left_out() {
        HostResource one = new HostResource(new ResourceType("thing"), (_, _) -> {});
        HostResource other = new HostResource(new ResourceType("thing"), (_, _) -> {});
        Component same = component("same");

        assertThat(same.link(new World().with("host", resources(Map.of("one", one)))))
                .isNotNull();
        assertThat(same.link(new World().with("host", resources(Map.of("one", one, "again", one)))))
                .isNotNull();
        assertThatThrownBy(() -> same.link(new World().with("host", resources(Map.of("one", one, "again", other)))))
                .isInstanceOfSatisfying(
                        ComponentException.class, e -> assertThat(e.code()).isEqualTo(Code.UNRESOLVED_IMPORT))
                .hasMessageContaining("the resource host#again as the one that stands before it");
    }

    private static HostInterface resources(Map<String, HostResource> resources) {
        return new Empty() {
            @Override
            public Optional<HostResource> resource(String name) {
                return Optional.ofNullable(resources.get(name));
            }
        };
    }

    @Test
    void all_that_is_missing_is_named_with_the_way_to_it() {
        HostInterface empty = inside("till", inside("nothing", NOTHING));

        assertThatThrownBy(() -> component("customer").link(new World()))
                .hasMessageContaining("nobody supplies the interface shop");
        assertThatThrownBy(() -> component("customer").link(new World().with("shop", empty)))
                .hasMessageContaining(
                        "nobody supplies the resource shop#till#coin, the function shop#till#mint, the function"
                                + " shop#till#worth");
        assertThatThrownBy(() -> component("module-user").link(new World()))
                .hasMessageContaining("the core module counter");
        assertThatThrownBy(() -> component("factory").link(new World())).hasMessageContaining("the component maker");
    }

    @Test
    void the_type_of_a_component_tells_its_modules_components_and_instances() {
        ComponentType user = component("module-user").type();
        ComponentType shop = component("shop").type();

        assertThat(user.imports().get("counter")).isInstanceOfSatisfying(ExternType.ModuleItem.class, module -> {
            assertThat(module.imports()).extracting(CoreModule.CoreImport::name).containsExactly("seed", "unused");
            assertThat(module.exports()).extracting(CoreModule.CoreExport::name).containsExactly("next");
        });
        assertThat(user.exports().get("captured"))
                .isInstanceOfSatisfying(
                        ExternType.ComponentItem.class,
                        item -> assertThat(item.type().exports()).containsOnlyKeys("next"));
        assertThat(shop.exports().get("shop"))
                .isInstanceOfSatisfying(
                        ExternType.InterfaceItem.class,
                        item -> assertThat(item.inner()).containsOnlyKeys("till"));
    }
}

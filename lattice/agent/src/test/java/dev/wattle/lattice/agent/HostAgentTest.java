package dev.wattle.lattice.agent;

import static dev.wattle.lattice.agent.FakeEdge.HOST;
import static dev.wattle.lattice.agent.FakeEdge.LATTICE;
import static dev.wattle.lattice.agent.FakeEdge.texts;
import static dev.wattle.lattice.agent.FakeEdge.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.lattice.agent.AgentEvent.Outcome;
import dev.wattle.lattice.protocol.ComponentAuction;
import dev.wattle.lattice.protocol.ComponentAuctionAck;
import dev.wattle.lattice.protocol.ComponentSpec;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.ControlJson;
import dev.wattle.lattice.protocol.ControlOperation;
import dev.wattle.lattice.protocol.ControlResponse;
import dev.wattle.lattice.protocol.DeleteLabelCommand;
import dev.wattle.lattice.protocol.DeleteLinkCommand;
import dev.wattle.lattice.protocol.HostBeat;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.HostSummary;
import dev.wattle.lattice.protocol.LatticeEvent;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.LinkName;
import dev.wattle.lattice.protocol.ProviderAuction;
import dev.wattle.lattice.protocol.PutLabelCommand;
import dev.wattle.lattice.protocol.ScaleComponentCommand;
import dev.wattle.lattice.protocol.StartProviderCommand;
import dev.wattle.lattice.protocol.StopHostCommand;
import dev.wattle.lattice.protocol.StopProviderCommand;
import dev.wattle.lattice.protocol.UpdateComponentCommand;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.lattice.protocol.WrpcHeaders;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.InterfaceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostAgentTest {
    private static final WorkloadId CONVERTER = new WorkloadId("converter");
    private static final WorkloadId GATEWAY = new WorkloadId("gateway");
    private static final WorkloadId HTTP = new WorkloadId("http");
    private static final String BUILTIN = "wasmcloud+builtin://http-server";
    private static final ControlOperation SCALE = new ControlOperation.ScaleComponent(HOST);
    private static final ControlOperation UPDATE = new ControlOperation.UpdateComponent(HOST);
    private static final ControlOperation PUT_LINK = new ControlOperation.PutLink();

    private final FakeEdge edge = new FakeEdge("worker", "true");

    private static ByteString scale(String reference, int count, boolean allowUpdate, String... config) {
        return new ScaleComponentCommand(
                        CONVERTER,
                        reference,
                        texts("app", "payments"),
                        count,
                        Optional.empty(),
                        Optional.of(HOST),
                        List.of(config).stream().map(ConfigName::new).toList(),
                        allowUpdate)
                .toJson();
    }

    private static LatticeEvent scaled(String reference, int count) {
        return new LatticeEvent.ComponentScaled(CONVERTER, HOST, reference, count, texts("app", "payments"));
    }

    private static LatticeEvent scaleFailed(String reference, int count, String error) {
        return new LatticeEvent.ComponentScaleFailed(
                CONVERTER, HOST, reference, count, texts("app", "payments"), error);
    }

    private static Link link(WorkloadId source, WorkloadId target, String interfaceName, String... targetConfig) {
        return new Link(
                source,
                target,
                LinkName.DEFAULT,
                "cyber",
                "finance",
                List.of(interfaceName),
                List.of(),
                List.of(targetConfig).stream().map(ConfigName::new).toList());
    }

    private static List<String> kindsOf(List<AgentEffect> effects) {
        return effects.stream().map(effect -> effect.getClass().getSimpleName()).toList();
    }

    private static void assertOk(Optional<ControlResponse> response, String message) {
        assertThat(response).hasValueSatisfying(value -> {
            assertThat(value.success()).as(value.message()).isTrue();
            assertThat(value.message()).contains(message);
        });
    }

    private static void assertRefused(Optional<ControlResponse> response, String message) {
        assertThat(response).hasValueSatisfying(value -> {
            assertThat(value.success()).isFalse();
            assertThat(value.message()).contains(message);
        });
    }

    // Components

    @Test
    void scale_from_nothing_to_two_starts_and_publishes_two_component_scaled() {
        assertOk(edge.ask(SCALE, scale("file:///c.wasm", 2, false)), "");
        assertThat(edge.all(AgentEffect.StartComponent.class)).singleElement().satisfies(start -> {
            assertThat(start.imageRef()).isEqualTo("file:///c.wasm");
            assertThat(start.maxInstances()).isEqualTo(2);
        });
        assertThat(edge.published()).containsExactly(scaled("file:///c.wasm", 2), scaled("file:///c.wasm", 2));
        assertThat(edge.agent().inventory(edge.now).components())
                .singleElement()
                .satisfies(component -> {
                    assertThat(component.id()).isEqualTo(CONVERTER);
                    assertThat(component.maxInstances()).isEqualTo(2);
                    assertThat(component.annotations()).isEqualTo(texts("app", "payments"));
                });
        assertThat(edge.spec("COMPONENT_converter")).isEqualTo(new ComponentSpec("file:///c.wasm", List.of()));
    }

    @Test
    void scale_from_nothing_to_nothing_says_so() {
        assertOk(edge.ask(SCALE, scale("r", 0, false)), "");
        assertThat(edge.published()).containsExactly(scaled("r", 0));
        assertThat(edge.agent().inventory(edge.now).components()).isEmpty();
    }

    @Test
    void scale_to_another_count_scales_once() {
        edge.ask(SCALE, scale("r", 2, false));
        edge.effects.clear();
        assertOk(edge.ask(SCALE, scale("r", 5, false)), "");
        assertThat(edge.all(AgentEffect.ScaleComponent.class)).hasSize(1);
        assertThat(edge.published()).containsExactly(scaled("r", 5));
    }

    @Test
    void scale_to_the_same_changes_nothing_and_says_so() {
        edge.ask(SCALE, scale("r", 2, false));
        edge.effects.clear();
        assertOk(edge.ask(SCALE, scale("r", 2, false)), "");
        assertThat(edge.all(AgentEffect.ScaleComponent.class)).isEmpty();
        assertThat(edge.published()).containsExactly(scaled("r", 2));
    }

    @Test
    void scale_to_zero_stops() {
        edge.ask(SCALE, scale("r", 2, false));
        edge.effects.clear();
        assertOk(edge.ask(SCALE, scale("r", 0, false)), "");
        assertThat(edge.all(AgentEffect.StopComponent.class)).hasSize(1);
        assertThat(edge.published()).containsExactly(scaled("r", 0));
        assertThat(edge.agent().inventory(edge.now).components()).isEmpty();
    }

    @Test
    void another_image_is_kept_out_unless_updates_are_allowed() {
        edge.ask(SCALE, scale("r1", 2, false));
        edge.effects.clear();
        assertOk(edge.ask(SCALE, scale("r2", 3, false)), "keeps its image");
        assertThat(edge.published()).containsExactly(scaled("r1", 3));
        edge.effects.clear();
        assertOk(edge.ask(SCALE, scale("r2", 3, true)), "then updated");
        assertThat(edge.all(AgentEffect.UpdateComponent.class)).hasSize(1);
        assertThat(edge.published()).containsExactly(scaled("r1", 3), scaled("r1", 0), scaled("r2", 3));
    }

    @Test
    void a_start_that_fails_is_told_and_can_be_tried_again() {
        edge.workloads = Optional.of(new Outcome.Failed("no such file"));
        assertOk(edge.ask(SCALE, scale("r", 2, false)), "");
        assertThat(edge.published()).containsExactly(scaleFailed("r", 2, "no such file"));
        assertThat(edge.agent().inventory(edge.now).components()).isEmpty();
        edge.effects.clear();
        edge.workloads = Optional.of(new Outcome.Done());
        edge.ask(SCALE, scale("r", 2, false));
        assertThat(edge.published()).containsExactly(scaled("r", 2), scaled("r", 2));
    }

    @Test
    void commands_for_one_component_run_one_after_the_other() {
        edge.workloads = Optional.empty();
        edge.ask(SCALE, scale("r", 2, false));
        edge.ask(SCALE, scale("r", 0, false));
        edge.ask(SCALE, scale("r", 0, false));
        edge.ask(SCALE, scale("r", 3, false));
        assertThat(edge.all(AgentEffect.StopComponent.class)).isEmpty();
        edge.workloads = Optional.of(new Outcome.Done());
        edge.tell(new AgentEvent.OperationEnded(edge.open.getFirst(), new Outcome.Done()));
        assertThat(edge.published())
                .containsExactly(scaled("r", 2), scaled("r", 2), scaled("r", 0), scaled("r", 3), scaled("r", 3));
        assertThat(edge.all(AgentEffect.StopComponent.class))
                .as("repeated command, run once")
                .hasSize(1);
    }

    @Test
    void a_storm_of_commands_is_refused_at_a_bound() {
        edge.workloads = Optional.empty();
        edge.ask(SCALE, scale("r", 1, false));
        for (int i = 0; i < Components.MAX_WAITING; i++) {
            assertOk(edge.ask(SCALE, scale("r", i + 2, false)), "");
        }
        assertRefused(edge.ask(SCALE, scale("r", 1000, false)), "commands wait");
    }

    @Test
    void an_update_replaces_and_the_last_event_names_the_new_image() {
        var update = new UpdateComponentCommand(CONVERTER, "r2", texts(), Optional.of(HOST)).toJson();
        assertRefused(edge.ask(UPDATE, update), "component converter not found");
        edge.ask(SCALE, scale("r1", 2, false));
        edge.effects.clear();
        assertOk(edge.ask(UPDATE, update), "component converter updating from r1 to r2");
        assertThat(edge.published()).containsExactly(scaled("r1", 0), scaled("r2", 2));
        assertOk(edge.ask(UPDATE, update), "component converter already updated to r2");
    }

    @Test
    void an_update_that_fails_leaves_the_old_image() {
        edge.ask(SCALE, scale("r1", 2, false));
        edge.effects.clear();
        edge.workloads = Optional.of(new Outcome.Failed("damaged"));
        edge.ask(UPDATE, new UpdateComponentCommand(CONVERTER, "r2", texts(), Optional.empty()).toJson());
        assertThat(edge.published()).containsExactly(scaleFailed("r2", 2, "damaged"));
        assertThat(edge.agent().inventory(edge.now).components().getFirst().imageRef())
                .isEqualTo("r1");
    }

    @Test
    void a_command_without_image_or_for_another_host_is_refused() {
        assertRefused(edge.ask(SCALE, scale("", 1, false)), "component_ref is required");
        String other = "N" + "B".repeat(55);
        var command = new ScaleComponentCommand(
                CONVERTER, "r", texts(), 1, Optional.empty(), Optional.of(new HostId(other)), List.of(), false);
        assertRefused(edge.ask(SCALE, command.toJson()), "invalid host_id [" + other + "]");
        assertThat(edge.published()).isEmpty();
    }

    // Configuration

    private Optional<ControlResponse> putConfig(String name, String... texts) {
        return edge.ask(new ControlOperation.PutConfig(new ConfigName(name)), ControlJson.writeTexts(texts(texts)));
    }

    @Test
    void configuration_is_merged_and_reaches_running_components_live() {
        assertOk(putConfig("a", "x", "1", "y", "1"), "");
        assertOk(putConfig("b", "y", "2"), "");
        edge.ask(SCALE, scale("r", 1, false, "a", "b"));
        assertThat(edge.all(AgentEffect.StartComponent.class).getFirst().config())
                .isEqualTo(new ConfigValues(texts("x", "1", "y", "2")));
        edge.effects.clear();
        putConfig("b", "y", "3");
        assertThat(edge.all(AgentEffect.ComponentConfig.class))
                .containsExactly(
                        new AgentEffect.ComponentConfig(CONVERTER, new ConfigValues(texts("x", "1", "y", "3"))));
        edge.effects.clear();
        edge.ask(new ControlOperation.DeleteConfig(new ConfigName("b")), ByteString.EMPTY);
        assertThat(edge.published()).containsExactly(new LatticeEvent.ConfigDeleted(new ConfigName("b")));
        assertThat(edge.all(AgentEffect.ComponentConfig.class))
                .containsExactly(
                        new AgentEffect.ComponentConfig(CONVERTER, new ConfigValues(texts("x", "1", "y", "1"))));
    }

    @Test
    void configuration_is_read_from_the_store() {
        var find = new ControlOperation.FindConfig(new ConfigName("a"));
        assertOk(edge.ask(find, ByteString.EMPTY), "Configuration not found");
        putConfig("a", "x", "1");
        var found = edge.ask(find, ByteString.EMPTY).orElseThrow();
        assertThat(ControlJson.readTexts(found.requireResponse())).isEqualTo(texts("x", "1"));
    }

    @Test
    void configuration_that_is_no_object_of_strings_is_refused() {
        assertRefused(
                edge.ask(new ControlOperation.PutConfig(new ConfigName("a")), utf8("{\"x\":1}")), "expected a string");
        assertThat(edge.store.in(Bucket.CONFIG_DATA)).isEmpty();
    }

    @Test
    void values_of_a_configuration_are_never_shown() {
        putConfig("a", "password", "hunter2");
        edge.ask(SCALE, scale("r", 1, false, "a"));
        assertThat(edge.effects.toString()).contains("password").doesNotContain("hunter2");
    }

    // Links

    @Test
    void a_link_is_written_and_routed() {
        Link link = link(GATEWAY, CONVERTER, "converter");
        assertOk(edge.ask(PUT_LINK, link.toJson()), "successfully set link");
        assertThat(edge.published()).containsExactly(new LatticeEvent.LinkSet(link));
        assertThat(edge.all(AgentEffect.UseRoutes.class))
                .singleElement()
                .satisfies(use -> assertThat(use.routes()
                                .find(GATEWAY, LinkName.DEFAULT, InterfaceName.parse("cyber:finance/converter@1.0.0")))
                        .contains(CONVERTER));
        assertThat(kindsOf(edge.effects))
                .as("routes before the answer")
                .containsSubsequence("KvCreate", "UseRoutes", "Reply");
        var all = edge.ask(new ControlOperation.ListLinks(), ByteString.EMPTY).orElseThrow();
        assertThat(ControlJson.readLinks(all.requireResponse())).containsExactly(link);
    }

    @Test
    void a_link_whose_configuration_is_not_there_is_refused() {
        Link link = link(GATEWAY, CONVERTER, "converter", "absent");
        assertRefused(
                edge.ask(PUT_LINK, link.toJson()),
                "Failed to validate configuration and secrets. Configuration absent not found in config store. ");
        assertThat(edge.published()).singleElement().isInstanceOf(LatticeEvent.LinkSetFailed.class);
    }

    @Test
    void a_second_target_for_one_interface_is_refused() {
        edge.ask(PUT_LINK, link(GATEWAY, CONVERTER, "converter").toJson());
        assertRefused(
                edge.ask(PUT_LINK, link(GATEWAY, HTTP, "converter").toJson()),
                "link already exists with different target");
    }

    @Test
    void a_put_that_lost_against_another_writer_loses_nothing() {
        Link mine = link(GATEWAY, CONVERTER, "converter");
        List<Link> theirs = new ArrayList<>();
        edge.beforeWrite = () -> {
            if (theirs.size() < 3) {
                theirs.add(link(GATEWAY, HTTP, "other" + theirs.size()));
                edge.store.put(Bucket.LATTICE_DATA, "COMPONENT_gateway", new ComponentSpec("u", theirs).toJson());
            }
        };
        assertOk(edge.ask(PUT_LINK, mine.toJson()), "successfully set link");
        var stored = edge.spec("COMPONENT_gateway");
        assertThat(stored.url()).isEqualTo("u");
        assertThat(stored.links()).hasSize(4).contains(mine).containsAll(theirs);
    }

    @Test
    void a_put_that_always_loses_gives_up_with_a_reason() {
        edge.beforeWrite = () ->
                edge.store.put(Bucket.LATTICE_DATA, "COMPONENT_gateway", new ComponentSpec("u", List.of()).toJson());
        assertRefused(edge.ask(PUT_LINK, link(GATEWAY, CONVERTER, "converter").toJson()), "lost against other writers");
    }

    @Test
    void deleting_a_link_always_succeeds() {
        var which = new DeleteLinkCommand(GATEWAY, LinkName.DEFAULT, "cyber", "finance");
        var delete = new ControlOperation.DeleteLink();
        assertOk(edge.ask(delete, which.toJson()), "successfully deleted link (spec doesn't exist)");
        assertThat(edge.published()).isEmpty();
        edge.ask(PUT_LINK, link(GATEWAY, CONVERTER, "converter").toJson());
        edge.effects.clear();
        assertOk(edge.ask(delete, which.toJson()), "successfully deleted link");
        assertThat(edge.published())
                .containsExactly(new LatticeEvent.LinkDeleted(which, Optional.of(CONVERTER), List.of("converter")));
        assertThat(edge.all(AgentEffect.UseRoutes.class).getLast().routes()).isEqualTo(Routes.NONE);
        edge.effects.clear();
        assertOk(edge.ask(delete, which.toJson()), "successfully deleted link");
        assertThat(edge.published()).containsExactly(new LatticeEvent.LinkDeleted(which, Optional.empty(), List.of()));
    }

    @Test
    void links_that_another_host_wrote_are_routed_too() {
        var other = new FakeEdge(edge.store);
        other.ask(PUT_LINK, link(GATEWAY, CONVERTER, "converter").toJson());
        edge.tell(new AgentEvent.TimerFired(AgentEvent.Timer.BEAT));
        assertThat(edge.all(AgentEffect.UseRoutes.class)).hasSize(1);
    }

    @Test
    void a_host_that_starts_later_knows_all_links_at_once() {
        edge.ask(PUT_LINK, link(GATEWAY, CONVERTER, "converter").toJson());
        edge.ask(PUT_LINK, link(CONVERTER, HTTP, "other").toJson());
        var late = new FakeEdge(edge.store);
        var all = late.ask(new ControlOperation.ListLinks(), ByteString.EMPTY).orElseThrow();
        assertThat(ControlJson.readLinks(all.requireResponse())).hasSize(2);
    }

    // Providers

    private Optional<ControlResponse> startProvider() {
        return edge.ask(
                new ControlOperation.StartProvider(HOST),
                new StartProviderCommand(HTTP, BUILTIN, Optional.of(HOST), List.of(), texts("a", "b")).toJson());
    }

    @Test
    void a_provider_starts_gets_its_links_and_stops() {
        putConfig("route", "path", "/");
        Link link = link(HTTP, GATEWAY, "incoming-handler", "route");
        edge.ask(PUT_LINK, link.toJson());
        edge.effects.clear();
        assertOk(startProvider(), "successfully started provider");
        assertThat(edge.published())
                .containsExactly(new LatticeEvent.ProviderStarted(HTTP, HOST, BUILTIN, texts("a", "b")));
        assertThat(edge.all(AgentEffect.PutProviderLink.class))
                .containsExactly(new AgentEffect.PutProviderLink(
                        HTTP, link, ConfigValues.NONE, new ConfigValues(texts("path", "/"))));
        assertRefused(startProvider(), "provider with that ID is already running");
        edge.effects.clear();
        putConfig("route", "path", "/v2");
        assertThat(edge.all(AgentEffect.PutProviderLink.class))
                .containsExactly(new AgentEffect.PutProviderLink(
                        HTTP, link, ConfigValues.NONE, new ConfigValues(texts("path", "/v2"))));
        edge.ask(
                new ControlOperation.DeleteLink(),
                new DeleteLinkCommand(HTTP, LinkName.DEFAULT, "cyber", "finance").toJson());
        assertThat(edge.all(AgentEffect.DeleteProviderLink.class))
                .containsExactly(new AgentEffect.DeleteProviderLink(HTTP, link));
        edge.effects.clear();
        var stop = new ControlOperation.StopProvider(HOST);
        var command = new StopProviderCommand(HTTP, Optional.of(HOST)).toJson();
        assertOk(edge.ask(stop, command), "successfully stopped provider");
        assertThat(edge.published())
                .containsExactly(new LatticeEvent.ProviderStopped(HTTP, HOST, texts("a", "b"), "stop"));
        assertRefused(edge.ask(stop, command), "provider with that ID is not running");
    }

    @Test
    void a_provider_that_cannot_start_is_told() {
        edge.workloads = Optional.of(new Outcome.Failed("port 8080 is taken"));
        assertOk(startProvider(), "");
        assertThat(edge.published())
                .containsExactly(new LatticeEvent.ProviderStartFailed(HTTP, HOST, BUILTIN, "port 8080 is taken"));
        assertThat(edge.agent().inventory(edge.now).providers()).isEmpty();
    }

    @Test
    void a_stop_waits_for_a_start() {
        edge.workloads = Optional.empty();
        startProvider();
        edge.ask(new ControlOperation.StopProvider(HOST), new StopProviderCommand(HTTP, Optional.of(HOST)).toJson());
        String inbox = edge.lastInbox();
        assertThat(edge.replyTo(inbox)).isEmpty();
        edge.workloads = Optional.of(new Outcome.Done());
        edge.tell(new AgentEvent.OperationEnded(edge.open.getFirst(), new Outcome.Done()));
        assertOk(edge.replyTo(inbox), "successfully stopped provider");
        assertThat(edge.agent().inventory(edge.now).providers()).isEmpty();
    }

    @Test
    void a_builtin_provider_that_is_not_here_is_not_answered() {
        var command = new StartProviderCommand(
                HTTP, "wasmcloud+builtin://messaging-nats", Optional.of(HOST), List.of(), texts());
        assertThat(edge.ask(new ControlOperation.StartProvider(HOST), command.toJson()))
                .isEmpty();
        assertThat(edge.published()).isEmpty();
    }

    @Test
    void a_provider_that_ended_by_itself_is_told() {
        startProvider();
        edge.effects.clear();
        edge.tell(new AgentEvent.ProviderExited(HTTP, "crashed"));
        assertThat(edge.published())
                .containsExactly(new LatticeEvent.ProviderStopped(HTTP, HOST, texts("a", "b"), "crashed"));
    }

    @Test
    void references_of_files_and_registries_lose_their_scheme() {
        assertThat(Providers.bareReference("file:///p.par")).isEqualTo("/p.par");
        assertThat(Providers.bareReference("oci://ghcr.io/x:1")).isEqualTo("ghcr.io/x:1");
        assertThat(Providers.bareReference(BUILTIN)).isEqualTo(BUILTIN);
    }

    // The host

    @Test
    void a_host_says_that_it_is_there_and_beats() {
        var agent = new HostAgent(
                AgentSettings.of(HOST, LATTICE, "calm", texts("a", "b"), "0.1.0", 42, 5000, new java.util.TreeSet<>()));
        var first = agent.handle(new AgentEvent.Started(), 5000);
        assertThat(first)
                .contains(
                        new AgentEffect.PublishEvent(new LatticeEvent.HostStarted("calm", texts("a", "b"), 0, "0.1.0")),
                        new AgentEffect.SetTimer(AgentEvent.Timer.HEARTBEAT, 35_000),
                        new AgentEffect.SetTimer(AgentEvent.Timer.BEAT, 5_500),
                        new AgentEffect.Publish(
                                "wattle.v1.default.beat." + HOST, new HostBeat(HOST, 42, 1, 0, 0).toJson()));
        assertThat(agent.handle(new AgentEvent.TimerFired(AgentEvent.Timer.BEAT), 5_500))
                .containsExactly(
                        new AgentEffect.Publish(
                                "wattle.v1.default.beat." + HOST, new HostBeat(HOST, 42, 2, 0, 0).toJson()),
                        new AgentEffect.SetTimer(AgentEvent.Timer.BEAT, 6_000));
        assertThat(agent.handle(new AgentEvent.TimerFired(AgentEvent.Timer.HEARTBEAT), 95_000))
                .containsExactly(
                        new AgentEffect.PublishEvent(new LatticeEvent.HostHeartbeat(
                                new HostInventory(HOST, "calm", texts("a", "b"), "0.1.0", 90, List.of(), List.of()))),
                        new AgentEffect.SetTimer(AgentEvent.Timer.HEARTBEAT, 125_000));
    }

    @Test
    void a_change_of_the_inventory_is_beaten_at_once_with_a_higher_revision() {
        edge.ask(SCALE, scale("r", 1, false));
        assertThat(edge.all(AgentEffect.Publish.class))
                .last()
                .satisfies(beat ->
                        assertThat(HostBeat.fromJson(beat.payload()).revision()).isEqualTo(1));
    }

    @Test
    void ping_and_inventory_are_answered() {
        edge.now += 90_000;
        var host = HostSummary.fromJson(edge.ask(new ControlOperation.Ping(), ByteString.EMPTY)
                .orElseThrow()
                .requireResponse());
        assertThat(host.id()).isEqualTo(HOST);
        assertThat(host.uptimeSeconds()).isEqualTo(90);
        var inventory =
                edge.ask(new ControlOperation.Inventory(HOST), ByteString.EMPTY).orElseThrow();
        assertThat(HostInventory.fromJson(inventory.requireResponse()))
                .isEqualTo(edge.agent().inventory(edge.now));
        var claims =
                edge.ask(new ControlOperation.ListClaims(), ByteString.EMPTY).orElseThrow();
        assertThat(ControlJson.readClaims(claims.requireResponse())).isEmpty();
    }

    @Test
    void labels_come_and_go_but_not_those_of_the_host_itself() {
        var put = new ControlOperation.PutLabel(HOST);
        var delete = new ControlOperation.DeleteLabel(HOST);
        assertOk(edge.ask(put, new PutLabelCommand("zone", "eu").toJson()), "");
        assertThat(edge.published())
                .containsExactly(new LatticeEvent.LabelsChanged(HOST, texts("worker", "true", "zone", "eu")));
        assertRefused(
                edge.ask(put, new PutLabelCommand("HostCore.os", "x").toJson()),
                "hostcore.* labels cannot be set dynamically");
        assertOk(edge.ask(delete, new DeleteLabelCommand("zone").toJson()), "successfully deleted label");
        edge.effects.clear();
        assertOk(edge.ask(delete, new DeleteLabelCommand("zone").toJson()), "(no such label)");
        assertThat(edge.published()).isEmpty();
    }

    @Test
    void only_eligible_hosts_bid() {
        var auction = new ControlOperation.AuctionComponent();
        var fits = new ComponentAuction(CONVERTER, "r", texts("worker", "true"));
        var ack = edge.ask(auction, fits.toJson()).orElseThrow();
        assertThat(ComponentAuctionAck.fromJson(ack.requireResponse()).componentId())
                .isEqualTo("converter");
        assertThat(edge.ask(auction, new ComponentAuction(CONVERTER, "r", texts("worker", "no")).toJson()))
                .isEmpty();
        edge.ask(SCALE, scale("r", 1, false));
        assertThat(edge.ask(auction, fits.toJson())).isEmpty();
        var providers = new ControlOperation.AuctionProvider();
        assertThat(edge.ask(providers, new ProviderAuction(HTTP, BUILTIN, texts()).toJson()))
                .isPresent();
        assertThat(edge.ask(providers, new ProviderAuction(HTTP, "wasmcloud+builtin://other", texts()).toJson()))
                .isEmpty();
    }

    @Test
    void a_leader_that_was_replaced_is_refused_but_may_read() {
        assertOk(edge.ask(SCALE, scale("r", 1, false), WrpcHeaders.EPOCH, "5"), "");
        assertRefused(edge.ask(SCALE, scale("r", 9, false), WrpcHeaders.EPOCH, "4"), "epoch 4 is over");
        assertRefused(
                edge.ask(PUT_LINK, link(GATEWAY, CONVERTER, "c").toJson(), WrpcHeaders.EPOCH, "4"), "epoch 4 is over");
        assertOk(edge.ask(new ControlOperation.Ping(), ByteString.EMPTY, WrpcHeaders.EPOCH, "4"), "");
        assertOk(edge.ask(SCALE, scale("r", 2, false)), "");
        assertOk(edge.ask(SCALE, scale("r", 3, false), WrpcHeaders.EPOCH, "5"), "");
        assertOk(edge.ask(SCALE, scale("r", 4, false), WrpcHeaders.EPOCH, "6"), "");
        assertRefused(edge.ask(SCALE, scale("r", 5, false), WrpcHeaders.EPOCH, "x"), "header wattle-epoch");
        assertThat(edge.agent().epoch()).isEqualTo(6);
        assertThat(edge.agent().inventory(edge.now).components().getFirst().maxInstances())
                .isEqualTo(4);
    }

    @Test
    void without_a_connection_nothing_is_published_and_afterwards_the_state_is() {
        edge.tell(new AgentEvent.ConnectionLost());
        edge.effects.clear();
        edge.ask(SCALE, scale("r", 1, false));
        edge.tell(new AgentEvent.TimerFired(AgentEvent.Timer.BEAT));
        edge.tell(new AgentEvent.TimerFired(AgentEvent.Timer.HEARTBEAT));
        assertThat(edge.published()).isEmpty();
        assertThat(edge.all(AgentEffect.Publish.class)).isEmpty();
        edge.tell(new AgentEvent.ConnectionRestored());
        assertThat(edge.published())
                .containsExactly(new LatticeEvent.HostHeartbeat(edge.agent().inventory(edge.now)));
        assertThat(edge.all(AgentEffect.Publish.class)).hasSize(1);
    }

    @Test
    void a_host_stops_after_it_drained() {
        startProvider();
        edge.effects.clear();
        var stop = new StopHostCommand(Optional.of(HOST), OptionalLong.of(5000)).toJson();
        assertOk(edge.ask(new ControlOperation.StopHost(HOST), stop), "successfully handled stop host");
        assertThat(edge.all(AgentEffect.StopHost.class)).containsExactly(new AgentEffect.StopHost(edge.now + 5000));
        assertRefused(edge.ask(SCALE, scale("r", 1, false)), "this host is stopping");
        edge.tell(new AgentEvent.Drained());
        assertThat(edge.published())
                .containsExactly(
                        new LatticeEvent.ProviderStopped(HTTP, HOST, texts("a", "b"), "stop"),
                        new LatticeEvent.HostStopped(texts("worker", "true")));
        assertThat(edge.effects.getLast()).isEqualTo(new AgentEffect.Exit());
        edge.effects.clear();
        edge.tell(new AgentEvent.TimerFired(AgentEvent.Timer.BEAT));
        assertThat(edge.effects).isEmpty();
    }

    @Test
    void a_host_that_does_not_drain_stops_all_the_same() {
        edge.tell(new AgentEvent.StopRequested(OptionalLong.empty()));
        assertThat(edge.all(AgentEffect.StopHost.class)).containsExactly(new AgentEffect.StopHost(edge.now + 10_000));
        edge.tell(new AgentEvent.TimerFired(AgentEvent.Timer.STOP));
        assertThat(edge.effects.getLast()).isEqualTo(new AgentEffect.Exit());
    }

    // What should not have come

    @Test
    void unsupported_subjects_are_answered() {
        assertRefused(
                edge.askRaw("wasmbus.ctl.v1.default.host.dance." + HOST, ByteString.EMPTY), "unsupported subject");
        assertRefused(edge.askRaw("wasmbus.ctl.v1.default.config.put.a b", utf8("{}")), "config name must be");
    }

    @Test
    void damaged_values_in_the_store_are_passed_over() {
        edge.store.put(Bucket.LATTICE_DATA, "COMPONENT_gateway", utf8("{\"links\":[{}]}"));
        edge.store.put(Bucket.LATTICE_DATA, "CLAIMS_X", utf8("?"));
        edge.store.put(Bucket.CONFIG_DATA, "a", utf8("[]"));
        edge.tell(new AgentEvent.TimerFired(AgentEvent.Timer.BEAT));
        assertThat(edge.all(AgentEffect.Log.class)).hasSize(2);
        assertRefused(
                edge.ask(PUT_LINK, link(GATEWAY, CONVERTER, "converter").toJson()),
                "the stored value of COMPONENT_gateway");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4711})
    void no_message_makes_it_throw_or_stop_answering(long seed) {
        var random = new SplittableRandom(seed);
        String[] verbs = {
            "host.ping",
            "host.get.",
            "host.dance.",
            "component.auction",
            "provider.auction",
            "component.scale.",
            "component.update.",
            "provider.start.",
            "provider.stop.",
            "label.put.",
            "label.del.",
            "link.put",
            "link.del",
            "link.get",
            "claims.get",
            "registry.put",
            "config.put.a",
            "config.get.a",
            "config.del.a"
        };
        String[] pieces = {
            "{", "}", "\"component_id\":\"a\"", ",", "\"count\":1", "\"component_ref\":\"r\"", "\"key\":\"k\"",
            "\"provider_id\":\"p\"", "\"value\":\"v\"", "[]", "null", "\"links\":[{}]", "\u0000", "\"x\""
        };
        for (int round = 0; round < 500; round++) {
            String verb = verbs[random.nextInt(verbs.length)];
            StringBuilder payload = new StringBuilder(random.nextBoolean() ? "{" : "");
            for (int i = random.nextInt(8); i > 0; i--) {
                payload.append(pieces[random.nextInt(pieces.length)]);
            }
            String subject = "wasmbus.ctl.v1.default." + verb + (verb.endsWith(".") ? HOST : "");
            edge.askRaw(subject, utf8(payload.toString()));
        }
        assertThat(edge.ask(new ControlOperation.Ping(), ByteString.EMPTY))
                .as("seed %d", seed)
                .isPresent();
    }
}

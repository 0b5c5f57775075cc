package dev.wattle.host.component.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.AbiLimits;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Resources of guests and of the host, owned, lent and dropped.
final class ResourceTest {
    private static final CoreType.Function DESTRUCTOR = new CoreType.Function(List.of(CoreType.Value.I32), List.of());
    private static final FunctionType NOTHING = TestGuest.type(List.of(), Optional.empty());
    private static final int REPRESENTATION = 1234;

    private final Sandbox sandbox = TestGuest.newSandbox();
    private final TestGuest maker = new TestGuest(sandbox, StringEncoding.UTF8);
    private final TestGuest user = new TestGuest(sandbox, StringEncoding.UTF8);
    private final List<String> events = new ArrayList<>();

    private final ResourceDefinition.Guest counter = new ResourceDefinition.Guest(
            new ResourceType("counter"),
            maker.state,
            Optional.of(CoreAdapter.of(DESTRUCTOR).bind(values -> {
                events.add("destructed " + values[0]);
                return 0;
            })));
    private final WitType own = new WitType.OwnType(counter.type());
    private final WitType borrow = new WitType.BorrowType(counter.type());
    private final FunctionType givesOwn = TestGuest.type(List.of(), Optional.of(own));
    private final FunctionType takesOwn = TestGuest.type(List.of(own), Optional.empty());
    private final FunctionType takesBorrow = TestGuest.type(List.of(borrow), Optional.empty());

    private final CoreAdapter.FlatFunction resourceNew = TestGuest.flat(ResourceFunctions.resourceNew(counter));
    private final CoreAdapter.FlatFunction resourceRep = TestGuest.flat(ResourceFunctions.resourceRep(counter));
    private final CoreAdapter.FlatFunction makerDrop =
            TestGuest.flat(ResourceFunctions.resourceDrop(maker.state, counter));
    private final CoreAdapter.FlatFunction userDrop =
            TestGuest.flat(ResourceFunctions.resourceDrop(user.state, counter));

    /// The constructor that the maker exports.
    private final CanonLift make = maker.export(givesOwn, _ -> resourceNew.call(new long[] {REPRESENTATION}));

    private WitValue.Resource made() {
        return (WitValue.Resource) make.call(List.of()).orElseThrow();
    }

    private static GuestResource resource(WitValue value) {
        return (GuestResource) ((WitValue.Resource) value).representation();
    }

    private void assertTraps(CanonLift export, String message, WitValue... arguments) {
        assertThatThrownBy(() -> export.call(List.of(arguments)))
                .isInstanceOf(Trap.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> export.call(List.of(arguments))).isInstanceOf(Trap.class);
    }

    @Test
    void the_guest_that_defines_a_resource_gets_its_representation_back() {
        CanonLift method = maker.export(takesBorrow, values -> {
            events.add("borrowed " + values[0]);
            return 0;
        });
        CanonLift consume = maker.export(takesOwn, values -> {
            events.add("owned " + resourceRep.call(values));
            return makerDrop.call(values);
        });
        WitValue value = made();
        assertThat(method.call(List.of(value))).isEmpty();
        assertThat(consume.call(List.of(value))).isEmpty();
        assertThat(events).containsExactly("borrowed 1234", "owned 1234", "destructed 1234");
    }

    @Test
    void a_resource_keeps_its_identity_from_guest_to_guest_and_back() {
        CanonLift through = user.export(TestGuest.type(List.of(own), Optional.of(own)), values -> values[0]);
        WitValue value = made();
        WitValue back = through.call(List.of(value)).orElseThrow();
        assertThat(resource(back)).isSameAs(resource(value));
        assertThat(back).isEqualTo(value);
    }

    @Test
    void the_host_may_drop_what_it_owns_once() {
        WitValue value = made();
        resource(value).drop();
        assertThat(events).containsExactly("destructed 1234");
        assertThatThrownBy(() -> resource(value).drop()).isInstanceOf(IllegalStateException.class);
        CanonLift method = maker.export(takesBorrow, _ -> 0);
        assertThatThrownBy(() -> method.call(List.of(value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("was dropped");
    }

    @Test
    void what_was_handed_on_is_no_longer_the_hosts() {
        CanonLift keep = user.export(takesOwn, _ -> 0);
        WitValue value = made();
        assertThat(keep.call(List.of(value))).isEmpty();
        assertThatThrownBy(() -> resource(value).drop()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keep.call(List.of(value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("someone who does not own it");
    }

    @Test
    void closing_a_sandbox_runs_no_destructor() {
        WitValue value = made();
        sandbox.close();
        resource(value).drop();
        assertThat(events).isEmpty();
    }

    @Test
    void dropping_a_handle_of_another_instances_resource_destructs_it_there() {
        CanonLift take = user.export(takesOwn, userDrop);
        assertThat(take.call(List.of(made()))).isEmpty();
        assertThat(events).containsExactly("destructed 1234");
    }

    @Test
    void a_borrow_must_be_dropped_before_the_call_ends() {
        CanonLift polite = user.export(takesBorrow, userDrop);
        CanonLift rude = user.export(takesBorrow, _ -> 0);
        WitValue value = made();
        assertThat(polite.call(List.of(value))).isEmpty();
        assertThat(events).isEmpty();
        assertTraps(rude, "borrow handles still remain at the end of the call", value);
    }

    @Test
    void a_borrowed_handle_cannot_be_given_away() {
        CanonLift steal = user.export(TestGuest.type(List.of(borrow), Optional.of(own)), values -> values[0]);
        assertTraps(steal, "cannot lift own resource from a borrow", made());
    }

    @Test
    void a_handle_is_lent_while_a_call_is_under_way_and_free_after_it() {
        List<WitValue> lent = new ArrayList<>();
        var callee = user.imports(takesBorrow, (_, arguments) -> {
            lent.addAll(arguments);
            return Optional.empty();
        });
        CanonLift lend = user.export(takesOwn, values -> {
            long _ = callee.call(values);
            return userDrop.call(values);
        });
        WitValue value = made();
        assertThat(lend.call(List.of(value))).isEmpty();
        assertThat(lent).containsExactly(value);
        assertThat(events).containsExactly("destructed 1234");
    }

    @Test
    void dropping_a_lent_resource_traps() {
        // the callee's own table is another one: the handle can only be dropped from within by the same instance's
        // code
        long[] handle = new long[1];
        var callee = user.imports(takesBorrow, (CanonicalFunction) (onStart, onResolve, _) -> {
            var _ = onStart.get();
            long _ = userDrop.call(handle);
            onResolve.accept(LiftedValues.ofHost(List.of()));
            return Cancellation.NONE;
        });
        CanonLift lend = user.export(takesOwn, values -> {
            handle[0] = values[0];
            return callee.call(values);
        });
        assertTraps(lend, "cannot remove owned resource while borrowed", made());
    }

    @Test
    void a_handle_is_given_away_and_lent_in_one_call_only_in_vain() {
        FunctionType both = TestGuest.type(List.of(borrow, own), Optional.empty());
        var callee = user.imports(both, (_, _) -> Optional.empty());
        CanonLift export = user.export(takesOwn, values -> callee.call(new long[] {values[0], values[0]}));
        assertTraps(export, "cannot remove owned resource while borrowed", made());
    }

    @Test
    void handles_are_checked_by_the_identity_of_their_type() {
        ResourceDefinition.Guest other =
                new ResourceDefinition.Guest(new ResourceType("counter"), user.state, Optional.empty());
        var otherDrop = TestGuest.flat(ResourceFunctions.resourceDrop(user.state, other));
        CanonLift confuse = user.export(takesOwn, otherDrop);
        assertTraps(
                confuse,
                "handle index 1 used with the wrong type, expected counter but found a different counter",
                made());
    }

    @Test
    void unknown_and_dropped_handles_trap() {
        for (long handle : new long[] {0, 1, 99, 0xFFFF_FFFFL}) {
            ResourceTest fresh = new ResourceTest();
            fresh.assertTraps(
                    fresh.user.export(NOTHING, _ -> fresh.userDrop.call(new long[] {handle})),
                    "unknown handle index " + handle);
        }
        CanonLift twice = user.export(takesOwn, values -> {
            long _ = userDrop.call(values);
            return userDrop.call(values);
        });
        assertTraps(twice, "unknown handle index 1", made());
    }

    @Test
    void a_destructor_does_not_enter_an_instance_that_is_under_way() {
        CanonLift drop = user.export(takesOwn, userDrop);
        FunctionType type = TestGuest.type(List.of(), Optional.empty());
        CanonLift outer = maker.export(type, maker.imports(type, (_, _) -> {
            WitValue value = new WitValue.Resource(counter.type(), outside());
            return drop.call(List.of(value));
        }));
        assertTraps(outer, "cannot enter component instance");
    }

    private GuestResource outside() {
        GuestResource resource = new GuestResource(counter, REPRESENTATION);
        resource.moveOut();
        return resource;
    }

    @Test
    void resources_are_not_made_or_dropped_in_post_return() {
        maker.postReturn = Optional.of(
                CoreAdapter.of(CanonicalAbi.postReturn(NOTHING)).bind(_ -> resourceNew.call(new long[] {1})));
        assertTraps(maker.export(NOTHING, _ -> 0), "cannot leave component instance");
    }

    @Test
    void a_resource_of_the_host_is_its_java_object_and_is_dropped_by_the_host() {
        ResourceType type = new ResourceType("pollable");
        ResourceDefinition pollable = new ResourceDefinition.Host(new HostResource(type, (of, object) -> {
            assertThat(of).isSameAs(sandbox);
            events.add("dropped " + of.control().blocking(() -> object)); // only possible in host code
        }));
        FunctionType open = TestGuest.type(List.of(), Optional.of(new WitType.OwnType(type)));
        FunctionType ready = TestGuest.type(List.of(new WitType.BorrowType(type)), Optional.empty());
        var opens = user.imports(open, (_, _) -> Optional.of(new WitValue.Resource(type, "a timer")));
        var isReady = user.imports(ready, (_, arguments) -> {
            events.add("asked " + ((WitValue.Resource) arguments.getFirst()).representation());
            return Optional.empty();
        });
        var drop = TestGuest.flat(ResourceFunctions.resourceDrop(user.state, pollable));
        CanonLift export = user.export(NOTHING, _ -> {
            long handle = opens.call(new long[0]);
            long _ = isReady.call(new long[] {handle});
            return drop.call(new long[] {handle});
        });
        assertThat(export.call(List.of())).isEmpty();
        assertThat(events).containsExactly("asked a timer", "dropped a timer");
    }

    @Test
    void freed_handles_are_used_again_last_one_first() {
        HandleTable table = maker.state.handles();
        ResourceHandle handle = ResourceHandle.own(counter.type(), "x");
        assertThat(table.add(handle)).isEqualTo(1);
        assertThat(table.add(handle)).isEqualTo(2);
        assertThat(table.add(handle)).isEqualTo(3);
        table.remove(1);
        table.remove(3);
        assertThat(table.add(handle)).isEqualTo(3);
        assertThat(table.add(handle)).isEqualTo(1);
        assertThat(table.add(handle)).isEqualTo(4);
    }

    @Test
    void a_guest_does_not_get_handles_without_end() {
        CanonLift hoard = maker.export(NOTHING, _ -> {
            for (int made = 0; made <= AbiLimits.DEFAULT_HANDLES; made++) {
                long _ = resourceNew.call(new long[] {made});
            }
            return 0;
        });
        assertThatThrownBy(() -> hoard.call(List.of()))
                .isInstanceOf(Trap.class)
                .hasMessage("more than 1000000 handles");
    }
}

package dev.wattle.host.component.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.wattle.host.component.AbiLimits;
import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What holds when guests are entered and left.
final class CallTest {
    private static final FunctionType NOTHING = TestGuest.type(List.of(), Optional.empty());
    private static final FunctionType ADD =
            TestGuest.type(List.of(Primitive.U32, Primitive.U32), Optional.of(Primitive.U32));
    private static final FunctionType GREET = TestGuest.type(List.of(Primitive.STRING), Optional.of(Primitive.STRING));

    private final TestGuest guest = new TestGuest();
    private final List<String> events = new ArrayList<>();

    private void assertLocked() {
        assertThat(guest.sandbox().locked()).isFalse();
        assertThat(guest.sandbox().control().entered()).isFalse();
        assertThat(trapOf(guest.state::enterFromHost)).isEqualTo(Trap.Kind.INSTANCE_LOCKED);
    }

    private static Trap.Kind trapOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        Trap trap = catchThrowableOfType(Trap.class, call);
        assertThat(trap).isNotNull();
        return trap.kind();
    }

    @Test
    void a_call_gives_the_result_and_leaves_the_guest() {
        CanonLift add = guest.export(ADD, values -> values[0] + values[1]);
        assertThat(add.call(List.of(WitValue.of(2), WitValue.of(40)))).contains(WitValue.of(42));
        assertThat(add.call(List.of(WitValue.of(0xFFFF_FFFFL), WitValue.of(1)))).contains(WitValue.of(0));
        assertThat(guest.sandbox().control().entered()).isFalse();
        assertThat(guest.sandbox().locked()).isFalse();
    }

    @Test
    void wrong_arguments_never_reach_the_guest() {
        CanonLift add = guest.export(ADD, _ -> {
            throw new AssertionError("the guest ran");
        });
        assertThatThrownBy(() -> add.call(List.of(WitValue.of(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 2 arguments, got 1");
        assertThatThrownBy(() -> add.call(List.of(WitValue.of(1), WitValue.of(-1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("p1: expected u32");
        assertThat(guest.sandbox().locked()).isFalse();
    }

    @Test
    void a_trap_locks_every_instance_with_a_frame_on_the_stack_and_no_other() {
        TestGuest middle = new TestGuest(guest.sandbox(), StringEncoding.UTF8);
        TestGuest deep = new TestGuest(guest.sandbox(), StringEncoding.UTF8);
        TestGuest aside = new TestGuest(guest.sandbox(), StringEncoding.UTF8);
        CanonLift trapping = deep.export(NOTHING, _ -> {
            throw new Trap(Trap.Kind.UNREACHABLE);
        });
        CanonLift outer = guest.export(
                NOTHING, guest.imports(NOTHING, middle.export(NOTHING, middle.imports(NOTHING, trapping))));
        CanonLift unharmed = aside.export(NOTHING, _ -> 0);
        assertThat(trapOf(() -> outer.call(List.of()))).isEqualTo(Trap.Kind.UNREACHABLE);
        assertThat(guest.sandbox().control().entered()).isFalse();
        for (TestGuest each : List.of(guest, middle, deep)) {
            assertThat(trapOf(() -> each.export(NOTHING, _ -> 0).call(List.of())))
                    .isEqualTo(Trap.Kind.INSTANCE_LOCKED);
        }
        assertThat(unharmed.call(List.of())).isEmpty();
        CanonLift intoLocked = aside.export(NOTHING, aside.imports(NOTHING, trapping));
        assertThatThrownBy(() -> intoLocked.call(List.of())).hasMessage("cannot enter component instance");
        assertThat(trapOf(() -> unharmed.call(List.of()))).isEqualTo(Trap.Kind.INSTANCE_LOCKED);
    }

    @Test
    void nothing_runs_after_a_trap_before_the_root_call_is_over() {
        TestGuest other = new TestGuest(guest.sandbox(), StringEncoding.UTF8);
        TestGuest aside = new TestGuest(guest.sandbox(), StringEncoding.UTF8);
        CanonLift unharmed = aside.export(NOTHING, _ -> 0);
        CanonLift trapping = other.export(NOTHING, _ -> {
            throw new Trap(Trap.Kind.UNREACHABLE);
        });
        CanonLift export = guest.export(NOTHING, guest.imports(NOTHING, (_, _) -> {
            assertThat(trapOf(() -> trapping.call(List.of()))).isEqualTo(Trap.Kind.UNREACHABLE);
            assertThat(trapOf(() -> unharmed.call(List.of()))).isEqualTo(Trap.Kind.INSTANCE_LOCKED);
            return Optional.empty();
        }));
        assertThat(trapOf(() -> export.call(List.of()))).isEqualTo(Trap.Kind.INSTANCE_LOCKED);
        assertThat(unharmed.call(List.of())).isEmpty();
    }

    @Test
    void parents_and_children_do_not_call_each_other() {
        InstanceState parent = new InstanceState(TestGuest.newSandbox());
        TestGuest above = new TestGuest(parent, StringEncoding.UTF8, new TestMemory(1 << 12));
        TestGuest below = child(parent);
        CanonLift down = above.export(NOTHING, above.imports(NOTHING, below.export(NOTHING, _ -> 0)));
        assertThatThrownBy(() -> down.call(List.of())).hasMessage("cannot enter component instance");

        InstanceState fresh = new InstanceState(TestGuest.newSandbox());
        TestGuest again = new TestGuest(fresh, StringEncoding.UTF8, new TestMemory(1 << 12));
        TestGuest nested = child(fresh);
        CanonLift up = nested.export(NOTHING, nested.imports(NOTHING, again.export(NOTHING, _ -> 0)));
        assertThatThrownBy(() -> up.call(List.of())).hasMessage("cannot enter component instance");
    }

    @Test
    void an_instance_does_not_call_itself() {
        CanonLift leaf = guest.export(NOTHING, _ -> 0);
        CanonLift export = guest.export(NOTHING, guest.imports(NOTHING, leaf));
        assertThatThrownBy(() -> export.call(List.of())).hasMessage("cannot enter component instance");
    }

    @Test
    void host_and_guests_call_each_other_only_so_deep() {
        Sandbox sandbox = new Sandbox(
                new GuestControl(), CoreLimits.DEFAULTS, new AbiLimits(10, 0, 3, 0, 0), MemoryBudget.ofThisProcess());
        for (int depth : new int[] {3, 4}) {
            CanonLift chain = new TestGuest(sandbox, StringEncoding.UTF8).export(NOTHING, _ -> 0);
            for (int level = 1; level < depth; level++) {
                CanonLift inner = chain;
                TestGuest outer = new TestGuest(sandbox, StringEncoding.UTF8);
                chain = outer.export(NOTHING, outer.imports(NOTHING, (_, _) -> inner.call(List.of())));
            }
            CanonLift outermost = chain;
            if (depth == 3) {
                assertThat(outermost.call(List.of())).isEmpty();
            } else {
                assertThatThrownBy(() -> outermost.call(List.of()))
                        .hasMessage("host and guests call each other deeper than 3");
            }
        }
    }

    @Test
    void an_exhausted_stack_is_a_trap() {
        CanonLift endless = guest.export(NOTHING, _ -> recurse(0));
        assertThat(trapOf(() -> endless.call(List.of()))).isEqualTo(Trap.Kind.STACK_EXHAUSTED);
        assertLocked();
    }

    private static long recurse(long depth) {
        return depth < 0 ? 0 : recurse(depth + 1) + 1;
    }

    @Test
    void an_exception_of_the_host_locks_its_callers_and_comes_out_as_it_is() {
        IllegalStateException bug = new IllegalStateException("a bug of the host");
        var imported = guest.imports(NOTHING, (_, _) -> {
            throw bug;
        });
        CanonLift export = guest.export(NOTHING, imported);
        assertThatThrownBy(() -> export.call(List.of())).isSameAs(bug);
        assertLocked();
        assertThat(guest.sandbox().control().entered()).isFalse();
    }

    @Test
    void a_host_function_that_answers_the_wrong_value_is_a_bug_of_the_host() {
        FunctionType type = TestGuest.type(List.of(), Optional.of(Primitive.U8));
        for (Optional<WitValue> wrong : List.of(Optional.<WitValue>empty(), Optional.of(WitValue.of(256)))) {
            TestGuest fresh = new TestGuest();
            CanonLift export = fresh.export(type, fresh.imports(type, (_, _) -> wrong));
            assertThatThrownBy(() -> export.call(List.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("test answered what its type has not");
        }
    }

    @Test
    void host_functions_run_outside_of_guest_code() {
        var imported = guest.imports(NOTHING, (Sandbox sandbox, List<WitValue> _) -> {
            assertThat(sandbox).isSameAs(guest.sandbox());
            events.add(sandbox.control().blocking(() -> "blocked")); // only possible in host code
            return Optional.empty();
        });
        var _ = guest.export(NOTHING, values -> {
                    long _ = imported.call(values);
                    return imported.call(values);
                })
                .call(List.of());
        assertThat(events).containsExactly("blocked", "blocked");
    }

    @Test
    void a_stopped_sandbox_traps_when_the_host_gives_control_back() {
        HostFunction stopping = (sandbox, _) -> {
            sandbox.control().stop("the deadline passed");
            return Optional.empty();
        };
        CanonLift export = guest.export(NOTHING, guest.imports(NOTHING, stopping));
        assertThatThrownBy(() -> export.call(List.of()))
                .isInstanceOf(Trap.class)
                .hasMessage("the deadline passed");
        assertThat(trapOf(guest.state::enterFromHost)).isEqualTo(Trap.Kind.INTERRUPTED);
        assertThat(guest.sandbox().control().entered()).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void the_host_may_call_another_instance_while_it_serves_one() {
        TestGuest other = new TestGuest(guest.sandbox(), StringEncoding.UTF16);
        CanonLift inner = other.export(ADD, values -> values[0] + values[1]);
        CanonLift outer = guest.export(ADD, guest.imports(ADD, (sandbox, arguments) -> {
            Optional<WitValue> result = inner.call(arguments);
            return sandbox.control().blocking(() -> result); // back in host code
        }));
        assertThat(outer.call(List.of(WitValue.of(1), WitValue.of(2)))).contains(WitValue.of(3));
        assertThat(guest.sandbox().control().entered()).isFalse();
    }

    @Test
    void an_instance_is_not_entered_again_while_a_call_is_under_way() {
        CanonLift leaf = guest.export(NOTHING, _ -> 0);
        CanonLift export = guest.export(NOTHING, guest.imports(NOTHING, (_, _) -> leaf.call(List.of())));
        assertThatThrownBy(() -> export.call(List.of()))
                .isInstanceOf(Trap.class)
                .hasMessageContaining("cannot enter component instance");
        assertLocked();
    }

    @Test
    void a_host_function_that_swallows_a_trap_does_not_save_the_guest() {
        TestGuest other = new TestGuest(guest.sandbox(), StringEncoding.UTF8);
        CanonLift trapping = other.export(NOTHING, _ -> {
            throw new Trap(Trap.Kind.UNREACHABLE);
        });
        CanonLift export = guest.export(NOTHING, guest.imports(NOTHING, (_, _) -> {
            assertThatThrownBy(() -> trapping.call(List.of())).isInstanceOf(Trap.class);
            return Optional.empty();
        }));
        assertThat(trapOf(() -> export.call(List.of()))).isEqualTo(Trap.Kind.INSTANCE_LOCKED);
    }

    @Test
    void siblings_call_each_other_within_their_parent_and_children_do_not_call_back() {
        InstanceState parent = new InstanceState(TestGuest.newSandbox());
        TestGuest one = child(parent);
        TestGuest two = child(parent);
        CanonLift inner = two.export(ADD, values -> values[0] + values[1]);
        CanonLift outer = one.export(ADD, one.imports(ADD, inner));
        assertThat(outer.call(List.of(WitValue.of(1), WitValue.of(2)))).contains(WitValue.of(3));

        CanonLift back = two.export(ADD, two.imports(ADD, outer));
        CanonLift ring = one.export(ADD, one.imports(ADD, back));
        assertThatThrownBy(() -> ring.call(List.of(WitValue.of(1), WitValue.of(2))))
                .hasMessageContaining("cannot enter component instance");
    }

    private static TestGuest child(InstanceState parent) {
        return new TestGuest(new InstanceState(parent.sandbox(), parent), StringEncoding.UTF8, new TestMemory(1 << 12));
    }

    @Test
    void a_start_function_runs_inside_the_instance() {
        var imported = guest.imports(NOTHING, (_, _) -> {
            events.add("imported");
            return Optional.empty();
        });
        boolean root = guest.state.enterFromHost();
        assertThat(imported.call(new long[0])).isZero();
        guest.state.leaveToHost(root);
        assertThat(events).containsExactly("imported");
        assertThat(guest.sandbox().control().entered()).isFalse();
    }

    @Test
    void post_return_gets_the_flat_result_after_it_was_lifted() {
        CoreType.Function postReturnType = CanonicalAbi.postReturn(GREET);
        guest.postReturn = Optional.of(CoreAdapter.of(postReturnType).bind(values -> {
            events.add("post-return " + values[0]);
            guest.memory.writeLong(values[0], 0);
            return 0;
        }));
        CanonLift export = guest.export(GREET, values -> {
            guest.memory.writeInt(256, (int) values[0]);
            guest.memory.writeInt(260, (int) values[1]);
            return 256;
        });
        assertThat(export.call(List.of(WitValue.of("hello")))).contains(WitValue.of("hello"));
        assertThat(events).containsExactly("post-return 256");
        assertThat(guest.memory.readLong(256)).isZero();
    }

    @Test
    void post_return_without_a_result_gets_nothing() {
        guest.postReturn =
                Optional.of(CoreAdapter.of(CanonicalAbi.postReturn(NOTHING)).bind(values -> {
                    events.add("post-return of " + values.length);
                    return 0;
                }));
        assertThat(guest.export(NOTHING, _ -> 0).call(List.of())).isEmpty();
        assertThat(events).containsExactly("post-return of 0");
    }

    @Test
    void nothing_is_called_out_of_post_return() {
        var imported = guest.imports(NOTHING, (_, _) -> Optional.empty());
        guest.postReturn =
                Optional.of(CoreAdapter.of(CanonicalAbi.postReturn(NOTHING)).bind(imported));
        CanonLift export = guest.export(NOTHING, _ -> 0);
        assertThatThrownBy(() -> export.call(List.of()))
                .isInstanceOf(Trap.class)
                .hasMessage("cannot leave component instance");
    }

    @Test
    void nothing_is_called_out_of_realloc() {
        var imported = guest.imports(NOTHING, (_, _) -> Optional.empty());
        guest.realloc = _ -> imported.call(new long[0]);
        CanonLift export = guest.export(GREET, _ -> 0);
        assertThatThrownBy(() -> export.call(List.of(WitValue.of("x"))))
                .isInstanceOf(Trap.class)
                .hasMessage("cannot leave component instance");
    }

    @Test
    void a_result_pointer_must_be_aligned_and_in_memory() {
        for (long pointer : new long[] {2, 65532, 0xFFFF_FFFCL}) {
            TestGuest fresh = new TestGuest();
            CanonLift export = fresh.export(GREET, _ -> pointer);
            assertThatThrownBy(() -> export.call(List.of(WitValue.of("x"))))
                    .isInstanceOf(Trap.class)
                    .hasMessageMatching("unaligned pointer|pointer out of bounds of memory");
        }
    }

    @Test
    void an_out_pointer_of_the_caller_must_be_aligned_and_in_memory() {
        FunctionType type = TestGuest.type(List.of(), Optional.of(Primitive.STRING));
        for (long pointer : new long[] {2, 65532, 0xFFFF_FFFCL}) {
            TestGuest fresh = new TestGuest();
            var imported = fresh.imports(type, (_, _) -> Optional.of(WitValue.of("x")));
            CanonLift export = fresh.export(NOTHING, _ -> imported.call(new long[] {pointer}));
            assertThatThrownBy(() -> export.call(List.of()))
                    .isInstanceOf(Trap.class)
                    .hasMessageMatching("unaligned pointer|pointer out of bounds of memory");
        }
    }

    @Test
    void small_integers_ignore_the_upper_bits_of_their_flat_value() {
        FunctionType type = TestGuest.type(List.of(), Optional.of(new WitType.TupleType(List.of(Primitive.S8))));
        assertThat(guest.export(type, _ -> 0x1234_56FF).call(List.of()))
                .contains(new WitValue.TupleValue(List.of(WitValue.of(-1))));
    }
}

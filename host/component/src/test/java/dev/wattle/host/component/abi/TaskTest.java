package dev.wattle.host.component.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.component.AbiLimits;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.MemoryBudget;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType.Primitive;
import dev.wattle.wit.WitValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Functions that may block: what runs when, and what is left when it fails. The reference suite has the rest.
final class TaskTest {
    private static final FunctionType NOTHING = new FunctionType(List.of(), Optional.empty(), true);
    private static final FunctionType GIVES = new FunctionType(List.of(), Optional.of(Primitive.U32), true);
    private static final FunctionType SYNC = TestGuest.type(List.of(), Optional.of(Primitive.U32));

    /// What an async call answers to its caller: the state in the lower bits, the subtask above.
    private static final int STARTED = 1;

    private static final int RETURNED = 2;
    private static final int STATE_BITS = 4;

    private final TestGuest caller = new TestGuest();
    private final TestGuest callee = new TestGuest(caller.sandbox(), StringEncoding.UTF8);
    private final List<String> events = new ArrayList<>();

    @AfterEach
    void close() {
        caller.sandbox().close();
    }

    /// Lifted with `async`, without callback: it answers by `task.return`.
    private static CanonLift async(TestGuest guest, FunctionType type, CoreAdapter.FlatFunction function) {
        CoreType.Function core = CanonicalAbi.flatten(type, CanonicalAbi.Context.LIFT, CanonicalAbi.Concurrency.ASYNC);
        return new CanonLift(guest.state, new PreparedType(type), TestGuest.core(core, function), asyncOptions(guest));
    }

    private static CanonicalOptions asyncOptions(TestGuest guest) {
        CanonicalOptions sync = guest.options();
        return new CanonicalOptions(
                sync.encoding(), sync.memory(), sync.realloc(), Optional.empty(), true, Optional.empty());
    }

    private static CoreAdapter.FlatFunction returnOf(TestGuest guest, FunctionType type) {
        return TestGuest.flat(TaskFunctions.taskReturn(guest.state, type.result(), asyncOptions(guest)));
    }

    private static CoreAdapter.FlatFunction asyncImport(TestGuest guest, CanonicalFunction function) {
        return TestGuest.flat(CanonLower.of(guest.state, new PreparedType(GIVES), function, asyncOptions(guest)));
    }

    private static CoreAdapter.FlatFunction yieldOf(TestGuest guest) {
        return TestGuest.flat(ThreadFunctions.yieldTurn(guest.state, false));
    }

    @Test
    void a_function_that_returns_at_once_is_called_by_the_host_and_by_guests_of_both_kinds() {
        var taskReturn = returnOf(callee, GIVES);
        CanonLift gives = async(callee, GIVES, _ -> taskReturn.call(new long[] {42}));
        assertThat(gives.call(List.of())).contains(WitValue.of(42));

        CanonLift waiting = caller.export(SYNC, caller.imports(GIVES, gives));
        assertThat(waiting.call(List.of())).contains(WitValue.of(42));

        var imported = asyncImport(caller, gives);
        CanonLift asking = caller.export(SYNC, _ -> {
            assertThat(imported.call(new long[] {64})).isEqualTo(RETURNED);
            return caller.memory.readInt(64);
        });
        assertThat(asking.call(List.of())).contains(WitValue.of(42));
    }

    @Test
    void a_caller_goes_on_while_its_callee_waits() {
        var taskReturn = returnOf(callee, GIVES);
        var yield = yieldOf(callee);
        CanonLift slow = async(callee, GIVES, _ -> {
            events.add("callee begins");
            long _ = yield.call(new long[0]);
            events.add("callee goes on");
            return taskReturn.call(new long[] {7});
        });
        var imported = asyncImport(caller, slow);
        var setNew = TestGuest.flat(WaitableFunctions.waitableSetNew(caller.state));
        var join = TestGuest.flat(WaitableFunctions.waitableJoin(caller.state));
        var wait = TestGuest.flat(WaitableFunctions.waitableSetWait(caller.state, caller.memory, false));
        var callersReturn = returnOf(caller, GIVES);
        CanonLift outer = async(caller, GIVES, _ -> {
            long answer = imported.call(new long[] {64});
            events.add("caller goes on");
            assertThat(answer & ((1 << STATE_BITS) - 1)).isEqualTo(STARTED);
            long set = setNew.call(new long[0]);
            long _ = join.call(new long[] {answer >> STATE_BITS, set});
            assertThat(wait.call(new long[] {set, 128})).isEqualTo(Event.Code.SUBTASK.number());
            assertThat(caller.memory.readInt(132)).isEqualTo(RETURNED);
            return callersReturn.call(new long[] {caller.memory.readInt(64)});
        });
        assertThat(outer.call(List.of())).contains(WitValue.of(7));
        assertThat(events).containsExactly("callee begins", "caller goes on", "callee goes on");
    }

    @Test
    void waiting_for_what_nobody_does_is_a_deadlock() {
        var setNew = TestGuest.flat(WaitableFunctions.waitableSetNew(callee.state));
        var wait = TestGuest.flat(WaitableFunctions.waitableSetWait(callee.state, callee.memory, false));
        CanonLift stuck = async(callee, NOTHING, _ -> wait.call(new long[] {setNew.call(new long[0]), 0}));
        assertThatThrownBy(() -> stuck.call(List.of()))
                .isInstanceOf(Trap.class)
                .hasMessage("deadlock detected: event loop cannot make further progress");
        assertThat(caller.sandbox().control().entered()).isFalse();
    }

    @Test
    void a_function_that_may_not_block_does_not() {
        var setNew = TestGuest.flat(WaitableFunctions.waitableSetNew(callee.state));
        var wait = TestGuest.flat(WaitableFunctions.waitableSetWait(callee.state, callee.memory, false));
        CanonLift blocking = callee.export(SYNC, _ -> wait.call(new long[] {setNew.call(new long[0]), 0}));
        assertThatThrownBy(() -> blocking.call(List.of()))
                .isInstanceOf(Trap.class)
                .hasMessage("cannot block a synchronous task before returning");
    }

    @Test
    void a_task_returns_exactly_once() {
        var taskReturn = returnOf(callee, NOTHING);
        CanonLift never = async(callee, NOTHING, _ -> 0);
        assertThatThrownBy(() -> never.call(List.of())).hasMessageContaining("the task has not returned");

        TestGuest fresh = new TestGuest(caller.sandbox(), StringEncoding.UTF8);
        var freshReturn = returnOf(fresh, NOTHING);
        CanonLift twice = async(fresh, NOTHING, _ -> freshReturn.call(new long[0]) + freshReturn.call(new long[0]));
        assertThatThrownBy(() -> twice.call(List.of())).hasMessageContaining("has returned or was cancelled already");

        TestGuest wrong = new TestGuest(caller.sandbox(), StringEncoding.UTF8);
        var wrongReturn = returnOf(wrong, GIVES);
        CanonLift mismatched = async(wrong, NOTHING, _ -> wrongReturn.call(new long[] {1}));
        assertThatThrownBy(() -> mismatched.call(List.of())).hasMessageContaining("invalid `task.return` signature");
        assertThat(taskReturn).isNotNull();
    }

    @Test
    void a_trap_of_a_thread_comes_out_of_the_root_call_and_locks_who_waits_for_it() {
        var yield = yieldOf(callee);
        CanonLift trapping = async(callee, GIVES, _ -> {
            long _ = yield.call(new long[0]);
            throw new Trap(Trap.Kind.UNREACHABLE);
        });
        CanonLift outer = async(caller, GIVES, caller.imports(GIVES, trapping));
        assertThatThrownBy(() -> outer.call(List.of())).hasMessage(Trap.Kind.UNREACHABLE.reason());
        assertThatThrownBy(() -> trapping.call(List.of())).hasMessage(Trap.Kind.INSTANCE_LOCKED.reason());
        TestGuest aside = new TestGuest(caller.sandbox(), StringEncoding.UTF8);
        assertThat(aside.export(SYNC, _ -> 5).call(List.of())).contains(WitValue.of(5));
    }

    @Test
    void closing_a_sandbox_ends_the_threads_that_wait_in_it() {
        var taskReturn = returnOf(callee, NOTHING);
        var suspend = TestGuest.flat(ThreadFunctions.suspend(callee.state, false));
        AtomicReference<Thread> thread = new AtomicReference<>();
        CanonLift parks = async(callee, NOTHING, _ -> {
            thread.set(Thread.currentThread());
            long _ = taskReturn.call(new long[0]);
            try {
                return suspend.call(new long[0]);
            } finally {
                events.add("unwound");
            }
        });
        assertThat(parks.call(List.of())).isEmpty();
        assertThat(thread.get()).isNotSameAs(Thread.currentThread());
        assertThat(thread.get().isAlive()).isTrue();
        assertThat(events).isEmpty();
        caller.sandbox().close();
        assertThat(events).containsExactly("unwound");
    }

    @Test
    void threads_are_used_again_and_there_are_as_many_as_allowed() {
        AbiLimits limits = new AbiLimits(100, 2, 10, 0, 0);
        try (Sandbox sandbox =
                new Sandbox(new GuestControl(), CoreLimits.DEFAULTS, limits, MemoryBudget.ofThisProcess())) {
            TestGuest guest = new TestGuest(sandbox, StringEncoding.UTF8);
            var taskReturn = returnOf(guest, NOTHING);
            var suspend = TestGuest.flat(ThreadFunctions.suspend(guest.state, false));
            CanonLift quick = async(guest, NOTHING, _ -> taskReturn.call(new long[0]));
            CanonLift parks = async(guest, NOTHING, _ -> taskReturn.call(new long[0]) + suspend.call(new long[0]));
            for (int call = 0; call < 10; call++) {
                assertThat(quick.call(List.of())).isEmpty();
            }
            assertThat(parks.call(List.of())).isEmpty();
            assertThat(parks.call(List.of())).isEmpty();
            assertThatThrownBy(() -> parks.call(List.of()))
                    .isInstanceOf(Trap.class)
                    .hasMessage("more than 2 threads of control");
        }
    }

    @Test
    void a_sandbox_is_stopped_while_another_thread_of_it_has_its_turn() {
        var taskReturn = returnOf(callee, NOTHING);
        var stop = callee.imports(TestGuest.type(List.of(), Optional.empty()), (sandbox, _) -> {
            sandbox.control().stop("the deadline passed");
            return Optional.empty();
        });
        CanonLift stopped = async(callee, NOTHING, _ -> stop.call(new long[0]) + taskReturn.call(new long[0]));
        CanonLift outer = async(caller, NOTHING, caller.imports(NOTHING, stopped));
        assertThatThrownBy(() -> outer.call(List.of())).isInstanceOf(Trap.class).hasMessage("the deadline passed");
        assertThat(caller.sandbox().control().entered()).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void threads_of_a_virtual_caller_are_virtual() throws InterruptedException {
        var taskReturn = returnOf(callee, NOTHING);
        CanonLift tells = async(callee, NOTHING, _ -> {
            events.add("virtual " + Thread.currentThread().isVirtual());
            return taskReturn.call(new long[0]);
        });
        Thread.ofVirtual().name("caller").start(() -> tells.call(List.of())).join();
        assertThat(events).containsExactly("virtual true");
    }

    @Test
    void a_realloc_has_a_context_of_its_own_where_the_guest_can_tell() {
        FunctionType greet = TestGuest.type(List.of(Primitive.STRING), Optional.of(Primitive.U32));
        var contextGet = TestGuest.flat(TaskFunctions.contextGet(callee.state, CoreType.Value.I32, 0));
        var contextSet = TestGuest.flat(TaskFunctions.contextSet(callee.state, CoreType.Value.I32, 0));
        CoreAdapter.FlatFunction realloc = callee.realloc;
        callee.realloc = values -> {
            events.add("context " + contextGet.call(new long[0]));
            long _ = contextSet.call(new long[] {99});
            return realloc.call(values);
        };
        CanonLift function = callee.export(greet, _ -> contextGet.call(new long[0]));
        assertThat(function.call(List.of(WitValue.of("x")))).contains(WitValue.of(0));
        assertThat(events).containsExactly("context 0");
    }
}

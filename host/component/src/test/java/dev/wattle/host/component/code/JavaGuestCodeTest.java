package dev.wattle.host.component.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.ResourceDefinition;
import dev.wattle.host.component.abi.StringEncoding;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitType.Primitive;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Generated calls with numbers: what they refuse, and what they cost.
final class JavaGuestCodeTest {
    private static final int CALLS = 20_000;

    private final Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
    private final Context context = new Context(
            sandbox,
            new InstanceState[] {new InstanceState(sandbox)},
            new CoreInstance[] {new NoInstance()},
            new GuestMemory[1],
            new ResourceDefinition[0],
            new HostFunction[0]);

    private record NoInstance() implements CoreInstance {
        @Override
        public CoreExtern export(String name) {
            throw new IllegalArgumentException("no export " + name);
        }

        @Override
        public void close() {}
    }

    static int add(CoreInstance instance, int a, int b) {
        return a + b;
    }

    static int fail(CoreInstance instance, int a, int b) {
        throw new Trap(Trap.Kind.UNREACHABLE);
    }

    private static MethodHandle lift(String core, Primitive type, Class<?> java) throws Exception {
        MethodHandle callee = MethodHandles.lookup()
                .findStatic(
                        JavaGuestCodeTest.class,
                        core,
                        MethodType.methodType(int.class, CoreInstance.class, int.class, int.class));
        List<FunctionType.Parameter> parameters =
                List.of(new FunctionType.Parameter("a", type), new FunctionType.Parameter("b", type));
        return new SingleFunction(
                        new FunctionType(parameters, Optional.<WitType>of(type)),
                        StringEncoding.UTF8,
                        null,
                        null,
                        List.of())
                .lift(callee, MethodType.methodType(java, java, java))
                .orElseThrow();
    }

    @Test
    void a_number_that_the_type_has_not_is_refused_before_the_guest_runs() throws Throwable {
        MethodHandle add = lift("fail", Primitive.U8, int.class);
        assertThatThrownBy(() -> {
                    int _ = (int) add.invokeExact(context, 1, 256);
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("b: expected u8");
        assertThat(sandbox.control().entered()).isFalse();
    }

    @Test
    void results_are_cut_to_their_type() throws Throwable {
        assertThat((int) lift("add", Primitive.U8, int.class).invokeExact(context, 255, 2))
                .isEqualTo(1);
        assertThat((byte) lift("add", Primitive.S8, byte.class).invokeExact(context, (byte) 127, (byte) 1))
                .isEqualTo((byte) -128);
        assertThat((long) lift("add", Primitive.U32, long.class).invokeExact(context, 0xFFFF_FFFFL, 0L))
                .isEqualTo(0xFFFF_FFFFL);
    }

    @Test
    void a_trap_locks_the_instance() throws Throwable {
        MethodHandle fail = lift("fail", Primitive.S32, int.class);
        assertThatThrownBy(() -> {
                    int _ = (int) fail.invokeExact(context, 1, 2);
                })
                .isInstanceOf(Trap.class)
                .hasMessage(Trap.Kind.UNREACHABLE.reason());
        assertThat(sandbox.control().entered()).isFalse();
        assertThatThrownBy(() -> {
                    int _ = (int) lift("add", Primitive.S32, int.class).invokeExact(context, 1, 2);
                })
                .isInstanceOf(Trap.class);
    }

    @Test
    void calls_with_numbers_allocate_nothing() throws Throwable {
        MethodHandle add = lift("add", Primitive.S32, int.class);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int sum = call(add, 0);
        long before = threads.getCurrentThreadAllocatedBytes();
        sum = call(add, sum);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(sum).isEqualTo(2 * CALLS);
        assertThat(allocated).isLessThan(CALLS); // less than a byte for each
    }

    private int call(MethodHandle add, int from) throws Throwable {
        int sum = from;
        for (int count = 0; count < CALLS; count++) {
            sum = (int) add.invokeExact(context, sum, 1);
        }
        return sum;
    }
}

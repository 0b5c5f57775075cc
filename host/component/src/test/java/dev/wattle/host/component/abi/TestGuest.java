package dev.wattle.host.component.abi;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A component instance without an engine: its core functions are lambdas over flat values, its memory is an
/// array, its realloc takes the next bytes that are free.
final class TestGuest {
    private static final int MEMORY_BYTES = 1 << 16;
    private static final CoreType.Function REALLOC = new CoreType.Function(
            List.of(CoreType.Value.I32, CoreType.Value.I32, CoreType.Value.I32, CoreType.Value.I32),
            List.of(CoreType.Value.I32));

    final InstanceState state;
    final TestMemory memory;
    final StringEncoding encoding;
    Optional<MethodHandle> postReturn = Optional.empty();
    CoreAdapter.FlatFunction realloc = this::bump;
    private long free = 8;

    TestGuest() {
        this(newSandbox(), StringEncoding.UTF8);
    }

    TestGuest(Sandbox sandbox, StringEncoding encoding) {
        this(new InstanceState(sandbox), encoding, new TestMemory(MEMORY_BYTES));
    }

    TestGuest(InstanceState state, StringEncoding encoding, TestMemory memory) {
        this.state = state;
        this.encoding = encoding;
        this.memory = memory;
    }

    static Sandbox newSandbox() {
        return new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
    }

    Sandbox sandbox() {
        return state.sandbox();
    }

    private long bump(long[] values) {
        long begin = allocate((int) values[2], values[3]);
        byte[] kept = memory.read(values[0], (int) Math.min(values[1], values[3]));
        memory.write(begin, kept, 0, kept.length);
        return begin;
    }

    long allocate(int alignment, long bytes) {
        long begin = Layout.alignTo(free, alignment);
        free = begin + bytes;
        return begin;
    }

    CanonicalOptions options() {
        return new CanonicalOptions(
                encoding,
                Optional.of(memory),
                Optional.of(CoreAdapter.of(REALLOC).bind(values -> realloc.call(values))),
                postReturn);
    }

    static FunctionType type(List<WitType> parameters, Optional<WitType> result) {
        return new FunctionType(
                IntStream.range(0, parameters.size())
                        .mapToObj(index -> new FunctionType.Parameter("p" + index, parameters.get(index)))
                        .toList(),
                result);
    }

    /// Exports a core function.
    CanonLift export(FunctionType type, CoreAdapter.FlatFunction function) {
        return new CanonLift(
                state,
                new PreparedType(type),
                core(CanonicalAbi.flatten(type, CanonicalAbi.Context.LIFT), function),
                options());
    }

    static CoreExtern.Function core(CoreType.Function type, CoreAdapter.FlatFunction function) {
        return CoreExtern.hostFunction(type, CoreAdapter.of(type).bind(function));
    }

    /// Imports a function of the host.
    CoreAdapter.FlatFunction imports(FunctionType type, HostFunction function) {
        return imports(type, CanonicalFunction.ofHost("test", type, function));
    }

    /// Imports a function, to be called with flat values.
    CoreAdapter.FlatFunction imports(FunctionType type, CanonicalFunction function) {
        return flat(CanonLower.of(state, new PreparedType(type), function, options()));
    }

    static CoreAdapter.FlatFunction flat(CoreExtern.Function function) {
        return values -> CoreAdapter.of(function.type()).invoke(function.handle(), values);
    }

    /// What an export does that calls an import of the same type, and gives its result on.
    CoreAdapter.FlatFunction forwardTo(FunctionType type, CoreAdapter.FlatFunction imported) {
        Signature signature = new Signature(type, CanonicalAbi.Context.LOWER);
        if (!signature.resultSpilled()) {
            return imported;
        }
        WitType tuple = new WitType.TupleType(signature.result());
        return values -> {
            long pointer = allocate(Layout.alignment(tuple), Layout.elemSize(tuple));
            long[] withPointer = java.util.Arrays.copyOf(values, values.length + 1);
            withPointer[values.length] = pointer;
            long _ = imported.call(withPointer);
            return pointer;
        };
    }
}

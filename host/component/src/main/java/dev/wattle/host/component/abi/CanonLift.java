package dev.wattle.host.component.abi;

import dev.wattle.host.component.ComponentFunction;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.Values;
import dev.wattle.wit.WitValue;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A component function over a core function: `canon lift`. The host calls it as [ComponentFunction], other
/// guests of the sandbox as [CanonicalFunction] through their [CanonLower].
///
/// @spec CanonicalABI.md `canon_lift`
public final class CanonLift implements ComponentFunction, CanonicalFunction {
    private final InstanceState instance;
    private final PreparedType type;
    private final MethodHandle callee;
    private final CanonicalOptions options;

    /// @param instance the instance whose code `callee` is
    /// @param type with the resource types of this instance
    /// @param callee of the core type `CanonicalAbi.flatten(type, LIFT)`
    public CanonLift(InstanceState instance, PreparedType type, CoreExtern.Function callee, CanonicalOptions options) {
        this(instance, type, callee.handle(), options);
    }

    /// @param callee exact-typed
    public CanonLift(InstanceState instance, PreparedType type, MethodHandle callee, CanonicalOptions options) {
        this.instance = instance;
        this.type = type;
        this.callee = callee;
        this.options = options;
    }

    @Override
    public FunctionType type() {
        return type.type();
    }

    @Override
    public Optional<WitValue> call(List<WitValue> arguments) {
        Values.checkArguments(type.type(), arguments);
        AtomicReference<Optional<WitValue>> result = new AtomicReference<>(Optional.empty());
        call(() -> arguments, result::set, null);
        return result.get();
    }

    @Override
    public void call(
            Supplier<List<WitValue>> onStart, Consumer<Optional<WitValue>> onResolve, @Nullable InstanceState caller) {
        if (caller != null) {
            instance.enterFrom(caller);
            callEntered(onStart, onResolve);
            instance.leaveTo(caller);
            return;
        }
        boolean root = instance.enterFromHost();
        try {
            callEntered(onStart, onResolve);
        } catch (Throwable e) {
            throw instance.abandon(root, e);
        }
        instance.leaveToHost(root);
    }

    private void callEntered(Supplier<List<WitValue>> onStart, Consumer<Optional<WitValue>> onResolve) {
        Signature flat = type.lifted().signature();
        Task task = new Task();
        LiftLowerContext cx = new LiftLowerContext(options, instance, task);
        long[] flatArguments =
                FlatLowering.lowerFlatValues(cx, flat.parametersSpilled(), onStart.get(), flat.parameters());
        long flatResult = type.lifted().adapter().invoke(callee, flatArguments);
        List<WitValue> result =
                FlatLifting.liftFlatValues(cx, flat.resultSpilled(), new CoreValueIter(flatResult), flat.result());
        task.returnResult(result.stream().findFirst(), onResolve);
        if (options.postReturn().isPresent()) {
            postReturn(options.postReturn().get(), flat, flatResult);
        }
    }

    private void postReturn(MethodHandle postReturn, Signature flat, long flatResult) {
        List<CoreType.Value> parameters = flat.core().results();
        instance.forbidLeaving();
        long _ = CoreAdapter.of(new CoreType.Function(parameters, List.of()))
                .invoke(postReturn, parameters.isEmpty() ? new long[0] : new long[] {flatResult});
        instance.allowLeaving();
    }
}

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
    /// @param callee of the core type that `CanonicalAbi.flatten` says for LIFT and these options
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

    /// Answers when the function has returned. What an async one does afterwards goes on until it waits,
    /// and then within later calls.
    @Override
    public Optional<WitValue> call(List<WitValue> arguments) {
        Values.checkArguments(type.type(), arguments);
        var result = new RootResult();
        if (type.type().async()) {
            callAsync(arguments, result);
        } else {
            boolean root = instance.enterFromHost();
            try {
                start(() -> LiftedValues.ofHost(arguments), result);
            } catch (Throwable e) {
                throw instance.abandon(root, e);
            }
            instance.leaveToHost(root);
        }
        return result.values.stream().findFirst();
    }

    private void callAsync(List<WitValue> arguments, RootResult result) {
        Store store = instance.store();
        boolean root = store.enter();
        try {
            instance.enterAllFrom(null);
            ScheduledTask task = start(() -> LiftedValues.ofHost(arguments), result);
            instance.leaveAllTo(null);
            store.runUntilResolved(task);
        } catch (Throwable e) {
            throw instance.abandon(root, e);
        }
        store.exit(root);
    }

    private static final class RootResult implements Consumer<@Nullable LiftedValues> {
        private List<WitValue> values = List.of();

        @Override
        public void accept(@Nullable LiftedValues lifted) {
            if (lifted != null) { // nobody cancels a root call
                values = lifted.values();
            }
        }
    }

    @Override
    public Cancellation call(
            Supplier<LiftedValues> onStart,
            Consumer<@Nullable LiftedValues> onResolve,
            @Nullable InstanceState caller) {
        if (caller == null) {
            throw new IllegalArgumentException("the host calls in another way");
        }
        instance.enterFrom(caller);
        ScheduledTask task = start(onStart, onResolve);
        instance.leaveTo(caller);
        return task;
    }

    private ScheduledTask start(Supplier<LiftedValues> onStart, Consumer<@Nullable LiftedValues> onResolve) {
        ScheduledTask task = new ScheduledTask(type.type(), options, instance, onStart, onResolve);
        TaskThread thread =
                type.type().async() ? TaskThread.onFiber(task, this::run) : TaskThread.onCallersStack(task, this::run);
        thread.resume(false);
        return task;
    }

    /// What the implicit thread does.
    private void run(TaskThread thread) {
        ScheduledTask task = thread.task();
        if (!task.enterImplicitThread(thread)) {
            return;
        }
        PreparedType.Flat flat = type.lifted(options);
        Signature signature = flat.signature();
        LiftLowerContext cx = new LiftLowerContext(options, instance, task);
        LiftedValues arguments = task.start();
        cx.lowerFrom(arguments.strings());
        long[] flatArguments = FlatLowering.lowerFlatValues(
                cx, signature.parametersSpilled(), arguments.values(), signature.parameters());
        long flatResult = flat.adapter().invoke(callee, flatArguments);
        if (!options.async()) {
            returnResult(cx, task, signature, flatResult);
        } else if (options.callback().isPresent()) {
            new CallbackLoop(instance, thread, options.callback().get()).run((int) flatResult);
        }
        task.exitImplicitThread(thread);
    }

    private void returnResult(LiftLowerContext cx, ScheduledTask task, Signature signature, long flatResult) {
        List<WitValue> result = FlatLifting.liftFlatValues(
                cx, signature.resultSpilled(), new CoreValueIter(flatResult), signature.result());
        task.returnResult(cx.lifted(result));
        if (options.postReturn().isPresent()) {
            postReturn(options.postReturn().get(), signature, flatResult);
        }
    }

    private void postReturn(MethodHandle postReturn, Signature signature, long flatResult) {
        List<CoreType.Value> parameters = signature.core().results();
        instance.forbidLeaving();
        long _ = CoreAdapter.of(new CoreType.Function(parameters, List.of()))
                .invoke(postReturn, parameters.isEmpty() ? new long[0] : new long[] {flatResult});
        instance.allowLeaving();
    }
}

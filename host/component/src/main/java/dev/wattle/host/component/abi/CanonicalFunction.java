package dev.wattle.host.component.abi;

import dev.wattle.host.component.HostFunction;
import dev.wattle.wit.FunctionType;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A component-level function that a guest may call: another guest's ([CanonLift]) or the host's ([#ofHost]).
///
/// The callee takes its arguments when it is ready to, and hands out its result before it cleans up: so
/// lifting and lowering on both sides interleave as the specification says. An async function may do either
/// after the call has returned.
///
/// @spec CanonicalABI.md `FuncInst`
@FunctionalInterface
public interface CanonicalFunction {
    /// Calls it, from guest code of `caller`.
    ///
    /// @param onStart lifts the arguments; called at most once
    /// @param onResolve takes the result, or null when the call was cancelled; called once
    /// @param caller the instance whose guest code calls, or null when the host does
    Cancellation call(
            Supplier<LiftedValues> onStart, Consumer<@Nullable LiftedValues> onResolve, @Nullable InstanceState caller);

    /// A function of the host, to be given to [CanonLower].
    ///
    /// @param name for messages, such as `wasi:io/streams#[method]input-stream.read`
    /// @param type as the component imports it: what it answers is checked against it
    static CanonicalFunction ofHost(String name, FunctionType type, HostFunction function) {
        return new HostCallee(name, type, function);
    }
}

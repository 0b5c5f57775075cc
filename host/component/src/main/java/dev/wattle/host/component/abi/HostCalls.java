package dev.wattle.host.component.abi;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.Sandbox;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.Values;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a guest calls a function of the host: it takes the sandbox's thread out of guest code while it runs.
/// Both layers call here.
public final class HostCalls {
    private HostCalls() {}

    /// Calls the function; the thread is in host code then, until [#resume].
    ///
    /// @param caller the instance whose code calls
    public static Optional<WitValue> call(InstanceState caller, HostFunction function, List<WitValue> arguments) {
        Sandbox sandbox = leave(caller);
        Optional<WitValue> result = function.call(sandbox, arguments);
        caller.requireNotTrapped();
        return result;
    }

    /// Out of guest code.
    public static Sandbox leave(InstanceState caller) {
        Sandbox sandbox = caller.sandbox();
        sandbox.control().host();
        return sandbox;
    }

    /// Back into guest code.
    public static void resume(InstanceState caller) {
        caller.sandbox().control().resume();
    }

    /// What a function answered that has a result; null when it answered nothing.
    public static @Nullable WitValue result(Optional<WitValue> answered) {
        return answered.orElse(null);
    }

    /// Ends the sandbox when the function answered what its type has not.
    static void checkResult(String name, FunctionType type, Optional<WitValue> answered) {
        try {
            Values.checkResult(type, answered);
        } catch (IllegalArgumentException e) {
            throw wrongResult(name, e);
        }
    }

    /// What generated code throws that has found a result not to fit.
    public static RuntimeException refuse(String name, FunctionType type, Optional<WitValue> answered) {
        checkResult(name, type, answered);
        return new IllegalStateException("the layers disagree about the result of " + name);
    }

    /// The same of a function with Java's types.
    public static RuntimeException refuse(String name, FunctionType type) {
        return wrongResult(name, new IllegalArgumentException("expected a result of the type " + type.result()));
    }

    private static RuntimeException wrongResult(String name, IllegalArgumentException cause) {
        return new IllegalStateException("the host's function " + name + " answered what its type has not", cause);
    }
}

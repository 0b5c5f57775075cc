package dev.wattle.host.component.binary;

import dev.wattle.host.component.Feature;
import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.CanonicalAbi.Concurrency;
import dev.wattle.host.component.abi.CanonicalAbi.Context;
import dev.wattle.host.component.binary.Definition.Options;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.CoreType.Value;
import dev.wattle.wit.FunctionType;
import java.util.List;

/// The rules for the options of canonical definitions.
///
/// @spec CanonicalABI.md "`canonopt` Validation"
final class OptionRules {
    private static final CoreType.Function REALLOC =
            new CoreType.Function(List.of(Value.I32, Value.I32, Value.I32, Value.I32), List.of(Value.I32));
    private static final CoreType.Function CALLBACK =
            new CoreType.Function(List.of(Value.I32, Value.I32, Value.I32), List.of(Value.I32));

    private final Scope scope;
    private final FeatureGate features;

    OptionRules(Scope scope, FeatureGate features) {
        this.scope = scope;
        this.features = features;
    }

    /// The options of `canon lift`.
    ///
    /// @param core the function that is lifted
    Concurrency lift(long offset, Options options, FunctionType type, CoreType.Function core) {
        check(offset, options);
        if (options.postReturn().isPresent()) {
            CoreType.Function postReturn = new CoreType.Function(core.results(), List.of());
            requireFunction(offset, "post-return", options.postReturn().getAsInt(), postReturn);
        }
        if (options.callback().isPresent()) {
            requireFunction(offset, "callback", options.callback().getAsInt(), CALLBACK);
        }
        if (options.async() && options.callback().isEmpty()) {
            features.use(Feature.ASYNC_STACKFUL, offset, "a lift with async and without callback");
        }
        Concurrency concurrency = !options.async()
                ? Concurrency.SYNC
                : options.callback().isPresent() ? Concurrency.ASYNC_CALLBACK : Concurrency.ASYNC;
        checkType(offset, options, type, Context.LIFT, concurrency);
        return concurrency;
    }

    /// The options of `canon lower`.
    Concurrency lower(long offset, Options options, FunctionType type) {
        check(offset, options);
        refuseLiftOptions(offset, options, "lowering");
        Concurrency concurrency = options.async() ? Concurrency.ASYNC : Concurrency.SYNC;
        checkType(offset, options, type, Context.LOWER, concurrency);
        return concurrency;
    }

    /// The options of a built-in that reads or writes values.
    ///
    /// @param name of the built-in
    void builtin(long offset, Options options, String name) {
        check(offset, options);
        refuseLiftOptions(offset, options, name);
    }

    void requireMemory(long offset, Options options) {
        if (options.memory().isEmpty()) {
            throw Failures.invalid(offset, "the option memory is missing");
        }
    }

    void requireRealloc(long offset, Options options) {
        requireMemory(offset, options);
        if (options.realloc().isEmpty()) {
            throw Failures.invalid(offset, "the option realloc is missing");
        }
    }

    /// Refuses `async` where a built-in knows none.
    void requireSync(long offset, Options options, String name) {
        if (options.async()) {
            throw Failures.invalid(offset, "the option async has no meaning for " + name);
        }
    }

    /// What holds for all canonical definitions.
    private void check(long offset, Options options) {
        if (options.memory().isPresent()) {
            Scope.at(scope.coreMemories, options.memory().getAsInt(), Sort.CORE_MEMORY, offset);
        }
        if (options.realloc().isPresent()) {
            if (options.memory().isEmpty()) {
                throw Failures.invalid(offset, "the option realloc stands there without memory");
            }
            requireFunction(offset, "realloc", options.realloc().getAsInt(), REALLOC);
        }
        if (options.callback().isPresent() && !options.async()) {
            throw Failures.invalid(offset, "the option callback stands there without async");
        }
        if (options.postReturn().isPresent() && options.async()) {
            throw Failures.invalid(offset, "the options post-return and async exclude one another");
        }
    }

    private static void refuseLiftOptions(long offset, Options options, String name) {
        if (options.postReturn().isPresent()) {
            throw Failures.invalid(offset, "the option post-return has no meaning for " + name);
        }
        if (options.callback().isPresent()) {
            throw Failures.invalid(offset, "the option callback has no meaning for " + name);
        }
    }

    private void checkType(long offset, Options options, FunctionType type, Context context, Concurrency concurrency) {
        if (options.async() && !type.async()) {
            throw Failures.invalid(offset, "the option async stands there with a function type that is not async");
        }
        if (options.memory().isEmpty() && CanonicalAbi.needsMemory(type, context, concurrency)) {
            requireMemory(offset, options);
        }
        if (options.realloc().isEmpty() && CanonicalAbi.needsRealloc(type, context, concurrency)) {
            requireRealloc(offset, options);
        }
    }

    /// Refuses a core function that has another type than its role demands.
    void requireFunction(long offset, String role, int index, CoreType.Function wanted) {
        CoreType.Function function = Scope.at(scope.coreFunctions, index, Sort.CORE_FUNCTION, offset);
        if (!function.equals(wanted)) {
            throw Failures.invalid(
                    offset, "the " + role + " function is " + CoreText.of(function) + ", not " + CoreText.of(wanted));
        }
    }
}

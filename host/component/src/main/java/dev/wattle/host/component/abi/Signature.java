package dev.wattle.host.component.abi;

import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.util.ArrayList;
import java.util.List;

/// A function's type, flattened once.
///
/// @param result empty, or one type
/// @param parametersSpilled do the parameters go through memory?
/// @param resultSpilled does the result go through memory?
/// @spec CanonicalABI.md `flatten_functype`
record Signature(
        List<WitType> parameters,
        List<WitType> result,
        CoreType.Function core,
        boolean parametersSpilled,
        boolean resultSpilled) {
    private static final List<CoreType.Value> POINTER = List.of(CoreType.Value.I32);

    /// From which side the core function is seen, and with which options.
    enum Form {
        LIFT,
        /// `async`, without callback: the result goes to `task.return`.
        LIFT_ASYNC,
        /// `async`, with callback: what the core function answers is what it waits for.
        LIFT_CALLBACK,
        LOWER,
        /// `async`: what the core function answers is the state of its subtask.
        LOWER_ASYNC;

        static Form of(CanonicalAbi.Context context, boolean async, boolean callback) {
            return switch (context) {
                case LIFT -> async ? (callback ? LIFT_CALLBACK : LIFT_ASYNC) : LIFT;
                case LOWER -> async ? LOWER_ASYNC : LOWER;
            };
        }

        int maxParameters() {
            return this == LOWER_ASYNC ? CanonicalAbi.MAX_FLAT_ASYNC_PARAMS : CanonicalAbi.MAX_FLAT_PARAMS;
        }

        /// Results that go to `task.return` never go through memory here.
        int maxResults() {
            return switch (this) {
                case LIFT, LOWER -> CanonicalAbi.MAX_FLAT_RESULTS;
                case LOWER_ASYNC -> 0;
                case LIFT_ASYNC, LIFT_CALLBACK -> Integer.MAX_VALUE;
            };
        }
    }

    Signature(FunctionType type, CanonicalAbi.Context context) {
        this(type, Form.of(context, false, false));
    }

    Signature(FunctionType type, Form form) {
        this(
                type.parameters().stream().map(FunctionType.Parameter::type).toList(),
                type.result().stream().toList(),
                form);
    }

    private Signature(List<WitType> parameters, List<WitType> result, Form form) {
        this(parameters, result, form, Flattening.flattenTypes(parameters), Flattening.flattenTypes(result));
    }

    private Signature(
            List<WitType> parameters,
            List<WitType> result,
            Form form,
            List<CoreType.Value> flatParameters,
            List<CoreType.Value> flatResults) {
        this(
                parameters,
                result,
                core(form, flatParameters, flatResults),
                flatParameters.size() > form.maxParameters(),
                flatResults.size() > form.maxResults());
    }

    private static CoreType.Function core(
            Form form, List<CoreType.Value> flatParameters, List<CoreType.Value> flatResults) {
        List<CoreType.Value> parameters = spill(flatParameters, form.maxParameters());
        boolean resultSpilled = flatResults.size() > form.maxResults();
        return switch (form) {
            case LIFT -> new CoreType.Function(parameters, resultSpilled ? POINTER : flatResults);
            case LIFT_ASYNC -> new CoreType.Function(parameters, List.of());
            case LIFT_CALLBACK -> new CoreType.Function(parameters, List.of(CoreType.Value.I32));
            case LOWER ->
                resultSpilled
                        ? new CoreType.Function(withOutPointer(parameters), List.of())
                        : new CoreType.Function(parameters, flatResults);
            case LOWER_ASYNC ->
                new CoreType.Function(
                        resultSpilled ? withOutPointer(parameters) : parameters, List.of(CoreType.Value.I32));
        };
    }

    /// The core parameters that take values of these types.
    static List<CoreType.Value> parametersOf(List<WitType> types, int max) {
        return spill(Flattening.flattenTypes(types), max);
    }

    private static List<CoreType.Value> spill(List<CoreType.Value> flat, int max) {
        return flat.size() > max ? POINTER : flat;
    }

    private static List<CoreType.Value> withOutPointer(List<CoreType.Value> parameters) {
        List<CoreType.Value> all = new ArrayList<>(parameters);
        all.add(CoreType.Value.I32);
        return all;
    }
}

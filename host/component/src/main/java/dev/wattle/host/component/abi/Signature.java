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
    Signature(FunctionType type, CanonicalAbi.Context context) {
        this(type, context, CanonicalAbi.Concurrency.SYNC);
    }

    Signature(FunctionType type, CanonicalAbi.Context context, CanonicalAbi.Concurrency concurrency) {
        this(
                type.parameters().stream().map(FunctionType.Parameter::type).toList(),
                type.result().stream().toList(),
                context,
                concurrency);
    }

    private Signature(
            List<WitType> parameters,
            List<WitType> result,
            CanonicalAbi.Context context,
            CanonicalAbi.Concurrency concurrency) {
        this(
                parameters,
                result,
                context,
                concurrency,
                Flattening.flattenTypes(parameters),
                Flattening.flattenTypes(result));
    }

    private Signature(
            List<WitType> parameters,
            List<WitType> result,
            CanonicalAbi.Context context,
            CanonicalAbi.Concurrency concurrency,
            List<CoreType.Value> flatParameters,
            List<CoreType.Value> flatResults) {
        this(
                parameters,
                result,
                core(context, concurrency, flatParameters, flatResults),
                flatParameters.size() > concurrency.maxFlatParameters(context),
                flatResults.size() > concurrency.maxFlatResults(context));
    }

    private static CoreType.Function core(
            CanonicalAbi.Context context,
            CanonicalAbi.Concurrency concurrency,
            List<CoreType.Value> flatParameters,
            List<CoreType.Value> flatResults) {
        boolean resultSpilled = flatResults.size() > concurrency.maxFlatResults(context);
        List<CoreType.Value> parameters = new ArrayList<>(
                flatParameters.size() > concurrency.maxFlatParameters(context)
                        ? List.of(CoreType.Value.I32)
                        : flatParameters);
        if (resultSpilled && context == CanonicalAbi.Context.LOWER) {
            parameters.add(CoreType.Value.I32);
        }
        List<CoreType.Value> results = switch (concurrency) {
            case SYNC -> resultSpilled ? spilledResult(context) : flatResults;
            case ASYNC -> context == CanonicalAbi.Context.LIFT ? List.of() : List.of(CoreType.Value.I32);
            case ASYNC_CALLBACK -> List.of(CoreType.Value.I32);
        };
        return new CoreType.Function(parameters, results);
    }

    private static List<CoreType.Value> spilledResult(CanonicalAbi.Context context) {
        return context == CanonicalAbi.Context.LIFT ? List.of(CoreType.Value.I32) : List.of();
    }
}

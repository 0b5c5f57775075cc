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
        this(
                type.parameters().stream().map(FunctionType.Parameter::type).toList(),
                type.result().stream().toList(),
                context);
    }

    private Signature(List<WitType> parameters, List<WitType> result, CanonicalAbi.Context context) {
        this(parameters, result, context, Flattening.flattenTypes(parameters), Flattening.flattenTypes(result));
    }

    private Signature(
            List<WitType> parameters,
            List<WitType> result,
            CanonicalAbi.Context context,
            List<CoreType.Value> flatParameters,
            List<CoreType.Value> flatResults) {
        this(
                parameters,
                result,
                core(context, flatParameters, flatResults),
                flatParameters.size() > CanonicalAbi.MAX_FLAT_PARAMS,
                flatResults.size() > CanonicalAbi.MAX_FLAT_RESULTS);
    }

    private static CoreType.Function core(
            CanonicalAbi.Context context, List<CoreType.Value> flatParameters, List<CoreType.Value> flatResults) {
        List<CoreType.Value> parameters =
                flatParameters.size() > CanonicalAbi.MAX_FLAT_PARAMS ? List.of(CoreType.Value.I32) : flatParameters;
        if (flatResults.size() <= CanonicalAbi.MAX_FLAT_RESULTS) {
            return new CoreType.Function(parameters, flatResults);
        }
        return switch (context) {
            case LIFT -> new CoreType.Function(parameters, List.of(CoreType.Value.I32));
            case LOWER -> {
                List<CoreType.Value> withOutPointer = new ArrayList<>(parameters);
                withOutPointer.add(CoreType.Value.I32);
                yield new CoreType.Function(withOutPointer, List.of());
            }
        };
    }
}

package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.engine.CoreType;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One function's parameters and result as nodes, and the core function behind it.
///
/// @param spilledParameters the tuple of the parameters when they go through memory, else null
/// @param resultSpilled does the result go through memory?
/// @param core of the function that is lifted, or that lowering makes
record FlatSignature(
        FunctionType type,
        List<TypeNode> parameters,
        @Nullable TypeNode result,
        @Nullable TypeNode spilledParameters,
        boolean resultSpilled,
        CoreType.Function core) {
    static FlatSignature of(FunctionType type, CanonicalAbi.Context context, TypeNodes nodes) {
        List<WitType> types =
                type.parameters().stream().map(FunctionType.Parameter::type).toList();
        boolean spilled = CanonicalAbi.flattenTypes(types).size() > CanonicalAbi.MAX_FLAT_PARAMS;
        TypeNode result = type.result().map(nodes::node).orElse(null);
        return new FlatSignature(
                type,
                types.stream().map(nodes::node).toList(),
                result,
                spilled ? nodes.node(new WitType.TupleType(types)) : null,
                result != null && result.flat.size() > CanonicalAbi.MAX_FLAT_RESULTS,
                CanonicalAbi.flatten(type, context));
    }

    /// Is there code that lowers its parameters?
    boolean lowersParameters() {
        return spilledParameters != null || LowerCode.fits(parameters);
    }

    /// Is there code that lowers its result?
    boolean lowersResult() {
        return result == null || resultSpilled || LowerCode.fits(List.of(result));
    }

    boolean borrows() {
        return parameters.stream().anyMatch(TypeNode::borrows);
    }

    /// What a core function's flat result is; null when there is none.
    CoreType.@Nullable Value flatResult() {
        return core.results().isEmpty() ? null : core.results().getFirst();
    }

    /// The core function's type, after a first parameter.
    MethodTypeDesc descriptor(ClassDesc first) {
        List<ClassDesc> types = new ArrayList<>();
        types.add(first);
        core.parameters().forEach(each -> types.add(Names.core(each)));
        CoreType.Value flat = flatResult();
        return MethodTypeDesc.of(flat == null ? ConstantDescs.CD_void : Names.core(flat), types);
    }

    /// The type of its post-return, after a first parameter.
    MethodTypeDesc postReturn(ClassDesc first) {
        CoreType.Value flat = flatResult();
        return flat == null
                ? MethodTypeDesc.of(ConstantDescs.CD_void, first)
                : MethodTypeDesc.of(ConstantDescs.CD_void, first, Names.core(flat));
    }
}

package dev.wattle.host.component.binary;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.CanonicalAbi.Concurrency;
import dev.wattle.host.component.abi.CanonicalAbi.Context;
import dev.wattle.host.component.binary.Definition.ResourceBuiltin;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.CoreType.Value;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import java.util.List;

/// The rules for canonical definitions.
///
/// @spec CanonicalABI.md "Canonical Definitions"
final class CanonRules {
    private final Scope scope;
    private final Work work;
    private final OptionRules options;

    CanonRules(Scope scope, FeatureGate features, Work work) {
        this.scope = scope;
        this.work = work;
        this.options = new OptionRules(scope, features);
    }

    Step lift(Definition.Lift lift) {
        long offset = lift.offset();
        FunctionType type = scope.functionType(lift.type(), offset);
        CoreType.Function core = Scope.at(scope.coreFunctions, lift.coreFunction(), Sort.CORE_FUNCTION, offset);
        TypeQuestions.spend(type, work);
        Concurrency concurrency = options.lift(offset, lift.options(), type, core);
        CoreType.Function wanted = CanonicalAbi.flatten(type, Context.LIFT, concurrency);
        if (!core.equals(wanted)) {
            throw Failures.invalid(
                    offset,
                    "lifts a core function " + CoreText.of(core) + ", but its type flattens to " + CoreText.of(wanted));
        }
        scope.functions.add(type);
        return new Step.LiftFunction(lift.coreFunction(), lift.options(), type);
    }

    Step lower(Definition.Lower lower) {
        long offset = lower.offset();
        FunctionType type = Scope.at(scope.functions, lower.function(), Sort.FUNCTION, offset);
        TypeQuestions.spend(type, work);
        Concurrency concurrency = options.lower(offset, lower.options(), type);
        scope.coreFunctions.add(CanonicalAbi.flatten(type, Context.LOWER, concurrency));
        return new Step.LowerFunction(lower.function(), lower.options(), type);
    }

    Step resource(Definition.ResourceCanon canon) {
        ResourceType type = scope.resource(canon.type(), canon.offset());
        Value representation = scope.definedResources.get(type);
        if (canon.builtin() == ResourceBuiltin.DROP) {
            scope.coreFunctions.add(BuiltinRules.function(List.of(Value.I32)));
        } else if (representation == null) {
            throw Failures.invalid(
                    canon.offset(), "only the component that defines the resource '" + type + "' may do this with it");
        } else if (canon.builtin() == ResourceBuiltin.NEW) {
            scope.coreFunctions.add(BuiltinRules.function(List.of(representation), Value.I32));
        } else {
            scope.coreFunctions.add(BuiltinRules.function(List.of(Value.I32), representation));
        }
        return new Step.ResourceFunction(canon.builtin(), type);
    }

    Step define(long offset, TypeSyntax.ResourceSyntax syntax, ResourceType type) {
        if (syntax.destructor().isPresent()) {
            CoreType.Function destructor = BuiltinRules.function(List.of(syntax.representation()));
            options.requireFunction(offset, "destructor", syntax.destructor().getAsInt(), destructor);
        }
        scope.definedResources.put(type, syntax.representation());
        scope.types.add(new TypeEntry.OfResource(type));
        return new Step.DefineResource(type, syntax.representation(), syntax.destructor());
    }
}

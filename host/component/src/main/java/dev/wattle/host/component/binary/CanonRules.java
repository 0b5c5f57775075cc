package dev.wattle.host.component.binary;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.CanonicalAbi.Context;
import dev.wattle.host.component.binary.Definition.Options;
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
    private static final CoreType.Function REALLOC =
            new CoreType.Function(List.of(Value.I32, Value.I32, Value.I32, Value.I32), List.of(Value.I32));
    private static final CoreType.Function DESTRUCTOR = new CoreType.Function(List.of(Value.I32), List.of());
    private static final CoreType.Function HANDLE_TO_HANDLE =
            new CoreType.Function(List.of(Value.I32), List.of(Value.I32));

    private final Scope scope;
    private final Work work;

    CanonRules(Scope scope, Work work) {
        this.scope = scope;
        this.work = work;
    }

    Step lift(Definition.Lift lift) {
        long offset = lift.offset();
        FunctionType type = scope.functionType(lift.type(), offset);
        CoreType.Function core = Scope.at(scope.coreFunctions, lift.coreFunction(), Sort.CORE_FUNCTION, offset);
        TypeQuestions.spend(type, work);
        CoreType.Function wanted = CanonicalAbi.flatten(type, Context.LIFT);
        if (!core.equals(wanted)) {
            throw Failures.invalid(
                    offset,
                    "lifts a core function " + CoreText.of(core) + ", but its type flattens to " + CoreText.of(wanted));
        }
        checkOptions(offset, lift.options(), type, Context.LIFT);
        if (lift.options().postReturn().isPresent()) {
            CoreType.Function postReturn = new CoreType.Function(core.results(), List.of());
            requireFunction(offset, "post-return", lift.options().postReturn().getAsInt(), postReturn);
        }
        scope.functions.add(type);
        return new Step.LiftFunction(lift.coreFunction(), lift.options(), type);
    }

    Step lower(Definition.Lower lower) {
        long offset = lower.offset();
        FunctionType type = Scope.at(scope.functions, lower.function(), Sort.FUNCTION, offset);
        TypeQuestions.spend(type, work);
        checkOptions(offset, lower.options(), type, Context.LOWER);
        if (lower.options().postReturn().isPresent()) {
            throw Failures.invalid(offset, "the option post-return has no meaning when lowering");
        }
        scope.coreFunctions.add(CanonicalAbi.flatten(type, Context.LOWER));
        return new Step.LowerFunction(lower.function(), lower.options(), type);
    }

    private void checkOptions(long offset, Options options, FunctionType type, Context context) {
        if (options.memory().isPresent()) {
            Scope.at(scope.coreMemories, options.memory().getAsInt(), Sort.CORE_MEMORY, offset);
        } else if (CanonicalAbi.needsMemory(type, context)) {
            throw Failures.invalid(offset, "the option memory is missing");
        }
        if (options.realloc().isPresent()) {
            if (options.memory().isEmpty()) {
                throw Failures.invalid(offset, "the option realloc stands there without memory");
            }
            requireFunction(offset, "realloc", options.realloc().getAsInt(), REALLOC);
        } else if (CanonicalAbi.needsRealloc(type, context)) {
            throw Failures.invalid(offset, "the option realloc is missing");
        }
    }

    private void requireFunction(long offset, String role, int index, CoreType.Function wanted) {
        CoreType.Function function = Scope.at(scope.coreFunctions, index, Sort.CORE_FUNCTION, offset);
        if (!function.equals(wanted)) {
            throw Failures.invalid(
                    offset, "the " + role + " function is " + CoreText.of(function) + ", not " + CoreText.of(wanted));
        }
    }

    Step resource(Definition.ResourceCanon canon) {
        ResourceType type = scope.resource(canon.type(), canon.offset());
        if (canon.builtin() != ResourceBuiltin.DROP && !scope.definedResources.contains(type)) {
            throw Failures.invalid(
                    canon.offset(), "only the component that defines the resource '" + type + "' may do this with it");
        }
        scope.coreFunctions.add(canon.builtin() == ResourceBuiltin.DROP ? DESTRUCTOR : HANDLE_TO_HANDLE);
        return new Step.ResourceFunction(canon.builtin(), type);
    }

    Step define(long offset, TypeSyntax.ResourceSyntax syntax, ResourceType type) {
        if (syntax.destructor().isPresent()) {
            requireFunction(offset, "destructor", syntax.destructor().getAsInt(), DESTRUCTOR);
        }
        scope.definedResources.add(type);
        scope.types.add(new TypeEntry.OfResource(type));
        return new Step.DefineResource(type, syntax.destructor());
    }
}

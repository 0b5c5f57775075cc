package dev.wattle.host.component;

import dev.wattle.host.component.abi.CanonLift;
import dev.wattle.host.component.abi.CanonLower;
import dev.wattle.host.component.abi.CanonicalFunction;
import dev.wattle.host.component.abi.CanonicalOptions;
import dev.wattle.host.component.abi.PreparedType;
import dev.wattle.host.component.binary.Substitution;
import dev.wattle.host.component.code.Context;
import dev.wattle.host.component.code.CoreCallee;
import dev.wattle.host.component.code.PlanCode;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The functions of one context that the interpreter runs, made when they are first asked for. One thread.
final class Interpreted {
    private final Functions functions;
    private final Context context;
    private final @Nullable CanonLift[] lifted;
    private final @Nullable MethodHandle[] lowered;
    private final Substitution fresh;

    private Interpreted(Functions functions, Context context) {
        this.functions = functions;
        this.context = context;
        this.lifted = new CanonLift[functions.lifted().size()];
        this.lowered = new MethodHandle[functions.lowered().size()];
        this.fresh = functions.fresh(context);
    }

    /// A function that a guest defines.
    record Lifted(int state, Plan.Signature signature, CoreCallee callee, PlanCode.Options options) {
        /// With the resource types of the plan.
        FunctionType type() {
            return signature.type().type();
        }
    }

    /// A function that a guest calls.
    record Lowered(int state, Plan.Signature signature, Plan.Function callee, PlanCode.Options options) {
        /// With the resource types of the plan.
        FunctionType type() {
            return signature.type().type();
        }
    }

    /// A resource type that stands for a new one in each instance.
    record FreshResource(ResourceType standIn, int resource) {}

    /// All of a plan, by slot.
    record Functions(List<Lifted> lifted, List<Lowered> lowered, List<FreshResource> resources)
            implements Context.Interpreter {
        Interpreted of(Context context) {
            if (context.interpreted() instanceof Interpreted known) {
                return known;
            }
            var made = new Interpreted(this, context);
            context.keepInterpreted(made);
            return made;
        }

        @Override
        public MethodHandle lowered(Context context, int function) {
            return of(context).lowered(function);
        }

        private Substitution fresh(Context context) {
            Substitution types = Substitution.empty();
            resources.forEach(each -> types.bind(each.standIn(), context.resources[each.resource()].type()));
            return types;
        }
    }

    CanonLift lifted(int slot) {
        CanonLift known = lifted[slot];
        if (known == null) {
            Lifted function = functions.lifted().get(slot);
            known = new CanonLift(
                    context.states[function.state()],
                    type(function.signature()),
                    function.callee().in(context),
                    options(function.options()));
            lifted[slot] = known;
        }
        return known;
    }

    private MethodHandle lowered(int slot) {
        MethodHandle known = lowered[slot];
        if (known == null) {
            Lowered function = functions.lowered().get(slot);
            known = CanonLower.of(
                            context.states[function.state()],
                            type(function.signature()),
                            callee(function.callee()),
                            options(function.options()))
                    .handle();
            lowered[slot] = known;
        }
        return known;
    }

    private CanonicalFunction callee(Plan.Function function) {
        return switch (function) {
            case Plan.Function.Lifted(int slot) -> lifted(slot);
            case Plan.Function.Imported imported -> imported.callee();
        };
    }

    private CanonicalOptions options(PlanCode.Options options) {
        return new CanonicalOptions(
                options.encoding(),
                options.memory() == Plan.NONE ? Optional.empty() : Optional.of(context.memories[options.memory()]),
                handle(options.realloc()),
                handle(options.postReturn()));
    }

    private Optional<MethodHandle> handle(@Nullable CoreCallee callee) {
        return callee == null ? Optional.empty() : Optional.of(callee.in(context));
    }

    /// The type of a lifted function, with the resource types of this context.
    FunctionType liftedType(int slot) {
        return type(functions.lifted().get(slot).signature()).type();
    }

    private PreparedType type(Plan.Signature signature) {
        return signature.fresh() ? new PreparedType(fresh.apply(signature.type().type())) : signature.type();
    }
}

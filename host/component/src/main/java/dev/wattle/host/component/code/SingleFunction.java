package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.StringEncoding;
import dev.wattle.host.component.code.CallOptions.CoreCallee;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.ResourceType;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Code of one function alone, outside of a plan: for comparisons of the layers, and for measuring. In its
/// [Context] the component instance, the core instance, the memory and the function of the host have the slot
/// 0.
///
/// Handles take the core instance first: `(CoreInstance, parameters…) → result`.
///
/// @param realloc null when the function needs none
/// @param postReturn null when there is none
/// @param resources the resource types of the function, in the order in which the context has them
public record SingleFunction(
        FunctionType type,
        StringEncoding encoding,
        @Nullable MethodHandle realloc,
        @Nullable MethodHandle postReturn,
        List<ResourceType> resources) {
    private static final String METHOD = "call";

    public SingleFunction {
        resources = List.copyOf(resources);
    }

    /// Lowers a function of the host: `(Context, flat parameters…) → flat result`. Empty when the type is left
    /// to the interpreter.
    ///
    /// @param name of the import, for messages
    public Optional<MethodHandle> lower(String name) {
        if (!HostCode.accepts(type)) {
            return Optional.empty();
        }
        GeneratedClass target = new GeneratedClass("LoweredFunction");
        CallCode calls = new CallCode(target, nodes());
        new HostCode(calls).add(new HostCode.Site(METHOD, name, type, 0, options(target), 0));
        return Optional.of(define(target, lowered()));
    }

    /// Calls a lifted function: `(Context, List) → Optional`. Empty when the type is left to the interpreter.
    ///
    /// @param callee the core function
    public Optional<MethodHandle> lift(MethodHandle callee) {
        if (!GuestCode.accepts(type)) {
            return Optional.empty();
        }
        GeneratedClass target = new GeneratedClass("LiftedFunction");
        CallCode calls = new CallCode(target, nodes());
        new GuestCode(calls).add(new GuestCode.Site(METHOD, type, 0, options(target), callee(target, callee)));
        return Optional.of(define(target, MethodType.methodType(Optional.class, Context.class, List.class)));
    }

    /// The same with Java's own types for parameters and result: `(Context, parameters…) → result`. Empty when
    /// the function cannot have those.
    public Optional<MethodHandle> lift(MethodHandle callee, MethodType types) {
        if (!GuestCode.accepts(type) || !JavaForm.fits(type, types)) {
            return Optional.empty();
        }
        GeneratedClass target = new GeneratedClass("LiftedJavaFunction");
        CallCode calls = new CallCode(target, nodes());
        new JavaGuestCode(calls)
                .add(new GuestCode.Site(METHOD, type, 0, options(target), callee(target, callee)), types);
        return Optional.of(define(target, types.insertParameterTypes(0, Context.class)));
    }

    /// Lowers a function of the host that takes and gives Java's own types. Empty when they do not fit.
    ///
    /// @param function `(Sandbox, parameters…) → result`
    public Optional<MethodHandle> lower(String name, MethodHandle function) {
        if (!HostCode.accepts(type) || !JavaForm.fits(type, function.type().dropParameterTypes(0, 1))) {
            return Optional.empty();
        }
        GeneratedClass target = new GeneratedClass("LoweredJavaFunction");
        CallCode calls = new CallCode(target, nodes());
        new JavaHostCode(calls).add(new HostCode.Site(METHOD, name, type, 0, options(target), 0), function);
        return Optional.of(define(target, lowered()));
    }

    private MethodType lowered() {
        return CanonicalAbi.flatten(type, CanonicalAbi.Context.LOWER)
                .handleType()
                .insertParameterTypes(0, Context.class);
    }

    private TypeNodes nodes() {
        return new TypeNodes(resources::indexOf);
    }

    private CallOptions options(GeneratedClass target) {
        return new CallOptions(
                encoding,
                0,
                realloc == null ? null : callee(target, realloc),
                postReturn == null ? null : callee(target, postReturn));
    }

    private static CoreCallee callee(GeneratedClass target, MethodHandle handle) {
        return new CoreCallee(target.constant(ConstantDescs.CD_MethodHandle, handle), 0);
    }

    private static MethodHandle define(GeneratedClass target, MethodType type) {
        GeneratedClass.Defined defined = target.define(target.build());
        defined.initialize();
        return defined.method(METHOD, type);
    }
}

package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.Subtask;
import dev.wattle.host.component.code.LiftCode.Flat;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.List;

/// Code of lowered functions of the host that take and give Java's own types: `(Context, flat parameters…) →
/// flat result`. The function is a constant, so that it can be compiled into its caller; numbers take no
/// allocation.
final class JavaHostCode {
    private final CallCode calls;
    private final JavaCode java;

    JavaHostCode(CallCode calls) {
        this.calls = calls;
        this.java = new JavaCode(calls);
    }

    /// Adds the method.
    ///
    /// @param site without the slot of a function
    /// @param function `(Sandbox, parameters…) → result`, whose types [JavaForm#fits] accepts
    void add(HostCode.Site site, MethodHandle function) {
        FlatSignature signature = FlatSignature.of(site.type(), CanonicalAbi.Context.LOWER, calls.nodes);
        calls.target.method(
                site.method(),
                signature.descriptor(ContextCode.CONTEXT),
                out -> body(out, site, signature, calls.target.constant(CallCode.HANDLE, function), function.type()));
    }

    private void body(
            CodeBuilder out,
            HostCode.Site site,
            FlatSignature signature,
            GeneratedClass.Constant function,
            MethodType exact) {
        MethodType types = exact.dropParameterTypes(0, 1);
        List<Flat> flats = LiftCode.flats(signature.core().parameters(), 1);
        int state = CallCode.state(out, site.state());
        CallCode.onState(out, state, "requireMayLeave", CallCode.NOTHING);
        boolean charges = JavaCode.needsContext(signature, types);
        int mark = charges ? HostCode.mark(out, state) : CallOptions.NONE;
        boolean borrows = signature.borrows();
        int subtask = borrows ? CallCode.scope(out, Subtask.class) : CallOptions.NONE;
        if (charges) {
            calls.begin(out, state, site.options(), borrows ? each -> each.aload(subtask) : CodeBuilder::aconst_null);
        }
        int[] arguments = java.liftParameters(out, signature, flats, types);
        int sandbox = out.allocateLocal(TypeKind.REFERENCE);
        out.aload(state)
                .invokestatic(CallCode.HOST_CALLS, "leave", MethodTypeDesc.of(ContextCode.SANDBOX, ContextCode.STATE))
                .astore(sandbox);
        calls.target.load(out, function).aload(sandbox);
        for (int index = 0; index < arguments.length; index++) {
            JavaCode.load(out, types.parameterType(index), arguments[index]);
        }
        out.invokevirtual(
                CallCode.HANDLE, "invokeExact", exact.describeConstable().orElseThrow());
        int result = types.returnType() == void.class ? CallOptions.NONE : JavaCode.keep(out, types.returnType());
        CallCode.onState(out, state, "requireNotTrapped", CallCode.NOTHING);
        check(out, site, signature, types.returnType(), result);
        HostCode.resume(out, state);
        int flatResult = lower(out, signature, flats, types.returnType(), result);
        if (borrows) {
            CallCode.deliver(out, subtask);
        }
        if (charges) {
            HostCode.release(out, state, mark);
        }
        HostCode.returnFlat(out, signature, flatResult);
    }

    private void check(CodeBuilder out, HostCode.Site site, FlatSignature signature, Class<?> type, int result) {
        TypeNode node = signature.result();
        if (node == null) {
            return;
        }
        Label unfit = out.newLabel();
        Label fit = out.newLabel();
        java.check(out, node, type, result, unfit);
        out.goto_(fit).labelBinding(unfit).loadConstant(site.name());
        calls.target.load(out, calls.target.constant(HostCode.FUNCTION_TYPE, site.type()));
        ClassDesc exception = Names.of(RuntimeException.class);
        out.invokestatic(
                        CallCode.HOST_CALLS,
                        "refuse",
                        MethodTypeDesc.of(exception, ConstantDescs.CD_String, HostCode.FUNCTION_TYPE))
                .athrow()
                .labelBinding(fit);
    }

    private int lower(CodeBuilder out, FlatSignature signature, List<Flat> flats, Class<?> type, int result) {
        TypeNode node = signature.result();
        if (node == null) {
            return CallOptions.NONE;
        }
        if (signature.resultSpilled()) {
            int address = CallCode.spilled(out, node, flats.getLast()::load);
            java.store(out, node, type, result, each -> each.lload(address));
            return CallOptions.NONE;
        }
        Flat flat = new Flat(out.allocateLocal(Names.kind(node.flat.getFirst())), node.flat.getFirst());
        java.lower(out, node, type, result, List.of(flat));
        return flat.local();
    }
}

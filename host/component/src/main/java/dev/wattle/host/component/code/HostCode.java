package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.Subtask;
import dev.wattle.host.component.code.LiftCode.Flat;
import dev.wattle.wit.FunctionType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Code of lowered functions of the host: `(Context, flat parameters…) → flat result`. They lift the arguments,
/// call the function and lower what it answers.
///
/// @spec CanonicalABI.md `canon_lower`
final class HostCode {
    static final ClassDesc FUNCTION_TYPE = Names.of(FunctionType.class);
    private static final ClassDesc EXCEPTION = Names.of(RuntimeException.class);

    private final CallCode calls;

    HostCode(CallCode calls) {
        this.calls = calls;
    }

    /// One lowered function.
    ///
    /// @param method what it is called in the class
    /// @param name of the import, for messages
    /// @param state the slot of the instance whose code calls
    /// @param function the slot of the host's function
    record Site(String method, String name, FunctionType type, int state, CallOptions options, int function) {}

    /// Is code made for functions of that type?
    static boolean accepts(FunctionType type) {
        return TypeNodes.accepts(type)
                && FlatSignature.of(type, CanonicalAbi.Context.LOWER, new TypeNodes(_ -> 0))
                        .lowersResult();
    }

    /// Adds the method.
    void add(Site site) {
        FlatSignature signature = FlatSignature.of(site.type(), CanonicalAbi.Context.LOWER, calls.nodes);
        calls.target.method(
                site.method(), signature.descriptor(ContextCode.CONTEXT), out -> body(out, site, signature));
    }

    private void body(CodeBuilder out, Site site, FlatSignature signature) {
        List<Flat> flats = LiftCode.flats(signature.core().parameters(), 1);
        int function = out.allocateLocal(TypeKind.REFERENCE);
        ContextCode.hostFunction(out, site.function()).astore(function);
        int state = CallCode.state(out, site.state());
        CallCode.onState(out, state, "requireMayLeave", CallCode.NOTHING);
        int mark = mark(out, state);
        boolean borrows = signature.borrows();
        int subtask = borrows ? CallCode.scope(out, Subtask.class) : CallOptions.NONE;
        calls.begin(out, state, site.options(), borrows ? each -> each.aload(subtask) : CodeBuilder::aconst_null);
        int result = call(out, signature, flats, state, function);
        int value = check(out, site, signature, result);
        resume(out, state);
        int flatResult = lower(out, signature, flats, value);
        if (borrows) {
            CallCode.deliver(out, subtask);
        }
        release(out, state, mark);
        returnFlat(out, signature, flatResult);
    }

    /// What lifted values take by now, in a local.
    static int mark(CodeBuilder out, int state) {
        int mark = out.allocateLocal(TypeKind.LONG);
        CallCode.onState(out, state, "markValues", MethodTypeDesc.of(ConstantDescs.CD_long));
        out.lstore(mark);
        return mark;
    }

    /// The values that were lifted since are gone.
    static void release(CodeBuilder out, int state, int mark) {
        out.aload(state)
                .lload(mark)
                .invokevirtual(
                        ContextCode.STATE,
                        "releaseValues",
                        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_long));
    }

    static void resume(CodeBuilder out, int state) {
        out.aload(state)
                .invokestatic(
                        CallCode.HOST_CALLS, "resume", MethodTypeDesc.of(ConstantDescs.CD_void, ContextCode.STATE));
    }

    static void returnFlat(CodeBuilder out, FlatSignature signature, int local) {
        var type = signature.flatResult();
        if (type == null) {
            out.return_();
        } else {
            out.loadLocal(Names.kind(type), local).return_(Names.kind(type));
        }
    }

    /// Lifts the arguments and calls; the local with what was answered.
    private int call(CodeBuilder out, FlatSignature signature, List<Flat> flats, int state, int function) {
        int result = out.allocateLocal(TypeKind.REFERENCE);
        int arguments = out.allocateLocal(TypeKind.REFERENCE);
        TypeNode tuple = signature.spilledParameters();
        if (tuple == null) {
            LiftCode.list(
                    out, signature.parameters().size(), calls.lifting.inOrder(out, signature.parameters()::get, flats));
        } else {
            int address = CallCode.spilled(out, tuple, flats.getFirst()::load);
            calls.lifting.load(out, tuple, each -> each.lload(address));
            CallCode.elements(out);
        }
        out.astore(arguments)
                .aload(state)
                .aload(function)
                .aload(arguments)
                .invokestatic(
                        CallCode.HOST_CALLS,
                        "call",
                        MethodTypeDesc.of(CallCode.OPTIONAL, ContextCode.STATE, ContextCode.HOST_FUNCTION, Names.LIST))
                .astore(result);
        return result;
    }

    /// Checks what was answered; the local with the value, when there shall be one.
    private int check(CodeBuilder out, Site site, FlatSignature signature, int result) {
        Label unfit = out.newLabel();
        Label fit = out.newLabel();
        int value = out.allocateLocal(TypeKind.REFERENCE);
        TypeNode node = signature.result();
        if (node == null) {
            out.aload(result)
                    .invokevirtual(CallCode.OPTIONAL, "isPresent", MethodTypeDesc.of(ConstantDescs.CD_boolean))
                    .ifeq(fit);
        } else {
            out.aload(result)
                    .invokestatic(CallCode.HOST_CALLS, "result", MethodTypeDesc.of(Names.VALUE, CallCode.OPTIONAL))
                    .astore(value)
                    .aload(value)
                    .ifnull(unfit);
            calls.checks.check(out, node, value);
            out.ifne(fit);
        }
        out.labelBinding(unfit).loadConstant(site.name());
        calls.target.load(out, calls.target.constant(FUNCTION_TYPE, site.type()));
        out.aload(result)
                .invokestatic(
                        CallCode.HOST_CALLS,
                        "refuse",
                        MethodTypeDesc.of(EXCEPTION, ConstantDescs.CD_String, FUNCTION_TYPE, CallCode.OPTIONAL))
                .athrow()
                .labelBinding(fit);
        return value;
    }

    /// Lowers the value; the local with what is returned, when something is.
    private int lower(CodeBuilder out, FlatSignature signature, List<Flat> flats, int value) {
        TypeNode node = signature.result();
        if (node == null) {
            return CallOptions.NONE;
        }
        if (signature.resultSpilled()) {
            int address = CallCode.spilled(out, node, flats.getLast()::load);
            calls.storing.store(out, node, value, each -> each.lload(address));
            return CallOptions.NONE;
        }
        Flat flat = new Flat(out.allocateLocal(Names.kind(node.flat.getFirst())), node.flat.getFirst());
        calls.lowering.lower(out, node, value, List.of(flat));
        return flat.local();
    }
}

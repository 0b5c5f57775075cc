package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.Task;
import dev.wattle.host.component.code.LiftCode.Flat;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitText;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.util.List;

/// Code of lifted functions that the host calls with Java's own types: `(Context, parameters…) → result`.
/// Numbers take no allocation.
final class JavaGuestCode {
    private final CallCode calls;
    private final GuestCode guest;
    private final JavaCode java;

    JavaGuestCode(CallCode calls) {
        this.calls = calls;
        this.guest = new GuestCode(calls);
        this.java = new JavaCode(calls);
    }

    /// Adds the method.
    ///
    /// @param types of Java's parameters and result, which [JavaForm#fits] accepts
    void add(GuestCode.Site site, MethodType types) {
        FlatSignature signature = FlatSignature.of(site.type(), CanonicalAbi.Context.LIFT, calls.nodes);
        MethodTypeDesc descriptor =
                types.insertParameterTypes(0, Context.class).describeConstable().orElseThrow();
        calls.target.method(site.method(), descriptor, out -> body(out, site, signature, types));
    }

    private void body(CodeBuilder out, GuestCode.Site site, FlatSignature signature, MethodType types) {
        int context = out.allocateLocal(TypeKind.REFERENCE);
        ContextCode.load(out).astore(context);
        int state = CallCode.state(out, site.state());
        boolean borrows = signature.borrows();
        int task = borrows ? CallCode.scope(out, Task.class) : CallOptions.NONE;
        if (JavaCode.needsContext(signature, types)) {
            calls.begin(out, state, site.options(), borrows ? each -> each.aload(task) : CodeBuilder::aconst_null);
        }
        int[] arguments = JavaCode.locals(types, 1);
        check(out, site.type(), signature, arguments, types);
        Class<?> resultType = types.returnType();
        int result = resultType == void.class ? CallOptions.NONE : empty(out, resultType);
        GuestCode.run(out, state, block -> {
            List<Flat> flats = java.lowerArguments(block, signature, arguments, types);
            int flatResult = guest.call(block, site.callee(), signature, flats, context);
            if (result != CallOptions.NONE) {
                lift(block, signature, resultType, flatResult);
                block.storeLocal(TypeKind.from(resultType).asLoadable(), result);
            }
            guest.finish(block, site, signature, new GuestCode.Ending(task, state, context, flatResult));
        });
        if (result == CallOptions.NONE) {
            out.return_();
        } else {
            JavaCode.load(out, resultType, result).return_(TypeKind.from(resultType));
        }
    }

    /// A local that holds nothing yet.
    private static int empty(CodeBuilder out, Class<?> type) {
        switch (TypeKind.from(type).asLoadable()) {
            case LONG -> out.lconst_0();
            case FLOAT -> out.fconst_0();
            case DOUBLE -> out.dconst_0();
            case REFERENCE -> out.aconst_null();
            default -> out.iconst_0();
        }
        return JavaCode.keep(out, type);
    }

    private void check(CodeBuilder out, FunctionType type, FlatSignature signature, int[] arguments, MethodType types) {
        ClassDesc exception = Names.of(IllegalArgumentException.class);
        for (int index = 0; index < arguments.length; index++) {
            Label unfit = out.newLabel();
            Label fit = out.newLabel();
            java.check(out, signature.parameters().get(index), types.parameterType(index), arguments[index], unfit);
            FunctionType.Parameter parameter = type.parameters().get(index);
            out.goto_(fit)
                    .labelBinding(unfit)
                    .new_(exception)
                    .dup()
                    .loadConstant(parameter.name() + ": expected " + WitText.print(parameter.type()))
                    .invokespecial(
                            exception,
                            ConstantDescs.INIT_NAME,
                            MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String))
                    .athrow()
                    .labelBinding(fit);
        }
    }

    private void lift(CodeBuilder out, FlatSignature signature, Class<?> type, int flatResult) {
        TypeNode node = signature.result();
        if (node == null) {
            throw new IllegalStateException("no result: " + signature.type());
        }
        if (signature.resultSpilled()) {
            int address = GuestCode.spilledResult(out, node, flatResult);
            java.load(out, node, type, each -> each.lload(address));
        } else {
            java.lift(out, node, type, List.of(new Flat(flatResult, node.flat.getFirst())));
        }
    }
}

package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.CanonicalAbi;
import dev.wattle.host.component.abi.Task;
import dev.wattle.host.component.code.CallOptions.CoreCallee;
import dev.wattle.host.component.code.LiftCode.Flat;
import dev.wattle.wit.FunctionType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/// Code of lifted functions that the host calls: `(Context, List) → Optional`. They check and lower the
/// arguments, call the core function, lift its result and run its post-return.
///
/// @spec CanonicalABI.md `canon_lift`
final class GuestCode {
    /// The type of the methods.
    static final MethodTypeDesc CALL = MethodTypeDesc.of(CallCode.OPTIONAL, ContextCode.CONTEXT, Names.LIST);

    private static final ClassDesc REFUSAL = Names.of(Refusal.class);
    private static final ClassDesc EXCEPTION = Names.of(RuntimeException.class);
    private static final int ARGUMENTS = 1;

    private final CallCode calls;

    GuestCode(CallCode calls) {
        this.calls = calls;
    }

    /// One lifted function.
    ///
    /// @param method what it is called in the class
    /// @param state the slot of the instance whose code is called
    /// @param callee the core function
    record Site(String method, FunctionType type, int state, CallOptions options, CoreCallee callee) {}

    /// Is code made for functions of that type?
    static boolean accepts(FunctionType type) {
        return TypeNodes.accepts(type)
                && FlatSignature.of(type, CanonicalAbi.Context.LIFT, new TypeNodes(_ -> 0))
                        .lowersParameters();
    }

    /// Adds the method.
    void add(Site site) {
        FlatSignature signature = FlatSignature.of(site.type(), CanonicalAbi.Context.LIFT, calls.nodes);
        calls.target.method(site.method(), CALL, out -> body(out, site, signature));
    }

    private void body(CodeBuilder out, Site site, FlatSignature signature) {
        int context = out.allocateLocal(TypeKind.REFERENCE);
        ContextCode.load(out).astore(context);
        int state = CallCode.state(out, site.state());
        int task = begin(out, site, signature, state);
        check(out, site, signature, context);
        int result = out.allocateLocal(TypeKind.REFERENCE);
        out.aconst_null().astore(result);
        run(out, state, block -> {
            List<Flat> flats = lower(block, signature, () -> ARGUMENTS);
            int flatResult = call(block, site.callee(), signature, flats, context);
            lift(block, signature, flatResult).astore(result);
            finish(block, site, signature, new Ending(task, state, context, flatResult));
        });
        out.aload(result)
                .invokestatic(
                        CallCode.OPTIONAL, "ofNullable", MethodTypeDesc.of(CallCode.OPTIONAL, ConstantDescs.CD_Object))
                .areturn();
    }

    /// Puts the context of lifting and lowering into the first local.
    ///
    /// @return the local of the task; none when nothing is borrowed
    int begin(CodeBuilder out, Site site, FlatSignature signature, int state) {
        boolean borrows = signature.borrows();
        int task = borrows ? CallCode.scope(out, Task.class) : CallOptions.NONE;
        calls.begin(out, state, site.options(), borrows ? each -> each.aload(task) : CodeBuilder::aconst_null);
        return task;
    }

    /// The work on an instance that is entered.
    @FunctionalInterface
    interface Work {
        void add(CodeBuilder block);
    }

    /// Enters the instance for the work, and leaves it, or abandons it when something is thrown.
    static void run(CodeBuilder out, int state, Work work) {
        int root = out.allocateLocal(TypeKind.INT);
        CallCode.onState(out, state, "enterFromHost", MethodTypeDesc.of(ConstantDescs.CD_boolean));
        out.istore(root);
        out.trying(
                work::add,
                catches -> catches.catchingAll(handler -> {
                    int thrown = handler.allocateLocal(TypeKind.REFERENCE);
                    handler.astore(thrown)
                            .aload(state)
                            .iload(root)
                            .aload(thrown)
                            .invokevirtual(
                                    ContextCode.STATE,
                                    "abandon",
                                    MethodTypeDesc.of(EXCEPTION, ConstantDescs.CD_boolean, ConstantDescs.CD_Throwable))
                            .athrow();
                }));
        out.aload(state)
                .iload(root)
                .invokevirtual(
                        ContextCode.STATE,
                        "leaveToHost",
                        MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_boolean));
    }

    private void check(CodeBuilder out, Site site, FlatSignature signature, int context) {
        Label unfit = out.newLabel();
        Label fit = out.newLabel();
        int argument = out.allocateLocal(TypeKind.REFERENCE);
        int count = signature.parameters().size();
        out.aload(ARGUMENTS).invokeinterface(Names.LIST, "size", MethodTypeDesc.of(ConstantDescs.CD_int));
        out.loadConstant(count).if_icmpne(unfit);
        for (int index = 0; index < count; index++) {
            CheckCode.element(out.aload(ARGUMENTS).loadConstant(index)).astore(argument);
            calls.checks.check(out, signature.parameters().get(index), argument);
            out.ifeq(unfit);
        }
        out.goto_(fit).labelBinding(unfit);
        Refusal refusal = Refusal.of(site.type(), calls.nodes);
        calls.target.load(out, calls.target.constant(REFUSAL, refusal));
        out.aload(context)
                .aload(ARGUMENTS)
                .invokevirtual(REFUSAL, "arguments", MethodTypeDesc.of(EXCEPTION, ContextCode.CONTEXT, Names.LIST))
                .athrow()
                .labelBinding(fit);
    }

    /// Lowers the arguments into locals.
    ///
    /// @param list the local that holds a list of them
    private List<Flat> lower(CodeBuilder out, FlatSignature signature, IntSupplier list) {
        TypeNode tuple = signature.spilledParameters();
        if (tuple != null) {
            int value = out.allocateLocal(TypeKind.REFERENCE);
            out.aload(list.getAsInt())
                    .invokestatic(Names.LIFTING, "tuple", MethodTypeDesc.of(Names.VALUE, Names.LIST))
                    .astore(value);
            return List.of(store(out, tuple, value));
        }
        List<Flat> flats = locals(out, signature);
        int argument = out.allocateLocal(TypeKind.REFERENCE);
        int at = 0;
        for (int index = 0; index < signature.parameters().size(); index++) {
            TypeNode node = signature.parameters().get(index);
            CheckCode.element(out.aload(list.getAsInt()).loadConstant(index)).astore(argument);
            calls.lowering.lower(out, node, argument, flats.subList(at, at + node.flat.size()));
            at += node.flat.size();
        }
        return flats;
    }

    static List<Flat> locals(CodeBuilder out, FlatSignature signature) {
        List<Flat> flats = new ArrayList<>();
        signature.core().parameters().forEach(type -> flats.add(new Flat(out.allocateLocal(Names.kind(type)), type)));
        return flats;
    }

    /// Stores a tuple of all arguments where the guest makes room for it.
    private Flat store(CodeBuilder out, TypeNode tuple, int value) {
        int address = out.allocateLocal(TypeKind.LONG);
        int pointer = out.allocateLocal(TypeKind.INT);
        allocate(out, tuple).lstore(address);
        calls.storing.store(out, tuple, value, each -> each.lload(address));
        out.lload(address).l2i().istore(pointer);
        return new Flat(pointer, dev.wattle.host.engine.CoreType.Value.I32);
    }

    /// Leaves the address of the room on the stack.
    static CodeBuilder allocate(CodeBuilder out, TypeNode node) {
        out.aload(CallCode.CX).loadConstant(node.size).loadConstant(node.alignment);
        StoreCode.lowering(
                out, "allocate", ConstantDescs.CD_long, Names.CX, ConstantDescs.CD_int, ConstantDescs.CD_int);
        return out;
    }

    /// Calls the core function; the local with its result, when it has one.
    int call(CodeBuilder out, CoreCallee callee, FlatSignature signature, List<Flat> flats, int context) {
        calls.target.load(out, callee.handle());
        ContextCode.instance(out, context, callee.instance());
        flats.forEach(flat -> flat.load(out));
        out.invokevirtual(CallCode.HANDLE, "invokeExact", signature.descriptor(ContextCode.INSTANCE));
        var type = signature.flatResult();
        if (type == null) {
            return CallOptions.NONE;
        }
        int local = out.allocateLocal(Names.kind(type));
        out.storeLocal(Names.kind(type), local);
        return local;
    }

    /// Leaves the value on the stack; null when the function has none.
    private CodeBuilder lift(CodeBuilder out, FlatSignature signature, int flatResult) {
        TypeNode node = signature.result();
        if (node == null) {
            return out.aconst_null();
        }
        if (signature.resultSpilled()) {
            int address = spilledResult(out, node, flatResult);
            calls.lifting.load(out, node, each -> each.lload(address));
        } else {
            calls.lifting.lift(out, node, List.of(new Flat(flatResult, node.flat.getFirst())));
        }
        return out;
    }

    /// Checks where the tuple of the result lies, and counts it; the local with its address.
    static int spilledResult(CodeBuilder out, TypeNode node, int flatResult) {
        int address = CallCode.spilled(out, node, each -> each.iload(flatResult));
        LiftCode.chargeFields(out, 1);
        return address;
    }

    /// What the end of a call works on, by locals.
    record Ending(int task, int state, int context, int flatResult) {}

    /// After the result is lifted: looks for borrowed handles that are left, and runs post-return.
    void finish(CodeBuilder out, Site site, FlatSignature signature, Ending ending) {
        if (ending.task() != CallOptions.NONE) {
            CallCode.requireNoBorrows(out, ending.task());
        }
        CoreCallee postReturn = site.options().postReturn();
        if (postReturn == null) {
            return;
        }
        CallCode.onState(out, ending.state(), "forbidLeaving", CallCode.NOTHING);
        calls.target.load(out, postReturn.handle());
        ContextCode.instance(out, ending.context(), postReturn.instance());
        var type = signature.flatResult();
        if (type != null) {
            out.loadLocal(Names.kind(type), ending.flatResult());
        }
        out.invokevirtual(CallCode.HANDLE, "invokeExact", signature.postReturn(ContextCode.INSTANCE));
        CallCode.onState(out, ending.state(), "allowLeaving", CallCode.NOTHING);
    }
}

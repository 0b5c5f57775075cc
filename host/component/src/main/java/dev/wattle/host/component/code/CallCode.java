package dev.wattle.host.component.code;

import dev.wattle.host.component.abi.BorrowScope;
import dev.wattle.host.component.abi.HostCalls;
import dev.wattle.host.component.abi.StringEncoding;
import dev.wattle.host.component.abi.Subtask;
import dev.wattle.host.component.abi.Task;
import dev.wattle.host.component.code.CallOptions.CoreCallee;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the methods that begin calls have in common, and the code of the types of one class.
///
/// Such a method gets the [Context] in its first local. When it has taken out of it what it needs, it puts the
/// context of lifting and lowering there: that is where the code of types looks for it.
final class CallCode {
    static final int CX = 0;
    static final ClassDesc HOST_CALLS = Names.of(HostCalls.class);
    static final ClassDesc OPTIONAL = Names.of(Optional.class);
    static final ClassDesc HANDLE = ConstantDescs.CD_MethodHandle;
    static final MethodTypeDesc NOTHING = ConstantDescs.MTD_void;

    private static final ClassDesc SCOPE = Names.of(BorrowScope.class);
    private static final ClassDesc ENCODING = Names.of(StringEncoding.class);

    final GeneratedClass target;
    final TypeNodes nodes;
    final LiftCode lifting;
    final StoreCode storing;
    final LowerCode lowering;
    final CheckCode checks;

    CallCode(GeneratedClass target, TypeNodes nodes) {
        this.target = target;
        this.nodes = nodes;
        LabelConstants labels = new LabelConstants(target);
        this.lifting = new LiftCode(target, labels);
        this.storing = new StoreCode(target, labels);
        this.lowering = new LowerCode(storing);
        this.checks = new CheckCode(target, labels);
    }

    /// Takes the state of a component instance out of the context.
    static int state(CodeBuilder out, int slot) {
        int state = out.allocateLocal(TypeKind.REFERENCE);
        ContextCode.state(out, slot).astore(state);
        return state;
    }

    static void onState(CodeBuilder out, int state, String method, MethodTypeDesc type) {
        out.aload(state).invokevirtual(ContextCode.STATE, method, type);
    }

    /// Makes a borrow scope of that class, and leaves it in a local.
    static int scope(CodeBuilder out, Class<? extends BorrowScope> scope) {
        int local = out.allocateLocal(TypeKind.REFERENCE);
        ClassDesc type = Names.of(scope);
        out.new_(type)
                .dup()
                .invokespecial(type, ConstantDescs.INIT_NAME, NOTHING)
                .astore(local);
        return local;
    }

    static void deliver(CodeBuilder out, int subtask) {
        out.aload(subtask).invokevirtual(Names.of(Subtask.class), "deliverResolve", NOTHING);
    }

    static void requireNoBorrows(CodeBuilder out, int task) {
        out.aload(task).invokevirtual(Names.of(Task.class), "requireNoBorrows", NOTHING);
    }

    /// Puts the context of lifting and lowering in the place of the first parameter.
    ///
    /// @param scope loads who borrows last for
    void begin(CodeBuilder out, int state, CallOptions options, Consumer<CodeBuilder> scope) {
        out.new_(Names.CX).dup().aload(state);
        scope.accept(out);
        context(out, target, options.encoding(), options.memory(), options.realloc())
                .astore(CX);
    }

    /// Makes the context of lifting and lowering of one that is new, after its state and who borrows last for.
    static CodeBuilder context(
            CodeBuilder out, GeneratedClass target, StringEncoding encoding, int memory, @Nullable CoreCallee realloc) {
        out.getstatic(ENCODING, encoding.name(), ENCODING);
        if (memory == CallOptions.NONE) {
            out.aconst_null();
        } else {
            ContextCode.memory(out, memory);
        }
        if (realloc == null) {
            out.aconst_null().aconst_null();
        } else {
            ContextCode.instance(target.load(out, realloc.handle()), realloc.instance());
        }
        ContextCode.load(out).getfield(ContextCode.CONTEXT, "resources", ContextCode.RESOURCE.arrayType());
        return out.invokespecial(
                Names.CX,
                ConstantDescs.INIT_NAME,
                MethodTypeDesc.of(
                        ConstantDescs.CD_void,
                        ContextCode.STATE,
                        SCOPE,
                        ENCODING,
                        ContextCode.MEMORY,
                        HANDLE,
                        ContextCode.INSTANCE,
                        ContextCode.RESOURCE.arrayType()));
    }

    /// Checks where a spilled value lies; leaves its address in a local.
    ///
    /// @param pointer leaves it on the stack, an int
    static int spilled(CodeBuilder out, TypeNode node, Consumer<CodeBuilder> pointer) {
        int address = out.allocateLocal(TypeKind.LONG);
        pointer.accept(out.aload(CX));
        out.loadConstant(node.size)
                .loadConstant(node.alignment)
                .invokestatic(
                        Names.LIFTING,
                        "spilled",
                        MethodTypeDesc.of(
                                ConstantDescs.CD_long,
                                Names.CX,
                                ConstantDescs.CD_int,
                                ConstantDescs.CD_int,
                                ConstantDescs.CD_int))
                .lstore(address);
        return address;
    }

    /// The elements of the tuple on the stack.
    static void elements(CodeBuilder out) {
        StoreCode.lowering(out, "fields", Names.LIST, Names.VALUE);
    }
}

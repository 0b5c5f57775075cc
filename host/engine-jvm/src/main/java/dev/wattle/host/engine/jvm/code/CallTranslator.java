package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.Opcode;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.Objects;

/// Calls, and calls in the place of a return.
final class CallTranslator {
    private final Translation translation;
    private final ModuleShape shape;
    private final NodeList code;
    private final OperandStack stack;
    private final ControlTranslator control;

    CallTranslator(Translation translation, ControlTranslator control) {
        this.control = control;
        this.translation = translation;
        this.shape = translation.shape;
        this.code = translation.code;
        this.stack = translation.stack;
    }

    void call(int function) {
        Signature signature = shape.signatureOf(function);
        if (!shape.isKnown(function)) {
            callImport(function, signature);
            return;
        }
        Node start = arguments(signature);
        Node instance = shape.isOfOwnInstance(function) ? code.self() : translation.selfField(shape.wired(function));
        code.member(shape.target(function).call());
        finish(signature, start == null ? instance : start);
    }

    private void callImport(int function, Signature signature) {
        Node start = arguments(signature);
        code.before(start);
        Node receiver = translation.importedFunction(function);
        code.atEnd();
        code.member(Member.call(signature.signatureClass, "call", signature.call));
        finish(signature, receiver);
    }

    /// Takes the arguments and pushes them, or puts them into the scratch area.
    ///
    /// @return where their code begins, if it leaves anything
    private @org.jspecify.annotations.Nullable Node arguments(Signature signature) {
        int count = signature.parameters.size();
        if (signature.scratched) {
            translation.storeScratch(translation.takeLazy(count), 0);
            return null;
        }
        return stack.consume(count);
    }

    /// After a call: its results are where operands are.
    private void finish(Signature signature, Node start) {
        if (signature.isSimple()) {
            if (signature.result != null) {
                stack.push(signature.results.getFirst(), start);
            }
            translation.afterMove();
            return;
        }
        List<ValueType> results = signature.results;
        boolean vector = Kind.isVector(results.getFirst());
        if (vector) {
            translation.loadScratch(1, Kind.LONG);
            stack.storeVector();
        } else {
            Operand first = stack.pushPlace(results.getFirst());
            code.store(Objects.requireNonNull(first.variable));
        }
        for (int i = 1; i < results.size(); i++) {
            translation.cutIfPossible();
            ValueType type = results.get(i);
            translation.loadScratch(2 * i, Kind.of(type));
            if (Kind.isVector(type)) {
                translation.loadScratch(2 * i + 1, Kind.LONG);
                stack.storeVector();
            } else {
                Operand result = stack.pushPlace(type);
                code.store(Objects.requireNonNull(result.variable));
            }
        }
        translation.afterMove();
    }

    void callIndirect(int type, int table) {
        Signature signature = shape.signature(shape.module.types().get(type));
        callee(table, signature);
        callReferenceOnStack(signature);
    }

    /// Takes an index and pushes what the table has there.
    private void callee(int table, Signature signature) {
        Node index = Objects.requireNonNull(stack.consume(1));
        code.before(index);
        calleeStart = translation.table(table);
        code.atEnd();
        code.member(Member.call(Runtime.TABLE, "callee", ConstantDescs.CD_Object, ConstantDescs.CD_int));
        code.cast(signature.signatureClass);
    }

    private @org.jspecify.annotations.Nullable Node calleeStart;

    void callReference(int type) {
        Signature signature = shape.signature(shape.module.types().get(type));
        calleeStart = Objects.requireNonNull(stack.consume(1));
        code.member(Runtime.NON_NULL);
        code.cast(signature.signatureClass);
        callReferenceOnStack(signature);
    }

    /// The callee is on the JVM's stack, of its class; arguments were computed before it.
    private void callReferenceOnStack(Signature signature) {
        int count = signature.parameters.size();
        Variable callee = translation.variables.scratch(Kind.REFERENCE, 0);
        Node start;
        if (!signature.scratched && allLazy(count)) {
            start = Objects.requireNonNull(calleeStart);
            stack.consume(count);
        } else {
            code.store(callee);
            List<Operand> arguments = translation.takeLazy(count);
            if (signature.scratched) {
                translation.storeScratch(arguments, 0);
            }
            start = code.load(callee);
            code.cast(signature.signatureClass);
            if (!signature.scratched) {
                arguments.forEach(stack::load);
            }
        }
        code.member(Member.call(signature.signatureClass, "call", signature.call));
        finish(signature, start);
    }

    private boolean allLazy(int count) {
        for (int i = 0; i < count; i++) {
            if (stack.top(i).onStack()) {
                return false;
            }
        }
        return true;
    }

    // in the place of a return

    void returnCall(int function) {
        Signature signature = shape.signatureOf(function);
        if (function == translation.function) {
            callSelf(signature);
        } else if (!shape.isImport(function) && !shape.leavesCallsPending(function) && translation.handling == null) {
            call(function);
            control.returnValues();
        } else {
            List<Operand> arguments = translation.takeLazy(signature.parameters.size());
            translation.storeScratch(arguments, 0);
            code.self();
            code.member(Runtime.OWN_SCRATCH);
            code.self();
            code.constant(function);
            code.member(Runtime.REFERENCE);
            leave();
        }
    }

    /// A tail call of the function itself is a loop.
    private void callSelf(Signature signature) {
        List<Operand> arguments = translation.takeLazy(signature.parameters.size());
        Variables variables = translation.variables;
        arguments.forEach(stack::load);
        for (int i = arguments.size() - 1; i >= 0; i--) {
            if (arguments.get(i).vector) {
                code.store(Objects.requireNonNull(variables.localHigh(i)));
            }
            code.store(variables.local(i));
        }
        translation.discardStack(translation.blocks.getLast().height);
        code.jump(translation.again());
        translation.reachable = false;
    }

    void returnCallIndirect(int type, int table) {
        Signature signature = shape.signature(shape.module.types().get(type));
        callee(table, signature);
        leaveByReference(signature);
    }

    void returnCallReference(int type) {
        Signature signature = shape.signature(shape.module.types().get(type));
        stack.consume(1);
        code.member(Runtime.NON_NULL);
        code.cast(signature.signatureClass);
        leaveByReference(signature);
    }

    private void leaveByReference(Signature signature) {
        Variable callee = translation.variables.scratch(Kind.REFERENCE, 0);
        code.store(callee);
        List<Operand> arguments = translation.takeLazy(signature.parameters.size());
        translation.storeScratch(arguments, 0);
        code.self();
        code.member(Runtime.OWN_SCRATCH);
        code.load(callee);
        code.cast(Runtime.FUNCTION);
        leave();
    }

    /// Returns with the call pending whose callee is on the JVM's stack, above the scratch area.
    private void leave() {
        code.member(Runtime.put(Runtime.PENDING));
        Kind result = translation.signature.result;
        if (result != null) {
            pushZero(result);
        }
        code.returns(result);
        stack.cutTo(translation.blocks.getLast().height);
        translation.reachable = false;
    }

    private void pushZero(Kind kind) {
        switch (kind) {
            case INT -> code.constant(0);
            case LONG -> code.constant(0L);
            case FLOAT -> code.floatConstant(0);
            case DOUBLE -> code.doubleConstant(0);
            case REFERENCE -> code.plain(Opcode.ACONST_NULL);
        }
    }
}

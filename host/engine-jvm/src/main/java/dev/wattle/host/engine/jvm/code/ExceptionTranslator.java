package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.BodyReader.Catch;
import dev.wattle.host.engine.jvm.binary.FunctionType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import java.lang.classfile.Opcode;
import java.lang.constant.ConstantDescs;
import java.util.List;

/// Throwing and catching.
///
/// A handler follows the block that it belongs to. It compares the exception's tag with each of its clauses'
/// and puts the values where the label expects them.
final class ExceptionTranslator {
    private static final Member TAG = Member.get(Runtime.EXCEPTION, "tag", Runtime.TAG);
    private static final Member WORDS = Member.get(Runtime.EXCEPTION, "words", Runtime.LONGS);
    private static final Member REFERENCES = Member.get(Runtime.EXCEPTION, "references", Runtime.OBJECTS);
    private static final Member MAKE = Member.callStatic(
            Runtime.SUPPORT, "exception", Runtime.EXCEPTION, Runtime.TAG, Runtime.LONGS, Runtime.OBJECTS);
    private static final Member WORDS_MAKER =
            Member.callStatic(Runtime.SUPPORT, "words", Runtime.LONGS, ConstantDescs.CD_int);
    private static final Member REFERENCES_MAKER =
            Member.callStatic(Runtime.SUPPORT, "references", Runtime.OBJECTS, ConstantDescs.CD_int);
    private static final Member THROWN =
            Member.callStatic(Runtime.SUPPORT, "thrown", Runtime.EXCEPTION, ConstantDescs.CD_Object);

    private final Translation translation;
    private final NodeList code;
    private final OperandStack stack;
    private final ControlTranslator control;

    ExceptionTranslator(Translation translation, ControlTranslator control) {
        this.translation = translation;
        this.code = translation.code;
        this.stack = translation.stack;
        this.control = control;
    }

    void throwing(int tag) {
        List<ValueType> types = tagType(tag).parameters();
        List<Operand> values = translation.takeLazy(types.size());
        translation.tag(tag);
        pushArray(WORDS_MAKER, 2 * types.size(), values, false);
        pushArray(REFERENCES_MAKER, types.size(), values, true);
        code.member(MAKE);
        code.throwing();
        translation.reachable = false;
    }

    /// Pushes an array with the values that are references, or those that are not.
    private void pushArray(Member maker, int length, List<Operand> values, boolean references) {
        boolean any = values.stream().anyMatch(value -> (value.kind == Kind.REFERENCE) == references);
        code.constant(any ? length : 0);
        code.member(maker);
        for (int i = 0; i < values.size(); i++) {
            if ((values.get(i).kind == Kind.REFERENCE) == references) {
                code.plain(Opcode.DUP);
                translation.storeElement(i, values.get(i));
            }
        }
    }

    private FunctionType tagType(int tag) {
        return translation.shape.module.tags().get(tag).function();
    }

    void throwReference() {
        stack.consume(1);
        code.member(THROWN);
        code.throwing();
        translation.reachable = false;
    }

    void enter() {
        List<Catch> catches = translation.reader.catches();
        Block block = control.enter(Block.Form.TRY);
        block.catches = catches;
        Target start = translation.newTarget();
        control.label(start);
        if (!catches.isEmpty()) {
            Handling outer = translation.handling;
            if (outer != null) {
                translation.handlers.add(new Translation.Handler(outer.start, start, outer.handler));
            }
            Variable caught = translation.variables.place(block.height, Kind.REFERENCE);
            block.handling = new Handling(outer, translation.newTarget(), translation.newTarget(), caught, start);
            translation.handling = block.handling;
        }
    }

    /// The end of a `try_table`, which is still the innermost block: what was caught is handled after it.
    void end(Block block) {
        Target over = translation.newTarget();
        if (translation.reachable) {
            control.leaveTry(block);
        }
        stack.cutTo(block.height);
        control.label(over);
        Handling handling = block.handling;
        if (handling != null) {
            translation.handlers.add(new Translation.Handler(handling.start, over, handling.handler));
            translation.handling = handling.outer;
            if (handling.outer != null) {
                handling.outer.start = over;
            }
            handling.handler.used = true;
            handling.handler.handler = true;
            control.label(handling.handler);
            handle(block, handling);
        }
        translation.reachable = false;
    }

    private void handle(Block block, Handling handling) {
        code.store(handling.caught);
        control.label(handling.dispatch);
        translation.afterMove();
        for (Catch clause : block.catches) {
            handle(clause, handling.caught, block.height);
            if (clause.all()) {
                return;
            }
        }
        code.load(handling.caught);
        Handling outer = handling.outer;
        if (outer == null) {
            code.cast(Runtime.EXCEPTION);
            code.throwing();
        } else {
            code.store(outer.caught);
            code.jump(outer.dispatch);
        }
    }

    private void handle(Catch clause, Variable caught, int height) {
        Target next = translation.newTarget();
        if (!clause.all()) {
            code.load(caught);
            code.cast(Runtime.EXCEPTION);
            code.member(TAG);
            translation.tag(clause.tag());
            code.branch(Opcode.IF_ACMPNE, next);
        }
        // the exception waits in a place that the values may go to
        Variable kept = translation.variables.scratch(Kind.REFERENCE, 1);
        code.load(caught);
        code.store(kept);
        if (!clause.all()) {
            pushValues(tagType(clause.tag()), kept);
        }
        if (clause.reference()) {
            stack.push(ValueType.Reference.EXNREF, code.load(kept));
        }
        control.branch(clause.label() + 1);
        translation.reachable = true;
        stack.cutTo(height);
        control.label(next);
    }

    private void pushValues(FunctionType type, Variable kept) {
        for (int i = 0; i < type.parameters().size(); i++) {
            translation.cutIfPossible();
            ValueType value = type.parameters().get(i);
            Kind kind = Kind.of(value);
            Node start = code.load(kept);
            code.cast(Runtime.EXCEPTION);
            code.member(kind == Kind.REFERENCE ? REFERENCES : WORDS);
            translation.loadElement(kind == Kind.REFERENCE ? i : 2 * i, kind);
            if (Kind.isVector(value)) {
                code.load(kept);
                code.cast(Runtime.EXCEPTION);
                code.member(WORDS);
                translation.loadElement(2 * i + 1, kind);
                stack.storeVector();
            } else {
                stack.push(value, start);
            }
        }
    }
}

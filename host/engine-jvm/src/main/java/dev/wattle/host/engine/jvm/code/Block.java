package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.BodyReader.Catch;
import dev.wattle.host.engine.jvm.binary.FunctionType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A structured instruction while its body is translated.
final class Block {
    /// Which instruction.
    enum Form {
        FUNCTION,
        BLOCK,
        LOOP,
        IF,
        ELSE,
        TRY
    }

    Form form;
    final FunctionType type;

    /// How many operands are below those that it takes.
    final int height;

    /// A node before all of its own.
    final Node start;

    /// Where a branch to it goes: its end, or the head of a loop.
    final Target target;

    /// Where an `if` goes when the condition does not hold.
    @Nullable
    Target otherwise;

    /// What an `if` takes, for `else` to take again.
    List<Operand> taken = List.of();

    /// Of a `try_table`.
    List<Catch> catches = List.of();

    /// Of a `try_table` that catches anything.
    @Nullable
    Handling handling;

    Block(Form form, FunctionType type, int height, Node start, Target target) {
        this.form = form;
        this.type = type;
        this.height = height;
        this.start = start;
        this.target = target;
    }

    /// What a branch to it carries.
    List<ValueType> carried() {
        return form == Form.LOOP ? type.parameters() : type.results();
    }
}

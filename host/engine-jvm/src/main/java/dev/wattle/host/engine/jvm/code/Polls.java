package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.runtime.Support;
import java.lang.classfile.Opcode;

/// Where code looks if it has to stop, and how: the one place that decides it.
///
/// A loop counts down a variable at its head, all loops of a function the same one, and looks when it reaches
/// zero: a read of memory in each round costs small loops more than a count in a register. Where a function
/// begins that calls others, it looks at once, so that recursion is seen too.
final class Polls {
    private final Translation translation;
    private final boolean wanted;

    Polls(Translation translation) {
        this.translation = translation;
        this.wanted = translation.shape.options.polls();
    }

    /// The variable that counts.
    private Variable count() {
        return translation.variables.scratch(Kind.INT, COUNT);
    }

    /// Not used for anything else.
    private static final int COUNT = 1000;

    void entry(boolean loops, boolean calls) {
        if (!wanted) {
            return;
        }
        NodeList code = translation.code;
        if (loops) {
            code.constant(Support.STRIDE);
            code.store(count());
        }
        if (calls) {
            Target on = translation.newInternal();
            translation.selfField(Runtime.OWN_CONTROL);
            code.member(Runtime.SIGNAL);
            code.branch(Opcode.IFEQ, on);
            code.self();
            code.member(Runtime.POLL);
            code.plain(Opcode.POP);
            code.label(on);
        }
    }

    /// At the head of a loop.
    void loop() {
        if (!wanted) {
            return;
        }
        NodeList code = translation.code;
        Target on = translation.newInternal();
        code.increment(count(), -1);
        code.load(count());
        code.branch(Opcode.IFGT, on);
        code.self();
        code.member(Runtime.POLL);
        code.store(count());
        code.label(on);
    }
}

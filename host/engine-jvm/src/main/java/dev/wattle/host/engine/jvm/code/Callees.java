package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.BodyReader;
import dev.wattle.host.engine.jvm.binary.Instruction;
import java.util.LinkedHashSet;
import java.util.Set;

/// Which functions of its own module a function calls directly.
final class Callees {
    /// Of larger functions, such as the loops of interpreters, few callees are called next.
    private static final int MAX = 64;

    private Callees() {}

    /// In the order of the first call of each; not all when they are many.
    static Set<Integer> of(ModuleShape shape, int function) {
        Set<Integer> callees = new LinkedHashSet<>();
        var reader = new BodyReader(shape.module, shape.body(function));
        while (reader.hasNext() && callees.size() < MAX) {
            Instruction instruction = reader.next();
            boolean calls = instruction == Instruction.CALL || instruction == Instruction.RETURN_CALL;
            if (calls && !shape.isImport(reader.index())) {
                callees.add(reader.index());
            }
        }
        return callees;
    }
}

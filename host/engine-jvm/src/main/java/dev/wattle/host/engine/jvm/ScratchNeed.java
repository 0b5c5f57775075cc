package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.jvm.binary.DefinedType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule;
import java.util.List;

/// How many values a module's code may put into the scratch area at once.
final class ScratchNeed {
    /// So many parameters travel as the JVM's own, even if all are vectors, unless a tail call is pending.
    private static final int MANY = 62;

    private ScratchNeed() {}

    static int of(WasmModule module) {
        boolean tailCalls =
                module.bodies().stream().anyMatch(body -> body.traits().tailCalls());
        int most = 0;
        for (DefinedType type : module.types()) {
            List<ValueType> parameters = type.function().parameters();
            List<ValueType> results = type.function().results();
            boolean vector = results.contains(ValueType.Number.V128);
            if (results.size() > 1 || vector || tailCalls) {
                most = Math.max(most, results.size());
            }
            if (tailCalls || parameters.size() > MANY) {
                most = Math.max(most, parameters.size());
            }
        }
        return most;
    }
}

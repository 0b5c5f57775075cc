package dev.wattle.host.component.binary;

import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.CoreType.Value;
import java.util.List;

/// The rules for built-ins that start threads.
///
/// @spec CanonicalABI.md `canon thread.new-indirect`, `canon thread.spawn-ref`, `canon thread.spawn-indirect`
final class ThreadRules {
    private static final CoreType.Function START = BuiltinRules.function(List.of(Value.I32));

    private final Scope scope;

    ThreadRules(Scope scope) {
        this.scope = scope;
    }

    CoreType.Function signature(long offset, Builtin builtin) {
        return switch (builtin) {
            case Builtin.ThreadNewIndirect(int type, int table) -> {
                requireStart(offset, type, false);
                requireTable(offset, table);
                yield BuiltinRules.function(List.of(Value.I32, Value.I32), Value.I32);
            }
            case Builtin.ThreadSpawnIndirect(boolean shared, int type, int table) -> {
                requireStart(offset, type, shared);
                requireTable(offset, table);
                throw Failures.invalid(offset, "core table " + table + " is not shared: no engine here shares one");
            }
            case Builtin.ThreadSpawnRef(boolean shared, int type) -> {
                requireStart(offset, type, shared);
                yield BuiltinRules.function(List.of(Value.OTHERREF, Value.I32), Value.I32);
            }
            case Builtin.ThreadAvailableParallelism(boolean _) -> BuiltinRules.function(List.of(), Value.I32);
            case Builtin other -> throw new IllegalArgumentException(other.words() + " starts no thread");
        };
    }

    /// A thread starts with a function of one parameter and no result, which is shared when the thread is.
    private void requireStart(long offset, int type, boolean shared) {
        CoreTypeEntry entry = scope.coreType(type, offset);
        boolean right = entry instanceof CoreTypeEntry.OfFunction(CoreType.Function function, boolean _, boolean actual)
                && function.equals(START)
                && actual == shared;
        if (!right) {
            throw Failures.invalid(
                    offset,
                    "core type " + type + " is a " + entry.words() + "; this thread starts with a "
                            + (shared ? "shared " : "") + CoreText.of(START));
        }
    }

    private void requireTable(long offset, int index) {
        CoreType.Table table = Scope.at(scope.coreTables, index, Sort.CORE_TABLE, offset);
        if (table.element() != Value.FUNCREF) {
            throw Failures.invalid(offset, "core table " + index + " does not hold functions");
        }
    }
}

package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.jvm.binary.FunctionType;
import dev.wattle.host.engine.jvm.binary.ValueType;
import dev.wattle.host.engine.jvm.binary.WasmModule.Locals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All variables of a function: its locals, the places of operands that wait, and some for use within an
/// instruction.
final class Variables {
    /// Locals beyond these are kept in two arrays: the JVM has 65,535 slots, and a frame must stay a reasonable
    /// class.
    static final int MAX_NEAR = 2000;

    /// One value in this many runs of a kind's places: height and half.
    private static final int HALVES = 2;

    private final List<Variable> all = new ArrayList<>();
    private final Map<Long, Variable> places = new HashMap<>();
    private final Map<Integer, Variable> scratches = new HashMap<>();
    private final ValueType[] types;
    private final Variable[] low;
    private final @Nullable Variable[] high;
    private final int parameters;
    private int farWords;
    private int farReferences;

    Variables(FunctionType type, List<Locals> declared) {
        int count = type.parameters().size();
        for (Locals run : declared) {
            count += run.count();
        }
        parameters = type.parameters().size();
        types = new ValueType[count];
        low = new Variable[count];
        high = new Variable[count];
        int next = 0;
        for (ValueType parameter : type.parameters()) {
            addLocal(next++, parameter);
        }
        for (Locals run : declared) {
            for (int i = 0; i < run.count(); i++) {
                addLocal(next++, run.type());
            }
        }
    }

    private void addLocal(int index, ValueType type) {
        types[index] = type;
        boolean near = index < parameters || all.size() < MAX_NEAR;
        low[index] = near ? add(Kind.of(type)) : addFar(Kind.of(type));
        if (Kind.isVector(type)) {
            high[index] = near ? add(Kind.LONG) : addFar(Kind.LONG);
        }
    }

    private Variable addFar(Kind kind) {
        return new Variable(kind, -1, kind == Kind.REFERENCE ? farReferences++ : farWords++);
    }

    private Variable add(Kind kind) {
        Variable variable = new Variable(kind, all.size(), -1);
        all.add(variable);
        return variable;
    }

    /// All that are not far, in the order of their numbers: those of parameters first, then those of locals.
    List<Variable> all() {
        return all;
    }

    int localCount() {
        return types.length;
    }

    int parameterCount() {
        return parameters;
    }

    ValueType localType(int local) {
        return types[local];
    }

    Variable local(int index) {
        return low[index];
    }

    @Nullable
    Variable localHigh(int index) {
        return high[index];
    }

    int farWords() {
        return farWords;
    }

    int farReferences() {
        return farReferences;
    }

    boolean hasFar() {
        return farWords + farReferences > 0;
    }

    /// Where an operand of that height waits. Its own: whoever waits there was taken before another one comes.
    Variable place(int height, Kind kind) {
        return place(height, kind, 0);
    }

    /// Where the high half of a vector waits.
    Variable highPlace(int height) {
        return place(height, Kind.LONG, 1);
    }

    private Variable place(int height, Kind kind, int half) {
        long key = ((long) height * Kind.values().length + kind.number) * HALVES + half;
        return places.computeIfAbsent(key, _ -> all.size() < 2 * MAX_NEAR ? add(kind) : addFar(kind));
    }

    /// For use within one instruction: the one of that kind and number.
    Variable scratch(Kind kind, int number) {
        return scratches.computeIfAbsent(number * Kind.values().length + kind.number, _ -> add(kind));
    }
}

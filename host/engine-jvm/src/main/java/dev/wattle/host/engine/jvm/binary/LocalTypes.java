package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.WasmModule.Locals;
import java.util.Arrays;
import java.util.List;

/// The locals of the function being validated: their types, and which of those without a default were set.
///
/// The first are in an array, the others are found by run, so that fifty thousand of them in each of a million
/// functions cost no more than the bytes that declare them.
///
/// @spec core validation, local types
final class LocalTypes {
    private static final int DENSE = 1_000;
    private static final long MOST = 0xFFFF_FFFFL;

    private final ModuleContext context;
    private final int[] dense = new int[DENSE];
    private int[] runEnds = new int[16];
    private int[] runTypes = new int[16];
    private int runs;
    private int count;

    /// One bit for each local; all set unless a local's type has no default.
    private long[] initialised = new long[16];

    private boolean allInitialised;
    private int parameters;
    private long declared;

    /// Locals that were set since the start of the body and had to be, in that order.
    private final IntStack settings = new IntStack();

    LocalTypes(ModuleContext context) {
        this.context = context;
    }

    /// Starts with a function's parameters, then reads its declarations; neighbours of one type become one.
    List<Locals> read(Input input, int[] takes) {
        runs = 0;
        count = 0;
        allInitialised = true;
        settings.clear();
        parameters = takes.length;
        for (int parameter : takes) {
            add(1, parameter);
        }
        allInitialised = true;
        int at = input.position();
        int declarations = input.count("declarations of locals", Integer.MAX_VALUE);
        long total = count;
        for (int i = 0; i < declarations; i++) {
            long run = Integer.toUnsignedLong(input.u32());
            int type = context.types.readValueType(input);
            total += run;
            if (total > MOST) {
                throw Input.malformed("too many locals", at);
            }
            if (total <= context.limits.locals() && run > 0) {
                extend((int) run, type);
            }
        }
        if (total > context.limits.locals()) {
            throw Input.exceeds("locals", context.limits.locals(), at);
        }
        declared += runs - parameters;
        if (declared > context.limits.localRuns()) {
            throw Input.exceeds("declarations of locals in all functions", context.limits.localRuns(), at);
        }
        return declarations();
    }

    private void extend(int length, int type) {
        if (runs > parameters && runTypes[runs - 1] == type) {
            runs--;
            length += count - end(runs - 1);
            count = end(runs - 1);
        }
        add(length, type);
    }

    private int end(int run) {
        return run < 0 ? 0 : runEnds[run];
    }

    private List<Locals> declarations() {
        Locals[] locals = new Locals[runs - parameters];
        for (int i = 0; i < locals.length; i++) {
            int run = parameters + i;
            locals[i] = new Locals(runEnds[run] - end(run - 1), context.types.model(runTypes[run]));
        }
        return List.of(locals);
    }

    private void add(int length, int type) {
        if (count < DENSE) {
            Arrays.fill(dense, count, Math.min(DENSE, count + length), type);
        }
        count += length;
        if (runs == runEnds.length) {
            runEnds = Arrays.copyOf(runEnds, runs * 2);
            runTypes = Arrays.copyOf(runTypes, runs * 2);
        }
        runEnds[runs] = count;
        runTypes[runs++] = type;
        allInitialised &= TypeCode.isDefaultable(type);
    }

    /// Whether all have a value from the start.
    boolean allInitialised() {
        return allInitialised;
    }

    /// Forgets the values of those that have none from the start, for which it visits all.
    void initialise() {
        int words = (count >> 6) + 1;
        if (initialised.length < words) {
            initialised = new long[words];
        }
        Arrays.fill(initialised, 0, words, -1);
        int local = parameters;
        for (int run = parameters; run < runs; run++) {
            boolean unset = !TypeCode.isDefaultable(runTypes[run]);
            for (; local < runEnds[run]; local++) {
                if (unset) {
                    initialised[local >> 6] &= ~(1L << local);
                }
            }
        }
    }

    int count() {
        return count;
    }

    int type(int local) {
        if (local < DENSE) {
            return dense[local];
        }
        int found = Arrays.binarySearch(runEnds, 0, runs, local + 1);
        return runTypes[found >= 0 ? found : -found - 1];
    }

    boolean isInitialised(int local) {
        return allInitialised || (initialised[local >> 6] & 1L << local) != 0;
    }

    void set(int local) {
        if (!isInitialised(local)) {
            initialised[local >> 6] |= 1L << local;
            settings.push(local);
        }
    }

    /// How many locals had to be set and were: a mark for [#forget].
    int settings() {
        return settings.size();
    }

    /// What was set after a mark is not set any more.
    void forget(int mark) {
        while (settings.size() > mark) {
            int local = settings.pop();
            initialised[local >> 6] &= ~(1L << local);
        }
    }
}

package dev.wattle.fuzz;

import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A module, and what is called in which order. Afterwards its memories are looked at.
///
/// @param memories the names of the exported memories
/// @param globals the exported globals of numbers
/// @param library a module whose exports it imports, as those of [#LIBRARY]; its calls are among these
@SuppressWarnings("ArrayRecordComponent") // Nobody changes it, and nobody compares it.
record Case(byte[] binary, List<Call> calls, List<String> memories, List<Exported> globals, Optional<Case> library) {
    /// The name under which a library is imported.
    static final String LIBRARY = "lib";

    private static final int MAX_CALLS = 5;
    private static final int NAN_32 = 0x7FC00000;
    private static final long NAN_64 = 0x7FF8000000000000L;

    /// A number, by its bits.
    record Argument(Type type, long bits) {}

    /// An exported global.
    record Exported(String name, Type type) {}

    /// A call of an export, of the library's or of the module's own, with these arguments.
    record Call(boolean ofLibrary, String name, List<Argument> arguments, List<Type> results) {
        Call {
            arguments = List.copyOf(arguments);
            results = List.copyOf(results);
        }

        @Override
        public String toString() {
            return (ofLibrary ? LIBRARY + "." : "") + name + arguments;
        }
    }

    Case {
        calls = List.copyOf(calls);
        memories = List.copyOf(memories);
        globals = List.copyOf(globals);
    }

    /// A module by itself.
    Case(byte[] binary, List<Call> calls, List<String> memories, List<Exported> globals) {
        this(binary, calls, memories, globals, Optional.empty());
    }

    /// The same with another module of its own.
    Case withBinary(byte[] other) {
        return new Case(other, calls, memories, globals, library);
    }

    /// The same modules under a name, which they had not.
    Case named(String name) {
        var names = new Bytes()
                .name("name")
                .raw(0)
                .sized(new Bytes().name(name).toArray())
                .toArray();
        byte[] longer = new Bytes().raw(binary).raw(0).sized(names).toArray();
        return new Case(longer, calls, memories, globals, library.map(other -> other.named(name)));
    }

    static Case of(Program program, Optional<Program> library, List<Call> calls) {
        var memories = new ArrayList<String>();
        var globals = new ArrayList<Exported>();
        for (var export : program.exports()) {
            if (export.kind() == Program.MEMORY_KIND) {
                memories.add(export.name());
            } else if (export.kind() == Program.GLOBAL_KIND && export.name().startsWith("g")) {
                globals.add(new Exported(
                        export.name(), program.globals().get(export.index()).type()));
            }
        }
        return new Case(
                program.encode(),
                calls,
                memories,
                globals,
                library.map(other -> of(other, Optional.empty(), List.of())));
    }

    /// Each entry some times, in any order, and the state at the end.
    static List<Call> calls(Program program, Optional<Program> library, Gen gen) {
        var calls = new ArrayList<Call>();
        entries(false, program, calls, gen);
        library.ifPresent(other -> entries(true, other, calls, gen));
        state(false, program, calls, gen);
        library.ifPresent(other -> state(true, other, calls, gen));
        return calls;
    }

    private static void entries(boolean ofLibrary, Program program, List<Call> calls, Gen gen) {
        for (var export : program.exports()) {
            if (export.name().startsWith("e")) {
                for (int i = gen.intBetween(1, MAX_CALLS); i > 0; i--) {
                    calls.add(gen.intBetween(0, calls.size()), call(ofLibrary, program, export, gen));
                }
            }
        }
    }

    private static void state(boolean ofLibrary, Program program, List<Call> calls, Gen gen) {
        program.exports().stream()
                .filter(export -> export.name().equals(ProgramGenerator.STATE))
                .forEach(export -> calls.add(call(ofLibrary, program, export, gen)));
    }

    private static Call call(boolean ofLibrary, Program program, Program.Export export, Gen gen) {
        int own = export.index() - program.imported(Program.FUNCTION_KIND);
        var signature = program.types().get(program.functions().get(own).type());
        return new Call(
                ofLibrary,
                export.name(),
                signature.parameters().stream().map(type -> argument(type, gen)).toList(),
                signature.results());
    }

    /// NaNs have one form: a host may change others on their way in.
    static Argument argument(Type type, Gen gen) {
        return switch (type) {
            case I32 -> new Argument(type, Constants.anInt(gen));
            case I64 -> new Argument(type, Constants.aLong(gen));
            case F32 -> {
                int bits = Constants.floatBits(gen);
                yield new Argument(type, Float.isNaN(Float.intBitsToFloat(bits)) ? NAN_32 : bits);
            }
            case F64 -> {
                long bits = Constants.doubleBits(gen);
                yield new Argument(type, Double.isNaN(Double.longBitsToDouble(bits)) ? NAN_64 : bits);
            }
            case V128, FUNCREF, EXTERNREF, EXNREF ->
                throw new IllegalArgumentException(type + " does not cross between a guest and every host");
        };
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}

package dev.wattle.fuzz;

import dev.wattle.fuzz.Program.Signature;
import java.util.ArrayList;
import java.util.List;

/// What a function sees of its module while it is generated. Types are added as blocks need them.
final class Surroundings {
    final Palette palette;
    final List<Signature> types = new ArrayList<>();
    /// The type of each function, imports first.
    final List<Integer> functions = new ArrayList<>();
    /// Those that a reference may name.
    final List<Integer> referenced = new ArrayList<>();
    final List<Program.Global> globals = new ArrayList<>();
    final List<Program.Table> tables = new ArrayList<>();
    final List<Program.Memory> memories = new ArrayList<>();
    final List<Integer> tags = new ArrayList<>();
    final List<Program.Elements> elements = new ArrayList<>();
    final List<Program.Data> data = new ArrayList<>();

    Surroundings(Palette palette) {
        this.palette = palette;
    }

    int type(List<Type> parameters, List<Type> results) {
        var wanted = new Signature(parameters, results);
        int known = types.indexOf(wanted);
        if (known >= 0) {
            return known;
        }
        types.add(wanted);
        return types.size() - 1;
    }

    /// The immediate of a block.
    Bytes blockType(List<Type> parameters, List<Type> results) {
        if (parameters.isEmpty() && results.isEmpty()) {
            return new Bytes().raw(0x40);
        }
        if (parameters.isEmpty() && results.size() == 1) {
            return new Bytes().raw(results.getFirst().code());
        }
        return new Bytes().signed(type(parameters, results));
    }

    Signature signature(int function) {
        return types.get(functions.get(function));
    }
}

package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.jvm.binary.WasmModule.Custom;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The names that a module gives itself and its functions, for messages and profilers.
///
/// Nothing is read before somebody asks, names stay in the binary until then, and whatever is wrong with the section
/// only means that names are missing. Safe for any thread.
///
/// @spec core appendix, name section
public final class NameSection {
    private static final int MODULE = 0;
    private static final int FUNCTIONS = 1;

    /// Longer ones are cut: mangled names of templates grow to megabytes.
    private static final int MAX_NAME_BYTES = 1_000;

    private final WasmModule module;
    private volatile @Nullable Positions positions;

    private NameSection(WasmModule module) {
        this.module = module;
    }

    /// The names of a module, unread.
    public static NameSection of(WasmModule module) {
        return new NameSection(module);
    }

    /// What the module calls itself.
    public Optional<String> module() {
        return name(positions().module);
    }

    /// What it calls a function, imports counted.
    public Optional<String> function(int index) {
        return name(positions().functions[index]);
    }

    /// Where the lengths of names stand; 0 where there is none.
    private static final class Positions {
        private int module;
        private final int[] functions;

        private Positions(int functions) {
            this.functions = new int[functions];
        }
    }

    private Positions positions() {
        Positions known = positions;
        if (known == null) {
            known = new Positions(module.functions().size());
            for (Custom custom : module.customs()) {
                if (custom.name().equals("name")) {
                    read(custom, known);
                }
            }
            positions = known;
        }
        return known;
    }

    private void read(Custom custom, Positions found) {
        var input = new Input(module.binary(), custom.start(), custom.start() + custom.length());
        try {
            while (input.hasRemaining()) {
                int id = input.u8();
                int size = input.count("bytes of names", Integer.MAX_VALUE);
                var names = new Input(module.binary(), input.position(), input.position() + size);
                input.skip(size);
                switch (id) {
                    case MODULE -> found.module = nameAt(names);
                    case FUNCTIONS -> functions(names, found.functions);
                    default -> {}
                }
            }
        } catch (ModuleException malformed) {
            // What was read before is as good as it would be alone.
            return;
        }
    }

    private static void functions(Input names, int[] found) {
        int count = names.count("names", Integer.MAX_VALUE);
        for (int i = 0; i < count; i++) {
            int function = names.u32();
            int at = nameAt(names);
            if (function >= 0 && function < found.length) {
                found[function] = at;
            }
        }
    }

    private static int nameAt(Input names) {
        int at = names.position();
        names.skip(names.u32());
        return at;
    }

    private Optional<String> name(int at) {
        if (at == 0) {
            return Optional.empty();
        }
        var input = new Input(module.binary(), at, module.binary().length);
        int length = Math.min(input.u32(), MAX_NAME_BYTES);
        return Optional.of(new String(module.binary(), input.position(), length, StandardCharsets.UTF_8));
    }
}

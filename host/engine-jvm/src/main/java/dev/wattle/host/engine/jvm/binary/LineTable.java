package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.jvm.binary.LineProgram.Sequence;
import dev.wattle.host.engine.jvm.binary.WasmModule.Custom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where in the source an instruction comes from, as DWARF 2 to 5 tell.
///
/// Nothing is read before somebody asks; whatever is wrong with the sections only means that places are missing.
/// Safe for any thread.
///
/// @spec DWARF 5, line number information; "DWARF for WebAssembly": addresses are offsets in the code section
public final class LineTable {
    private final WasmModule module;
    private volatile @Nullable List<Sequence> sequences;

    private LineTable(WasmModule module) {
        this.module = module;
    }

    /// A place in the source.
    ///
    /// @param line from 1; 0 when it belongs to none
    /// @param column from 1; 0 for the whole line
    public record Place(String file, int line, int column) {
        @Override
        public String toString() {
            return column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
        }
    }

    /// The lines of a module, unread.
    public static LineTable of(WasmModule module) {
        return new LineTable(module);
    }

    /// Where the instruction comes from that covers a byte of the binary.
    public Optional<Place> find(int offset) {
        if (module.codeStart() < 0 || offset < module.codeStart()) {
            return Optional.empty();
        }
        int address = offset - module.codeStart();
        List<Sequence> all = sequences();
        int low = 0;
        int high = all.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all.get(middle).start() <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? Optional.empty() : all.get(low - 1).find(address);
    }

    private List<Sequence> sequences() {
        List<Sequence> known = sequences;
        if (known == null) {
            known = read();
            sequences = known;
        }
        return known;
    }

    private List<Sequence> read() {
        Input lines = section(".debug_line");
        var program = new LineProgram(lines, section(".debug_str"), section(".debug_line_str"));
        List<Sequence> found = new ArrayList<>(program.read());
        found.sort(Comparator.comparingInt(Sequence::start));
        return List.copyOf(found);
    }

    private Input section(String name) {
        for (Custom custom : module.customs()) {
            if (custom.name().equals(name)) {
                return new Input(module.binary(), custom.start(), custom.start() + custom.length());
            }
        }
        return new Input(module.binary(), 0, 0);
    }
}

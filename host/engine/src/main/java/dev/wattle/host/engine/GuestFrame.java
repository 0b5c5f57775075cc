package dev.wattle.host.engine;

import java.util.Optional;

/// A function of a guest that was being called, and where it was.
///
/// @param module what the module calls itself, or what the engine calls it
/// @param function the function's index, imports counted
/// @param name what the module calls the function; `func[12]` when it says nothing
/// @param offset of the instruction in the module's binary, as tools print it; may be a little before it in functions
/// of more than 65,000 instructions
/// @param source where it stands in the source, when the binary has line tables
public record GuestFrame(String module, int function, String name, int offset, Optional<Source> source) {
    /// A place in a source.
    ///
    /// @param column 0 when it is not known
    public record Source(String file, int line, int column) {
        @Override
        public String toString() {
            return file + ":" + line + (column == 0 ? "" : ":" + column);
        }
    }

    @Override
    public String toString() {
        return module + "!" + name + "@0x" + Integer.toHexString(offset)
                + source.map(place -> " (" + place + ")").orElse("");
    }
}

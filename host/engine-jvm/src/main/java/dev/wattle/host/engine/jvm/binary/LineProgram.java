package dev.wattle.host.engine.jvm.binary;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.jvm.binary.LineTable.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Runs the line number programs of `.debug_line`.
///
/// A unit that cannot be read is skipped; what a linker dropped (it starts at address 0) and what is not in order is
/// left out.
///
/// @spec DWARF 5, section 6.2
final class LineProgram {
    /// 16 bytes for each; a guest of 30 MiB with full debug information has about a million.
    private static final int MAX_ROWS = 4_000_000;

    /// What a sequence costs beyond its rows.
    private static final int SEQUENCE_ROWS = 8;

    private static final int ADVANCE_BY_CONSTANT = 8;
    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;

    private final Input lines;
    private final LineHeader.Strings strings;
    private final List<Sequence> sequences = new ArrayList<>();
    private int rows;

    LineProgram(Input lines, Input strings, Input lineStrings) {
        this.lines = lines;
        this.strings = new LineHeader.Strings(strings, lineStrings);
    }

    /// Instructions that lie together, from `starts[0]` up to `end`.
    @SuppressWarnings("ArrayRecordComponent") // a million rows; never compared
    record Sequence(int[] starts, long[] places, int[] columns, int end, LineFiles files) {
        int start() {
            return starts[0];
        }

        Optional<Place> find(int address) {
            if (address >= end) {
                return Optional.empty();
            }
            int found = Arrays.binarySearch(starts, address);
            int row = found >= 0 ? found : -found - 2;
            if (row < 0) {
                return Optional.empty();
            }
            while (row + 1 < starts.length && starts[row + 1] == starts[row]) {
                row++;
            }
            String file = files.path((int) (places[row] >>> 32));
            return Optional.of(new Place(file, (int) places[row], columns[row]));
        }
    }

    /// All sequences, in the order of the section.
    List<Sequence> read() {
        try {
            while (lines.hasRemaining() && rows < MAX_ROWS) {
                long length = Integer.toUnsignedLong(lines.int32());
                boolean wide = length == 0xFFFF_FFFFL;
                length = wide ? lines.int64() : length;
                if (length < 0 || length > lines.remaining()) {
                    break;
                }
                int end = lines.position() + (int) length;
                unit(lines.part((int) length), wide);
                lines.seek(end);
            }
        } catch (ModuleException truncated) {
            // What came before is still right.
            return sequences;
        }
        return sequences;
    }

    private void unit(Input input, boolean wide) {
        try {
            LineHeader header = LineHeader.read(input, wide, strings);
            new Machine(header).run(input);
        } catch (ModuleException unreadable) {
            // The other units do not depend on this one.
            return;
        }
    }

    /// The registers of the line number state machine.
    private final class Machine {
        private final LineHeader header;
        private long address;
        private int file = 1;
        private int line = 1;
        private int column;
        private int[] rowStarts = new int[16];
        private long[] rowPlaces = new long[16];
        private int[] rowColumns = new int[16];
        private int count;
        private boolean ordered = true;

        private Machine(LineHeader header) {
            this.header = header;
        }

        private void run(Input input) {
            while (input.hasRemaining() && rows < MAX_ROWS) {
                int opcode = input.u8();
                if (opcode >= header.opcodeBase()) {
                    special(opcode);
                    row();
                } else if (opcode == 0) {
                    extended(input);
                } else {
                    standard(opcode, input);
                }
            }
        }

        private void special(int opcode) {
            int adjusted = opcode - header.opcodeBase();
            address += (long) (adjusted / header.lineRange()) * header.instructionLength();
            line += header.lineBase() + adjusted % header.lineRange();
        }

        private void standard(int opcode, Input input) {
            switch (opcode) {
                case 1 -> row();
                case 2 -> address += input.u64() * header.instructionLength();
                case 3 -> line += (int) input.s64();
                case 4 -> file = (int) input.u64();
                case 5 -> column = (int) input.u64();
                case ADVANCE_BY_CONSTANT ->
                    address += (long) ((255 - header.opcodeBase()) / header.lineRange()) * header.instructionLength();
                case 9 -> address += input.u8() | (input.u8() << 8);
                case 6, 7, 10, 11 -> {}
                default -> {
                    for (int i = 0; i < header.operands(opcode); i++) {
                        input.u64();
                    }
                }
            }
        }

        private void extended(Input input) {
            int length = (int) input.u64();
            Input operands = input.part(length);
            input.skip(length);
            if (length == 0) {
                return;
            }
            switch (operands.u8()) {
                case END_SEQUENCE -> end();
                case SET_ADDRESS ->
                    address = length - 1 == Long.BYTES ? operands.int64() : Integer.toUnsignedLong(operands.int32());
                default -> {}
            }
        }

        private void row() {
            rows++;
            if (address < 0 || address > Integer.MAX_VALUE || (count > 0 && rowStarts[count - 1] > address)) {
                ordered = false;
                return;
            }
            if (count == rowStarts.length) {
                rowStarts = Arrays.copyOf(rowStarts, count * 2);
                rowPlaces = Arrays.copyOf(rowPlaces, count * 2);
                rowColumns = Arrays.copyOf(rowColumns, count * 2);
            }
            rowStarts[count] = (int) address;
            rowPlaces[count] = (long) file << 32 | Integer.toUnsignedLong(line);
            rowColumns[count++] = column;
        }

        private void end() {
            rows += SEQUENCE_ROWS;
            if (ordered
                    && count > 0
                    && rowStarts[0] > 0
                    && address >= rowStarts[count - 1]
                    && address <= Integer.MAX_VALUE) {
                sequences.add(new Sequence(
                        Arrays.copyOf(rowStarts, count),
                        Arrays.copyOf(rowPlaces, count),
                        Arrays.copyOf(rowColumns, count),
                        (int) address,
                        header.files()));
            }
            count = 0;
            ordered = true;
            address = 0;
            file = 1;
            line = 1;
            column = 0;
        }
    }
}

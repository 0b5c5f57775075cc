package dev.wattle.host.engine.jvm.binary;

/// The header of a line number program.
///
/// @param operandCounts of the standard opcodes, from 1
/// @param files by the number that the program uses: from 0 in DWARF 5, from 1 before
///
/// @spec DWARF 5, section 6.2.4
@SuppressWarnings("ArrayRecordComponent") // never compared
record LineHeader(
        int instructionLength, int lineBase, int lineRange, int opcodeBase, int[] operandCounts, LineFiles files) {
    private static final int MIN_VERSION = 2;
    private static final int MAX_VERSION = 5;

    /// Content types of DWARF 5.
    private static final int PATH = 1;

    private static final int DIRECTORY = 2;

    /// Where strings stand that are not in the header itself.
    record Strings(Input strings, Input lineStrings) {}

    /// The number of operands of a standard opcode.
    int operands(int opcode) {
        return operandCounts[opcode - 1];
    }

    /// Reads a header; the input then stands at the program.
    static LineHeader read(Input input, boolean wide, Strings strings) {
        int at = input.position();
        int version = input.u8() | input.u8() << 8;
        if (version < MIN_VERSION || version > MAX_VERSION) {
            throw Input.malformed("unknown DWARF version", at);
        }
        if (version == MAX_VERSION) {
            input.skip(2);
        }
        long length = offset(input, wide);
        if (length < 0 || length > input.remaining()) {
            throw Input.malformed("unexpected end", at);
        }
        int program = input.position() + (int) length;
        int instructionLength = input.u8();
        input.skip(version >= 4 ? 2 : 1);
        int lineBase = (byte) input.u8();
        int lineRange = Math.max(1, input.u8());
        int opcodeBase = Math.max(1, input.u8());
        int[] operandCounts = new int[opcodeBase - 1];
        for (int i = 0; i < operandCounts.length; i++) {
            operandCounts[i] = input.u8();
        }
        var files = new LineFiles(input);
        if (version == MAX_VERSION) {
            entries(input, wide, strings, files, true);
            entries(input, wide, strings, files, false);
        } else {
            oldFiles(input, files);
        }
        input.seek(program);
        return new LineHeader(instructionLength, lineBase, lineRange, opcodeBase, operandCounts, files);
    }

    private static void oldFiles(Input input, LineFiles files) {
        files.addDirectory(LineFiles.NONE);
        while (input.peek() != 0) {
            files.addDirectory(string(input));
        }
        input.skip(1);
        files.addFile(LineFiles.NONE, LineFiles.NONE);
        while (input.peek() != 0) {
            files.addFile(string(input), input.u64());
            input.u64();
            input.u64();
        }
    }

    /// Directories or files of DWARF 5: a format and what it describes.
    private static void entries(Input input, boolean wide, Strings strings, LineFiles files, boolean directories) {
        int formats = input.u8();
        long[] contents = new long[formats];
        int[] forms = new int[formats];
        for (int i = 0; i < formats; i++) {
            contents[i] = input.u64();
            forms[i] = (int) input.u64();
        }
        int count = input.count("files", Integer.MAX_VALUE);
        for (int entry = 0; entry < count && formats > 0; entry++) {
            int path = LineFiles.NONE;
            long directory = LineFiles.NONE;
            for (int i = 0; i < formats; i++) {
                if (contents[i] == PATH) {
                    path = path(input, forms[i], wide, strings);
                } else {
                    long value = number(input, forms[i], wide);
                    directory = contents[i] == DIRECTORY ? value : directory;
                }
            }
            if (directories) {
                files.addDirectory(path);
            } else {
                files.addFile(path, directory);
            }
        }
    }

    private static int path(Input input, int form, boolean wide, Strings strings) {
        return switch (form) {
            case 0x08 -> string(input);
            case 0x0E -> strings.strings().at(offset(input, wide));
            case 0x1F -> strings.lineStrings().at(offset(input, wide));
            default -> throw Input.malformed("unknown form of a path", input.position());
        };
    }

    private static long offset(Input input, boolean wide) {
        return wide ? input.int64() : Integer.toUnsignedLong(input.int32());
    }

    private static long number(Input input, int form, boolean wide) {
        return switch (form) {
            case 0x0B -> input.u8();
            case 0x05 -> input.u8() | input.u8() << 8;
            case 0x06 -> Integer.toUnsignedLong(input.int32());
            case 0x07 -> input.int64();
            case 0x0F -> input.u64();
            case 0x1E -> skip(input, 16);
            case 0x09 -> skip(input, (int) input.u64());
            case 0x08 -> string(input);
            case 0x0E, 0x1F -> offset(input, wide);
            default -> throw Input.malformed("unknown form", input.position());
        };
    }

    private static long skip(Input input, int count) {
        input.skip(count);
        return 0;
    }

    /// Steps over bytes up to a zero.
    ///
    /// @return where they start
    private static int string(Input input) {
        int start = input.position();
        int next;
        do {
            next = input.u8();
        } while (next != 0);
        return start;
    }
}

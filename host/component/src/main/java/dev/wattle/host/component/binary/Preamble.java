package dev.wattle.host.component.binary;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentException.Code;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// The first eight bytes, and what a file is that has others.
///
/// @spec Binary.md `preamble`
final class Preamble {
    static final int LENGTH = 8;
    private static final byte[] MAGIC = {0, 'a', 's', 'm'};
    private static final int VERSION = 0x0d;
    private static final int LAYER_MODULE = 0;
    private static final int LAYER_COMPONENT = 1;

    /// Enough to recognize text behind a comment of usual length.
    private static final int TEXT_PROBE_BYTES = 4096;

    /// How many bytes a message shows.
    private static final int SHOWN_BYTES = 8;

    private Preamble() {}

    /// @throws ComponentException when the file is no component
    static void check(byte[] file) {
        if (file.length == 0) {
            throw notAComponent(0, "the file is empty");
        }
        int common = commonLength(file);
        if (common < Math.min(file.length, MAGIC.length)) {
            throw notAComponent(0, "not a component: " + guess(file));
        }
        if (file.length < LENGTH) {
            throw Failures.malformed(file.length, "the file ends in the middle of the preamble");
        }
        int version = (file[4] & 0xFF) | (file[5] & 0xFF) << 8;
        int layer = (file[6] & 0xFF) | (file[7] & 0xFF) << 8;
        if (layer == LAYER_MODULE) {
            throw notAComponent(4, "a core module, not a component; wrap it with wasm-tools component new");
        }
        if (layer != LAYER_COMPONENT) {
            throw notAComponent(6, "WebAssembly of an unknown layer " + layer + ", not a component");
        }
        if (version != VERSION) {
            throw Failures.malformed(
                    4, "component format version " + version + " is unknown; only " + VERSION + " is known");
        }
    }

    /// The preamble of a component inside of a component.
    static void checkNested(ByteReader reader) {
        byte[] expected = {0, 'a', 's', 'm', VERSION, 0, LAYER_COMPONENT, 0};
        require(reader, expected, "a nested component starts with another preamble than a component's");
    }

    /// The preamble of a core module inside of a component.
    static void checkModule(ByteReader reader) {
        byte[] expected = {0, 'a', 's', 'm', 1, 0, LAYER_MODULE, 0};
        require(reader, expected, "a core module starts with another preamble than a module's");
    }

    private static void require(ByteReader reader, byte[] expected, String refusal) {
        int start = reader.position();
        for (byte next : expected) {
            if (reader.readByte() != next) {
                throw Failures.malformed(start, refusal);
            }
        }
    }

    private static int commonLength(byte[] file) {
        int common = 0;
        while (common < file.length && common < MAGIC.length && file[common] == MAGIC[common]) {
            common++;
        }
        return common;
    }

    private static String guess(byte[] file) {
        if (startsWith(file, 0x7F, 'E', 'L', 'F')) {
            return "an ELF program of this machine";
        }
        if (startsWith(file, 0x1F, 0x8B)) {
            return "compressed with gzip; unpack it first";
        }
        if (startsWith(file, 0x28, 0xB5, 0x2F, 0xFD)) {
            return "compressed with zstd; unpack it first";
        }
        if (startsWith(file, 'P', 'K', 3, 4)) {
            return "a zip or jar file";
        }
        if (startsWith(file, 0xCA, 0xFE, 0xBA, 0xBE)) {
            return "a Java class file";
        }
        String text = asText(file);
        return text.isEmpty() ? "it starts with the bytes " + hex(file) : guessText(text);
    }

    private static String guessText(String text) {
        String code = text.strip();
        while (code.startsWith(";;")) {
            int line = code.indexOf('\n');
            code = line < 0 ? "" : code.substring(line).strip();
        }
        if (code.startsWith("(component")) {
            return "a component as text; translate it with wasm-tools parse";
        }
        if (code.startsWith("(module")) {
            return "a core module as text; translate it with wasm-tools parse and wrap it with wasm-tools component new";
        }
        if (code.startsWith("package ") || code.startsWith("world ") || code.startsWith("interface ")) {
            return "WIT text, the description of a component";
        }
        if (code.startsWith("{") || code.startsWith("[")) {
            return "text that looks like JSON";
        }
        if (code.startsWith("<")) {
            return "text that looks like HTML or XML";
        }
        String first = code.lines().findFirst().orElse("");
        return "text that starts with '" + first.substring(0, Math.min(first.length(), 40)) + "'";
    }

    /// The file's beginning when it is printable text, else nothing.
    private static String asText(byte[] file) {
        String text = new String(file, 0, Math.min(file.length, TEXT_PROBE_BYTES), StandardCharsets.UTF_8);
        boolean printable =
                text.chars().allMatch(c -> (c >= ' ' && c != 0x7F && c != 0xFFFD) || Character.isWhitespace(c));
        return printable ? text : "";
    }

    private static String hex(byte[] file) {
        return HexFormat.ofDelimiter(" ").formatHex(file, 0, Math.min(file.length, SHOWN_BYTES));
    }

    private static boolean startsWith(byte[] file, int... prefix) {
        if (file.length < prefix.length) {
            return false;
        }
        for (int index = 0; index < prefix.length; index++) {
            if ((file[index] & 0xFF) != prefix[index]) {
                return false;
            }
        }
        return true;
    }

    private static ComponentException notAComponent(long offset, String message) {
        return new ComponentException(Code.NOT_A_COMPONENT, offset, message, null);
    }
}

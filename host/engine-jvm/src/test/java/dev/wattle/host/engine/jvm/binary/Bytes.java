package dev.wattle.host.engine.jvm.binary;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// Puts binaries together: numbers are unsigned LEB128, strings are names, arrays are taken as they are.
final class Bytes {
    private static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

    private Bytes() {}

    static byte[] of(Object... parts) {
        var bytes = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case Integer number -> unsigned(bytes, Integer.toUnsignedLong(number));
                case Long number -> unsigned(bytes, number);
                case String name -> {
                    byte[] text = name.getBytes(StandardCharsets.UTF_8);
                    unsigned(bytes, text.length);
                    bytes.writeBytes(text);
                }
                case byte[] raw -> bytes.writeBytes(raw);
                default -> throw new IllegalArgumentException("no bytes: " + part);
            }
        }
        return bytes.toByteArray();
    }

    /// Bytes as they are written here, such as `41 00`.
    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    static byte[] module(byte[]... sections) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(HEADER);
        for (byte[] section : sections) {
            bytes.writeBytes(section);
        }
        return bytes.toByteArray();
    }

    static byte[] section(int id, Object... parts) {
        return sized(id, of(parts));
    }

    static byte[] custom(String name, byte[] content) {
        return section(0, name, content);
    }

    /// A module of one function of type `[] -> []` unless told otherwise, with a table, a memory and two globals.
    ///
    /// @param body declarations of locals and instructions, with the last `end`
    static byte[] function(String type, String body) {
        return module(
                section(1, 2, hex(type), hex("60 00 00")),
                section(3, 1, 0),
                section(4, hex("01 70 00 01")),
                section(5, hex("01 00 01")),
                section(13, hex("01 00 01")),
                section(6, hex("02 7f 00 41 00 0b 7e 01 42 00 0b")),
                section(10, 1, sized(hex(body))));
    }

    /// With its length in front.
    static byte[] sized(byte[] content) {
        return of(content.length, content);
    }

    static byte[] repeat(String digits, int times) {
        var bytes = new ByteArrayOutputStream();
        byte[] once = hex(digits);
        for (int i = 0; i < times; i++) {
            bytes.writeBytes(once);
        }
        return bytes.toByteArray();
    }

    private static byte[] sized(int id, byte[] content) {
        return of(id, content.length, content);
    }

    private static void unsigned(ByteArrayOutputStream bytes, long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
    }
}

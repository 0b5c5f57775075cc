package dev.wattle.lattice.protocol;

import java.util.Arrays;

/// The text of nkeys: base 32 (RFC 4648, without padding) of the bytes and their CRC-16.
final class NkeyText {
    /// The first byte of a seed, without the bits of its role: `S`.
    static final int SEED = 18 << 3;

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int CRC_BYTES = 2;

    /// CRC-16/XMODEM.
    private static final int POLYNOMIAL = 0x1021;

    private NkeyText() {}

    static String encode(byte[] raw) {
        byte[] checked = Arrays.copyOf(raw, raw.length + CRC_BYTES);
        int crc = crc16(raw, raw.length);
        checked[raw.length] = (byte) crc;
        checked[raw.length + 1] = (byte) (crc >> 8);
        StringBuilder text = new StringBuilder();
        int buffer = 0;
        int bits = 0;
        for (byte one : checked) {
            buffer = (buffer << 8) | (one & 0xFF);
            bits += 8;
            while (bits >= 5) {
                bits -= 5;
                text.append(ALPHABET.charAt((buffer >> bits) & 0x1F));
            }
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) {
            text.append(ALPHABET.charAt((buffer << (5 - bits)) & 0x1F));
        }
        return text.toString();
    }

    /// @param length of the bytes without their check
    /// @throws IllegalArgumentException when the text is something else; the message does not quote it
    static byte[] decode(String text, int length) {
        int total = length + CRC_BYTES;
        if (text.length() != (total * 8 + 4) / 5) {
            throw new IllegalArgumentException("an nkey has another length than " + text.length());
        }
        byte[] raw = new byte[total];
        int buffer = 0;
        int bits = 0;
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("an nkey has only letters A-Z and digits 2-7");
            }
            buffer = (buffer << 5) | digit;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                raw[at++] = (byte) (buffer >> bits);
            }
            buffer &= (1 << bits) - 1;
        }
        int crc = (raw[length] & 0xFF) | ((raw[length + 1] & 0xFF) << 8);
        if (buffer != 0 || crc != crc16(raw, length)) {
            throw new IllegalArgumentException("an nkey whose check digits are wrong");
        }
        return Arrays.copyOf(raw, length);
    }

    private static int crc16(byte[] bytes, int length) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc ^= (bytes[i] & 0xFF) << 8;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x8000) == 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
            }
        }
        return crc & 0xFFFF;
    }
}

package dev.wattle.host.engine.jvm.binary;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.IntFunction;

/// The ids of types, by structure alone: equal in every module and every JVM when the types are equal.
///
/// A group is written down with references into itself by position and all others by id, so that the text is as long
/// as the group, however much the types it mentions unfold to.
final class TypeIds {
    /// Beyond this many letters, a digest is shorter; ids become names of files, too.
    private static final int READABLE_LETTERS = 40;

    /// 192 bits: nobody finds two types of one id.
    private static final int DIGEST_BYTES = 24;

    private static final String LETTERS = "?ijfdv";
    private static final int INSIDE = 0x20;
    private static final int OUTSIDE = 0x21;

    private TypeIds() {}

    /// The ids of a group's types.
    ///
    /// @param start the index of the first
    /// @param idOf the id of an earlier type
    static String[] of(int[][] parameters, int[][] results, int start, IntFunction<String> idOf) {
        if (parameters.length == 1 && readable(parameters[0], results[0])) {
            return new String[] {letters(parameters[0]) + "_" + letters(results[0])};
        }
        var text = new ByteArrayOutputStream();
        for (int i = 0; i < parameters.length; i++) {
            write(text, parameters[i], start, idOf);
            write(text, results[i], start, idOf);
        }
        byte[] group = text.toByteArray();
        String[] ids = new String[parameters.length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i == 0 ? digest(group) : ids[0] + "_" + i;
        }
        return ids;
    }

    private static boolean readable(int[] parameters, int[] results) {
        return parameters.length + results.length <= READABLE_LETTERS
                && Arrays.stream(parameters).noneMatch(TypeCode::isReference)
                && Arrays.stream(results).noneMatch(TypeCode::isReference);
    }

    private static String letters(int[] numbers) {
        var letters = new StringBuilder(numbers.length);
        for (int number : numbers) {
            letters.append(LETTERS.charAt(number));
        }
        return letters.toString();
    }

    private static void write(ByteArrayOutputStream text, int[] codes, int start, IntFunction<String> idOf) {
        writeInt(text, codes.length);
        for (int code : codes) {
            if (!TypeCode.isReference(code)) {
                text.write(code);
            } else {
                writeReference(text, code, start, idOf);
            }
        }
    }

    private static void writeReference(ByteArrayOutputStream text, int code, int start, IntFunction<String> idOf) {
        text.write(TypeCode.isNullable(code) ? 'n' : 'r');
        int heap = TypeCode.heap(code);
        if (heap < TypeCode.HEAP_DEFINED) {
            text.write(heap);
        } else if (heap - TypeCode.HEAP_DEFINED >= start) {
            text.write(INSIDE);
            writeInt(text, heap - TypeCode.HEAP_DEFINED - start);
        } else {
            byte[] id = idOf.apply(heap - TypeCode.HEAP_DEFINED).getBytes(StandardCharsets.US_ASCII);
            text.write(OUTSIDE);
            writeInt(text, id.length);
            text.writeBytes(id);
        }
    }

    private static void writeInt(ByteArrayOutputStream text, int value) {
        text.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /// With a letter in front that no readable id starts with.
    private static String digest(byte[] group) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(group);
            return "T" + HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

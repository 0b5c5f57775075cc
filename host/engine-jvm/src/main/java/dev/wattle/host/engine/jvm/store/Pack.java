package dev.wattle.host.engine.jvm.store;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The class files of one key, in one file: a header with a digest of itself, then the class files. Each is checked by
/// its own digest when it is taken, in a copy that nobody else can change. Safe for any thread.
///
/// The file: magic number; key; how many classes; how many bytes of index; the index, which has for each class its
/// name,
/// where it is, how long it is, and its digest; a digest of all this; the classes, and nothing after them.
final class Pack {
    /// Says `WaTTlE`, and which format this is.
    static final long MAGIC = 0x57_61_54_54_6C_45_00_01L;

    /// Offsets are ints; modules beyond this would take long to rewrite, and none are known.
    static final int MAX_BYTES = 512 << 20;

    private static final int FIXED_BYTES = Long.BYTES + Digests.BYTES + 2 * Integer.BYTES;
    private static final int MAX_NAME_BYTES = 0xFFFF;

    private final ByteBuffer file;
    private final Map<String, Entry> entries;

    private record Entry(int offset, int length, ByteBuffer digest) {}

    /// A class file, and its digest.
    record Item(ByteBuffer content, ByteBuffer digest) {
        static Item of(byte[] classFile) {
            return new Item(ByteBuffer.wrap(classFile), ByteBuffer.wrap(Digests.of(ByteBuffer.wrap(classFile))));
        }
    }

    private Pack(ByteBuffer file, Map<String, Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /// A file that stays as it is, because packs are replaced as a whole. Symbolic links are not followed.
    ///
    /// @return null when it is damaged, or not a pack of that key
    /// @throws IOException when there is no such file, or it cannot be read
    static @Nullable Pack open(Path path, StoreKey key) throws IOException {
        ByteBuffer file;
        try (FileChannel channel = FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (channel.size() > MAX_BYTES) {
                return null;
            }
            file = channel.map(MapMode.READ_ONLY, 0, channel.size());
        }
        return parse(file, key);
    }

    static @Nullable Pack parse(ByteBuffer file, StoreKey key) {
        try {
            Map<String, Entry> entries = readIndex(file.duplicate(), key);
            return entries == null ? null : new Pack(file, entries);
        } catch (BufferUnderflowException | IllegalArgumentException | InternalError damaged) {
            return null; // an InternalError: the file became shorter under us
        }
    }

    private static @Nullable Map<String, Entry> readIndex(ByteBuffer in, StoreKey key) {
        byte[] itsKey = new byte[Digests.BYTES];
        if (in.getLong() != MAGIC || !Arrays.equals(read(in, itsKey), key.bytes())) {
            return null;
        }
        int count = in.getInt();
        int indexBytes = in.getInt();
        if (count < 0 || indexBytes < 0 || indexBytes > in.remaining() - Digests.BYTES) {
            return null;
        }
        int data = FIXED_BYTES + indexBytes + Digests.BYTES;
        byte[] digest = Digests.of(in.slice(0, FIXED_BYTES + indexBytes));
        if (!in.slice(FIXED_BYTES + indexBytes, Digests.BYTES).equals(ByteBuffer.wrap(digest))) {
            return null;
        }
        Map<String, Entry> entries = new ConcurrentHashMap<>();
        int end = data;
        for (int i = 0; i < count; i++) {
            String name = new String(read(in, new byte[Short.toUnsignedInt(in.getShort())]), StandardCharsets.UTF_8);
            Entry entry = new Entry(end, in.getInt(), ByteBuffer.wrap(read(in, new byte[Digests.BYTES])));
            end = Math.addExact(end, entry.length());
            if (entry.length() < 0) {
                return null;
            }
            entries.put(name, entry);
        }
        return end == in.limit() && in.position() == FIXED_BYTES + indexBytes ? entries : null;
    }

    private static byte[] read(ByteBuffer in, byte[] into) {
        in.get(into);
        return into;
    }

    boolean has(String name) {
        return entries.containsKey(name);
    }

    /// The class file of that name; null when it is not here. One that is damaged is not here from then on.
    byte @Nullable [] find(String name) {
        Entry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        byte[] content = new byte[entry.length()];
        try {
            file.get(entry.offset(), content);
        } catch (InternalError shorter) {
            entries.remove(name);
            return null;
        }
        if (!ByteBuffer.wrap(Digests.sha256().digest(content)).equals(entry.digest())) {
            entries.remove(name);
            return null;
        }
        return content;
    }

    /// Adds all classes to what goes into another pack, unless there is one of the same name.
    void addTo(SortedMap<String, Item> items) {
        entries.forEach((name, entry) ->
                items.putIfAbsent(name, new Item(file.slice(entry.offset(), entry.length()), entry.digest())));
    }

    /// How large a pack of these classes is.
    static long size(SortedMap<String, Item> items) {
        long content = items.values().stream()
                .mapToLong(item -> item.content().remaining())
                .sum();
        return FIXED_BYTES + indexBytes(items) + Digests.BYTES + content;
    }

    private static long indexBytes(SortedMap<String, Item> items) {
        return items.keySet().stream()
                .mapToLong(name -> Short.BYTES + bytes(name).length + Integer.BYTES + Digests.BYTES)
                .sum();
    }

    private static byte[] bytes(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("a class's name has more than 65,535 bytes");
        }
        return bytes;
    }

    /// Writes a pack of at most [#MAX_BYTES].
    static void write(FileChannel to, StoreKey key, SortedMap<String, Item> items) throws IOException {
        int indexBytes = Math.toIntExact(indexBytes(items));
        ByteBuffer header = ByteBuffer.allocate(FIXED_BYTES + indexBytes + Digests.BYTES);
        header.putLong(MAGIC).put(key.bytes()).putInt(items.size()).putInt(indexBytes);
        items.forEach((name, item) -> {
            byte[] bytes = bytes(name);
            header.putShort((short) bytes.length).put(bytes);
            header.putInt(item.content().remaining()).put(item.digest().duplicate());
        });
        header.put(Digests.of(header.slice(0, FIXED_BYTES + indexBytes))).flip();
        writeAll(to, header);
        writeContents(to, items);
    }

    /// Thousands of small classes, gathered.
    private static void writeContents(FileChannel to, SortedMap<String, Item> items) throws IOException {
        ByteBuffer gathered = ByteBuffer.allocate(1 << 20);
        for (Item item : items.values()) {
            ByteBuffer content = item.content().duplicate();
            if (content.remaining() > gathered.remaining()) {
                writeAll(to, gathered.flip());
                gathered.clear();
            }
            if (content.remaining() > gathered.remaining()) {
                writeAll(to, content);
            } else {
                gathered.put(content);
            }
        }
        writeAll(to, gathered.flip());
    }

    private static void writeAll(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}

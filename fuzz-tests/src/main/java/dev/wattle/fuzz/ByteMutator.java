package dev.wattle.fuzz;

import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Damages a module: anywhere, or within a section or a body whose length is then put right, so that a decoder
/// gets to see what is behind it.
final class ByteMutator {
    private static final int HEADER = 8;
    private static final int MAX_CHANGES = 3;
    private static final int CODE = 10;
    private static final int MAX_ID = 14;
    private static final List<Integer> BYTES = List.of(
            0, 1, 2, 3, 4, 5, 6, 7, 0x0B, 0x10, 0x11, 0x1A, 0x1F, 0x20, 0x3F, 0x40, 0x41, 0x5F, 0x60, 0x63, 0x64, 0x69,
            0x6F, 0x70, 0x7B, 0x7C, 0x7D, 0x7E, 0x7F, 0x80, 0xD0, 0xD2, 0xFB, 0xFC, 0xFD, 0xFE, 0xFF);

    private final Gen gen;

    ByteMutator(Gen gen) {
        this.gen = gen;
    }

    @SuppressWarnings("ArrayRecordComponent") // Nobody changes it, and nobody compares it.
    private record Section(int id, byte[] content) {}

    byte[] mutate(byte[] module) {
        byte[] changed = module;
        for (int i = gen.intBetween(1, MAX_CHANGES); i > 0; i--) {
            changed = switch (gen.intBetween(0, 7)) {
                case 0 -> change(changed);
                case 1 -> Arrays.copyOf(changed, gen.intBetween(0, changed.length));
                case 2 -> sections(changed);
                default -> withinSection(changed);
            };
        }
        return changed;
    }

    /// Some bytes are replaced, put in, taken out or repeated.
    private byte[] change(byte[] bytes) {
        int at = gen.intBetween(0, bytes.length);
        int length = Math.min(gen.intBetween(0, 4), bytes.length - at);
        byte[] more = switch (gen.intBetween(0, 5)) {
            case 0, 1 -> new byte[] {gen.oneOf(BYTES).byteValue()};
            case 2 -> gen.bytes(4);
            case 3 -> new byte[0];
            case 4 -> repeated(bytes, at, length);
            default -> number();
        };
        int taken = gen.bool() ? Math.min(more.length, bytes.length - at) : length;
        return new Bytes()
                .raw(Arrays.copyOf(bytes, at))
                .raw(more)
                .raw(Arrays.copyOfRange(bytes, at + taken, bytes.length))
                .toArray();
    }

    private static byte[] repeated(byte[] bytes, int at, int length) {
        byte[] part = Arrays.copyOfRange(bytes, at, at + length);
        return new Bytes().raw(part).raw(part).toArray();
    }

    /// A number: large, at a bound, or written longer than it has to be.
    private byte[] number() {
        return switch (gen.intBetween(0, 5)) {
            case 0 -> new Bytes().unsigned(Constants.anInt(gen) & 0xFFFF_FFFFL).toArray();
            case 1 -> new Bytes().signed(Constants.anInt(gen)).toArray();
            case 2 -> new Bytes().signed(Constants.aLong(gen)).toArray();
            case 3 ->
                new Bytes()
                        .raw(gen.intBetween(0, 40) | 0x80)
                        .raw(0x80, 0x80, 0x80)
                        .raw(gen.oneOf(List.of(0, 1, 0x0F, 0x10, 0x70, 0x78, 0x7F, 0x80)))
                        .toArray();
            case 4 -> new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) gen.intBetween(0, 0x7F)};
            default -> new byte[] {(byte) (gen.intBetween(0, 127) | 0x80), 0};
        };
    }

    private byte[] withinSection(byte[] module) {
        var sections = split(module);
        if (sections.isEmpty()) {
            return change(module);
        }
        int chosen = gen.intBetween(0, sections.size() - 1);
        var section = sections.get(chosen);
        byte[] content = section.id() == CODE && gen.intBetween(0, 9) > 0
                ? withinBody(section.content())
                : change(section.content());
        sections.set(chosen, new Section(section.id(), content));
        return join(sections);
    }

    /// Changes one function's body and puts its length right.
    private byte[] withinBody(byte[] code) {
        var reader = new Reader(code, 0);
        long count = reader.unsigned();
        var bodies = new ArrayList<byte[]>();
        while (reader.good && bodies.size() < count) {
            bodies.add(reader.take(reader.unsigned()));
        }
        if (!reader.good || bodies.isEmpty()) {
            return change(code);
        }
        int chosen = gen.intBetween(0, bodies.size() - 1);
        bodies.set(chosen, change(bodies.get(chosen)));
        return new Bytes().vector(bodies, Bytes::sized).toArray();
    }

    /// Sections are left out, repeated, exchanged, renumbered, added, or have their length written longer.
    private byte[] sections(byte[] module) {
        var sections = split(module);
        if (sections.isEmpty()) {
            return change(module);
        }
        int chosen = gen.intBetween(0, sections.size() - 1);
        int other = gen.intBetween(0, sections.size() - 1);
        switch (gen.intBetween(0, 5)) {
            case 0 -> sections.remove(chosen);
            case 1 -> sections.add(other, sections.get(chosen));
            case 2 -> {
                var moved = sections.get(chosen);
                sections.set(chosen, sections.get(other));
                sections.set(other, moved);
            }
            case 3 ->
                sections.set(
                        chosen,
                        new Section(
                                gen.intBetween(0, MAX_ID), sections.get(chosen).content()));
            case 4 -> sections.add(chosen, new Section(gen.intBetween(0, MAX_ID), gen.bytes(6)));
            default -> {
                return joinWithLongLength(sections, chosen);
            }
        }
        return join(sections);
    }

    private static List<Section> split(byte[] module) {
        var sections = new ArrayList<Section>();
        var reader = new Reader(module, HEADER);
        while (reader.good && reader.at < module.length) {
            int id = module[reader.at++];
            byte[] content = reader.take(reader.unsigned());
            if (reader.good) {
                sections.add(new Section(id, content));
            }
        }
        return sections;
    }

    private static byte[] join(List<Section> sections) {
        var out = new Bytes().raw(0, 'a', 's', 'm', 1, 0, 0, 0);
        sections.forEach(section -> out.raw(section.id()).sized(section.content()));
        return out.toArray();
    }

    private static byte[] joinWithLongLength(List<Section> sections, int chosen) {
        var out = new Bytes().raw(0, 'a', 's', 'm', 1, 0, 0, 0);
        for (int i = 0; i < sections.size(); i++) {
            byte[] content = sections.get(i).content();
            out.raw(sections.get(i).id());
            if (i == chosen && content.length < 0x80) {
                out.raw(content.length | 0x80, 0x80, 0).raw(content);
            } else {
                out.sized(content);
            }
        }
        return out.toArray();
    }

    /// Reads as long as the bytes make sense.
    private static final class Reader {
        private final byte[] bytes;
        private int at;
        private boolean good;

        Reader(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
            this.good = at <= bytes.length;
        }

        long unsigned() {
            long value = 0;
            for (int shift = 0; good && shift < 35; shift += 7) {
                if (at >= bytes.length) {
                    break;
                }
                int next = bytes[at++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            good = false;
            return 0;
        }

        byte[] take(long length) {
            if (!good || length > bytes.length - at) {
                good = false;
                return new byte[0];
            }
            at += (int) length;
            return Arrays.copyOfRange(bytes, at - (int) length, at);
        }
    }
}

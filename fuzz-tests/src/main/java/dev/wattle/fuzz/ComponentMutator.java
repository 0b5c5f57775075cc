package dev.wattle.fuzz;

import dev.wattle.testkit.Gen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Damages a component: anywhere, or within a section, whose length is then put right, as are those of the components
/// around it; or with a section of another component.
final class ComponentMutator {
    private static final int HEADER = 8;
    private static final int MAX_CHANGES = 3;
    private static final int CORE_MODULE = 1;
    private static final int COMPONENT = 4;
    private static final int MAX_ID = 13;
    private static final int MAX_NESTING = 8;
    private static final List<Integer> BYTES = List.of(
            0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0x0c, 0x0d, 0x10, 0x12, 0x1c, 0x1f, 0x20, 0x21, 0x26, 0x3d, 0x3f, 0x40,
            0x41, 0x42, 0x43, 0x50, 0x60, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6d, 0x6e, 0x6f, 0x70,
            0x71, 0x72, 0x73, 0x74, 0x79, 0x7a, 0x7d, 0x7f, 0x80, 0xff);

    private final Gen gen;
    private final List<byte[]> corpus;

    ComponentMutator(Gen gen, List<byte[]> corpus) {
        this.gen = gen;
        this.corpus = corpus;
    }

    @SuppressWarnings("ArrayRecordComponent") // Nobody changes it, and nobody compares it.
    record Section(int id, byte[] content) {}

    byte[] mutant() {
        byte[] changed = gen.oneOf(corpus);
        for (int i = gen.intBetween(1, MAX_CHANGES); i > 0; i--) {
            changed = mutate(changed, 0);
        }
        return changed;
    }

    private byte[] mutate(byte[] component, int depth) {
        List<Section> sections = split(component);
        if (sections.isEmpty() || depth > MAX_NESTING || gen.intBetween(1, 12) == 1) {
            return gen.intBetween(1, 4) == 1
                    ? Arrays.copyOf(component, gen.intBetween(0, component.length))
                    : change(component);
        }
        int chosen = gen.intBetween(0, sections.size() - 1);
        Section section = sections.get(chosen);
        switch (gen.intBetween(0, 11)) {
            case 0 -> sections.remove(chosen);
            case 1 -> sections.add(gen.intBetween(0, sections.size()), section);
            case 2 -> sections.add(gen.intBetween(0, sections.size()), foreign());
            case 3 -> sections.set(chosen, new Section(gen.intBetween(0, MAX_ID), section.content()));
            case 4 -> sections.add(chosen, new Section(gen.intBetween(0, MAX_ID), gen.bytes(6)));
            default -> sections.set(chosen, new Section(section.id(), within(section, depth)));
        }
        return join(component, sections);
    }

    private byte[] within(Section section, int depth) {
        return switch (section.id()) {
            case CORE_MODULE -> gen.bool() ? new ByteMutator(gen).mutate(section.content()) : section.content();
            case COMPONENT -> mutate(section.content(), depth + 1);
            default -> change(section.content());
        };
    }

    private Section foreign() {
        List<Section> sections = split(gen.oneOf(corpus));
        return sections.isEmpty() ? new Section(0, new byte[] {1, 'x'}) : gen.oneOf(sections);
    }

    /// Some bytes are replaced, put in, taken out or repeated.
    private byte[] change(byte[] bytes) {
        int at = gen.intBetween(0, bytes.length);
        int length = Math.min(gen.intBetween(0, 4), bytes.length - at);
        byte[] part = Arrays.copyOfRange(bytes, at, at + length);
        byte[] more = switch (gen.intBetween(0, 6)) {
            case 0, 1, 2 -> new byte[] {gen.oneOf(BYTES).byteValue()};
            case 3 -> gen.bytes(4);
            case 4 -> new byte[0];
            case 5 -> new Bytes().raw(part).raw(part).toArray();
            default -> number();
        };
        int taken = gen.intBetween(0, 2) > 0 ? Math.min(more.length, bytes.length - at) : length;
        return new Bytes()
                .raw(Arrays.copyOf(bytes, at))
                .raw(more)
                .raw(Arrays.copyOfRange(bytes, at + taken, bytes.length))
                .toArray();
    }

    /// Large, at a bound, or written longer than it has to be.
    private byte[] number() {
        return switch (gen.intBetween(0, 3)) {
            case 0 -> new Bytes().unsigned(Constants.anInt(gen) & 0xFFFF_FFFFL).toArray();
            case 1 -> new Bytes().unsigned(gen.intBetween(0, 1_000_000)).toArray();
            case 2 -> new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) gen.intBetween(0, 0x7F)};
            default -> new byte[] {(byte) (gen.intBetween(0, 127) | 0x80), 0};
        };
    }

    /// The sections of a component, as far as their lengths make sense.
    static List<Section> split(byte[] component) {
        var sections = new ArrayList<Section>();
        int at = HEADER;
        while (at < component.length) {
            int id = component[at++];
            long length = 0;
            int shift = 0;
            int next;
            do {
                if (at >= component.length || shift > 28) {
                    return sections;
                }
                next = component[at++];
                length |= (long) (next & 0x7F) << shift;
                shift += 7;
            } while (next < 0);
            if (length > component.length - at) {
                return sections;
            }
            sections.add(new Section(id, Arrays.copyOfRange(component, at, at + (int) length)));
            at += (int) length;
        }
        return sections;
    }

    /// The sections behind the header of a component.
    static byte[] join(byte[] component, List<Section> sections) {
        var out = new Bytes().raw(Arrays.copyOf(component, HEADER));
        sections.forEach(section -> out.raw(section.id()).sized(section.content()));
        return out.toArray();
    }
}

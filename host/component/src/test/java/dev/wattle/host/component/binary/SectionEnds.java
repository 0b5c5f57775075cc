package dev.wattle.host.component.binary;

import java.util.Set;
import java.util.TreeSet;

/// Where a component may end and be one: behind its preamble and behind each of its sections.
public final class SectionEnds {
    private SectionEnds() {}

    public static Set<Integer> of(byte[] component) {
        ByteReader reader = ByteReader.of(component, new FeatureGate(Set.of()));
        reader.slice(Preamble.LENGTH, "the preamble");
        Set<Integer> ends = new TreeSet<>();
        while (!reader.atEnd()) {
            ends.add(reader.position());
            reader.readByte();
            reader.slice(reader.readU32(), "a section");
        }
        return ends;
    }
}

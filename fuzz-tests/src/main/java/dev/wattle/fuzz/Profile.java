package dev.wattle.fuzz;

import java.util.EnumSet;
import java.util.Set;

/// What a kind of generated modules is made of. Each goes to the engines that have all of it.
@SuppressWarnings("ImmutableEnumChecker") // The sets are never changed.
enum Profile {
    CORE(EnumSet.of(Feature.SIGN_EXTENSION, Feature.SATURATING, Feature.REFERENCES, Feature.BLOCK_PARAMETERS)),
    /// Tail calls break Endive's interpreter, so they stand apart.
    TAIL_CALLS(with(CORE, Feature.TAIL_CALLS)),
    VECTORS(with(TAIL_CALLS, Feature.SIMD)),
    EXCEPTIONS(with(CORE, Feature.EXCEPTIONS)),
    CONSTANTS(with(CORE, Feature.EXTENDED_CONSTANTS)),
    /// What Endive's interpreter and older versions of node lack.
    ALL(EnumSet.allOf(Feature.class));

    private final Set<Feature> features;

    Profile(Set<Feature> features) {
        this.features = features;
    }

    Set<Feature> features() {
        return features;
    }

    /// The profile of case `number`: each in its turn.
    static Profile ofCase(long number) {
        return switch ((int) (number % 8)) {
            case 0 -> CORE;
            case 1, 6 -> VECTORS;
            case 2 -> EXCEPTIONS;
            case 3 -> TAIL_CALLS;
            case 4 -> CONSTANTS;
            default -> ALL;
        };
    }

    private static Set<Feature> with(Profile profile, Feature more) {
        var features = EnumSet.copyOf(profile.features);
        features.add(more);
        return features;
    }
}

package dev.wattle.host.node;

import java.util.List;
import java.util.random.RandomGenerator;

/// Names for hosts that people can tell apart: adjective-noun-number, as wasmCloud's.
final class FriendlyName {
    private static final List<String> ADJECTIVES = List.of(
            "amber", "brisk", "calm", "dusty", "early", "fond", "green", "hollow", "ivory", "jolly", "keen", "lively",
            "mellow", "nimble", "olive", "proud", "quiet", "rapid", "silver", "tidy", "upright", "vivid", "warm");
    private static final List<String> NOUNS = List.of(
            "acacia", "birch", "cedar", "dune", "elm", "fern", "grove", "hazel", "iris", "juniper", "kelp", "larch",
            "maple", "nettle", "oak", "pine", "quince", "reed", "sedge", "thorn", "umbra", "vine", "willow");
    private static final int FIRST_NUMBER = 1000;
    private static final int LAST_NUMBER = 9999;

    private FriendlyName() {}

    static String invent(RandomGenerator random) {
        return ADJECTIVES.get(random.nextInt(ADJECTIVES.size())) + "-" + NOUNS.get(random.nextInt(NOUNS.size())) + "-"
                + random.nextInt(FIRST_NUMBER, LAST_NUMBER + 1);
    }
}

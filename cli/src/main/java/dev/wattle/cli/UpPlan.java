package dev.wattle.cli;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What `wattle up` is asked for.
///
/// @param hosts how many host processes
/// @param single one process for the host and the control plane
/// @param natsPort nothing for the usual one, or a free one where that is taken
record UpPlan(
        String lattice,
        int hosts,
        boolean single,
        int httpPort,
        Optional<Integer> natsPort,
        boolean demo,
        boolean detached) {
    /// What this machine's owner may want at most; each is a JVM.
    static final int MAX_HOSTS = 32;

    /// The labels of the host with that number, from 1: the first stands at the edge, the others work. One
    /// alone does both.
    SortedMap<String, String> labels(int number) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (number == 1) {
            labels.put("edge", "true");
        }
        if (number > 1 || hosts == 1) {
            labels.put("worker", "true");
        }
        return labels;
    }

    String httpAddress() {
        return "localhost:" + httpPort;
    }
}

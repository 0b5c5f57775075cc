package dev.wattle.cli;

import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.LinkName;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.List;
import java.util.function.Function;

/// Reads names that a caller wrote.
final class Ids {
    private Ids() {}

    static WorkloadId workload(String text) {
        return read(text, WorkloadId::new);
    }

    static LinkName link(String text) {
        return read(text, LinkName::new);
    }

    static ConfigName config(String text) {
        return read(text, ConfigName::new);
    }

    static List<ConfigName> configs(List<String> texts) {
        return texts.stream().map(Ids::config).toList();
    }

    private static <T> T read(String text, Function<String, T> type) {
        try {
            return type.apply(text);
        } catch (IllegalArgumentException refused) {
            throw CommandFailure.usage(String.valueOf(refused.getMessage()));
        }
    }
}

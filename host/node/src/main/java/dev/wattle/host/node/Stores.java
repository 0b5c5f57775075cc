package dev.wattle.host.node;

import dev.wattle.lattice.agent.AgentEffect;
import dev.wattle.lattice.agent.AgentEvent;
import dev.wattle.lattice.agent.Bucket;
import dev.wattle.lattice.protocol.LatticeName;
import dev.wattle.lattice.transport.KeyValueStore;
import dev.wattle.lattice.transport.Transport;
import java.util.Optional;

/// The key-value stores that the agent reads and writes. Each call blocks; safe for any thread.
final class Stores {
    private final LatticeName lattice;
    private final Transport transport;

    Stores(LatticeName lattice, Transport transport) {
        this.lattice = lattice;
        this.transport = transport;
    }

    KeyValueStore store(Bucket bucket) {
        return transport.keyValue(bucket.nameIn(lattice));
    }

    AgentEvent.Outcome find(AgentEffect.KvFind find) {
        return new AgentEvent.Outcome.Found(store(find.bucket())
                .find(find.key())
                .map(entry -> new AgentEvent.Stored(entry.value(), entry.revision())));
    }

    AgentEvent.Outcome create(AgentEffect.KvCreate create) {
        return written(store(create.bucket()).create(create.key(), create.value()));
    }

    AgentEvent.Outcome update(AgentEffect.KvUpdate update) {
        return written(store(update.bucket()).update(update.key(), update.value(), update.revision()));
    }

    AgentEvent.Outcome put(AgentEffect.KvPut put) {
        return new AgentEvent.Outcome.Written(store(put.bucket()).put(put.key(), put.value()));
    }

    AgentEvent.Outcome delete(AgentEffect.KvDelete delete) {
        store(delete.bucket()).delete(delete.key());
        return new AgentEvent.Outcome.Done();
    }

    private static AgentEvent.Outcome written(Optional<Long> revision) {
        return revision.<AgentEvent.Outcome>map(AgentEvent.Outcome.Written::new)
                .orElseGet(AgentEvent.Outcome.Lost::new);
    }
}

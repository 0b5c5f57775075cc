package dev.wattle.lattice.transport;

import java.time.Duration;

/// An in-memory lattice for the contract.
record MemoryLattice(InMemoryLattice memory, boolean pumped) implements Lattice {
    @Override
    public Transport connect() {
        return memory.transport();
    }

    @Override
    public boolean cutsOneAlone() {
        return true;
    }

    @Override
    public Outage cut(Transport transport) {
        InMemoryTransport cut = (InMemoryTransport) transport;
        cut.disconnect();
        return cut::reconnect;
    }

    @Override
    public void settle(Duration time) {
        if (pumped) {
            memory.advance(time);
        }
    }

    @Override
    public void close() {
        memory.close();
    }
}

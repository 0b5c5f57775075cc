package dev.wattle.lattice.transport;

import java.time.Duration;

/// What the contract suite runs against: connections to one lattice that can be cut and mended.
interface Lattice extends AutoCloseable {
    Transport connect();

    /// Cuts the connections, all or this one, and mends them when that is closed. Returns when it is cut.
    Outage cut(Transport transport);

    /// Do the other connections live on while one is cut?
    boolean cutsOneAlone();

    /// Long enough for whatever must happen; for a pumped lattice virtual.
    void settle(Duration time);

    @Override
    void close();

    /// Ends with `close()`, which returns when the connection is back.
    interface Outage extends AutoCloseable {
        @Override
        void close();
    }
}

package dev.wattle.lattice.protocol;

/// The subjects of events and of what only Wattle's hosts say.
public final class LatticeSubjects {
    private static final String EVENTS = "wasmbus.evt.";
    private static final String OURS = "wattle.v1.";

    private LatticeSubjects() {}

    /// Where an event is published.
    public static String event(LatticeName lattice, LatticeEvent event) {
        return EVENTS + lattice + "." + event.eventName();
    }

    /// Every event of a lattice, to subscribe to.
    public static String events(LatticeName lattice) {
        return EVENTS + lattice + ".>";
    }

    /// Where a host sends its [HostBeat].
    public static String beat(LatticeName lattice, HostId host) {
        return OURS + lattice + ".beat." + host;
    }

    /// The beats of all hosts, to subscribe to.
    public static String beats(LatticeName lattice) {
        return OURS + lattice + ".beat.*";
    }
}

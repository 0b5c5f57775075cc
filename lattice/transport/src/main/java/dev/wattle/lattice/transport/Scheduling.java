package dev.wattle.lattice.transport;

/// Who runs what an in-memory lattice delivers: one thing at a time, in order.
interface Scheduling extends Timers, AutoCloseable {
    /// Runs it after all that was handed over before.
    void deliver(Runnable task);

    /// Runs what is due, when the caller is the one who runs it; answers how many things ran.
    int pump();

    /// Lets time pass, where time is virtual.
    int advance(long nanos);

    @Override
    void close();
}

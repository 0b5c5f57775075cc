package dev.wattle.benchmarks;

/// Repeats work for a while and tells the time of one piece.
final class Clock {
    private static final long SLICE_NANOS = 250_000_000;

    private Clock() {}

    /// Work that repeats itself.
    @FunctionalInterface
    interface Batch {
        /// Does it `times` times and checks every answer.
        void run(int times) throws Throwable;
    }

    /// Nanoseconds of one piece of work.
    ///
    /// @param batch pieces between two looks at the clock: some microseconds of work at least
    static double nanosEach(int batch, Batch work) throws Exception {
        long pieces = 0;
        long begin = System.nanoTime();
        long spent;
        do {
            try {
                work.run(batch);
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
            pieces += batch;
            spent = System.nanoTime() - begin;
        } while (spent < SLICE_NANOS);
        return (double) spent / pieces;
    }
}

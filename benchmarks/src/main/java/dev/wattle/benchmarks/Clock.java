package dev.wattle.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// Repeats work for a while and tells the processor time of one piece: all that this process spent, collecting
/// garbage included, and nothing that others on the machine did meanwhile.
final class Clock {
    /// The system counts in ticks of 10 ms; so many make the error small.
    private static final long SLICE_NANOS = 400_000_000;

    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private Clock() {}

    /// Work that repeats itself.
    @FunctionalInterface
    interface Batch {
        /// Does it `times` times and checks every answer.
        void run(int times) throws Throwable;
    }

    /// Nanoseconds of one piece of work.
    ///
    /// @param batch pieces between two looks at the clock: about a millisecond of work
    static double nanosEach(int batch, Batch work) throws Exception {
        long pieces = 0;
        long begin = PROCESS.getProcessCpuTime();
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
            spent = PROCESS.getProcessCpuTime() - begin;
        } while (spent < SLICE_NANOS);
        return (double) spent / pieces;
    }
}

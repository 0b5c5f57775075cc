package dev.wattle.host.wasi;

import dev.wattle.wit.WitValue;
import java.time.Instant;

/// `wasi:clocks`: the time of day, and the clock to measure and wait by.
final class ClockInterfaces {
    private ClockInterfaces() {}

    static InterfaceTable wallClock(WasiContext context) {
        return InterfaceTable.builder()
                .gives("now", 0, (_, _) -> datetime(context.wallClock().instant()))
                // What the JDK's clock shows at least.
                .gives("resolution", 0, (_, _) -> WitValue.record(WitValue.of(0), WitValue.of(1_000)))
                .build();
    }

    static InterfaceTable monotonicClock(WasiContext context) {
        MonotonicClock clock = context.monotonicClock();
        return InterfaceTable.builder()
                .resource("pollable", IoInterfaces.POLLABLE)
                .gives("now", 0, (_, _) -> WitValue.of(clock.nanos()))
                .gives("resolution", 0, (_, _) -> WitValue.of(1))
                .gives(
                        "subscribe-instant",
                        1,
                        (sandbox, arguments) ->
                                Pollable.at(clock, arguments.number(0)).give(sandbox, IoInterfaces.POLLABLE))
                .gives(
                        "subscribe-duration",
                        1,
                        (sandbox, arguments) -> Pollable.at(clock, after(clock.nanos(), arguments.number(0)))
                                .give(sandbox, IoInterfaces.POLLABLE))
                .build();
    }

    /// Both are `u64`; what is beyond a long is beyond all days.
    private static long after(long now, long duration) {
        return duration < 0 || now > Long.MAX_VALUE - duration ? Long.MAX_VALUE : now + duration;
    }

    /// A time before 1970 is 1970: `datetime` has no other.
    private static WitValue datetime(Instant instant) {
        Instant shown = instant.isBefore(Instant.EPOCH) ? Instant.EPOCH : instant;
        return WitValue.record(WitValue.of(shown.getEpochSecond()), WitValue.of(shown.getNano()));
    }
}

package dev.wattle.interop;

import dev.wattle.wit.ResourceType;
import dev.wattle.wit.WitValue;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// The counters of the host: `wattle:test/counters`, by number, from 1. One thread.
final class HostCounters {
    static final ResourceType TYPE = new ResourceType(TestWorld.COUNTER);
    private static final long U32 = 0xFFFF_FFFFL;

    private final Map<Integer, Long> values = new TreeMap<>();
    private int made;

    Optional<WitValue> call(String function, List<WitValue> arguments) {
        return switch (function) {
            case TestWorld.NEW -> Optional.of(resource(counter(number(arguments.getFirst()))));
            case TestWorld.INCREMENT -> Optional.of(add(id(arguments.getFirst()), number(arguments.get(1))));
            case TestWorld.VALUE, "peek" -> Optional.of(add(id(arguments.getFirst()), 0));
            case TestWorld.MERGE -> {
                long sum = value(arguments.getFirst()) + take(arguments.get(1));
                yield Optional.of(resource(counter(sum & U32)));
            }
            case TestWorld.LIVE -> Optional.of(WitValue.of(values.size()));
            case "consume" -> Optional.of(WitValue.of(take(arguments.getFirst())));
            case "pass", "pass-all", "pass-some" -> Optional.of(arguments.getFirst());
            case "total" ->
                Optional.of(WitValue.of(((WitValue.ListValue) arguments.getFirst())
                        .elements().stream().mapToLong(this::value).sum()));
            case "make" -> Optional.of(make(number(arguments.getFirst())));
            default -> throw new IllegalArgumentException("no function " + function);
        };
    }

    void drop(int number) {
        if (values.remove(number) == null) {
            throw new IllegalStateException("counter " + number + " was dropped twice");
        }
    }

    private WitValue make(long start) {
        return start == 0
                ? WitValue.error(WitValue.of("a counter does not start at zero"))
                : WitValue.ok(resource(counter(start)));
    }

    private int counter(long start) {
        values.put(++made, start);
        return made;
    }

    private WitValue add(int number, long by) {
        return WitValue.of(values.merge(number, by, (value, more) -> value + more & U32));
    }

    private long value(WitValue counter) {
        int number = id(counter);
        return Objects.requireNonNull(values.get(number), () -> "counter " + number + " was given away");
    }

    private long take(WitValue counter) {
        long value = value(counter);
        drop(id(counter));
        return value;
    }

    private static WitValue resource(int number) {
        return new WitValue.Resource(TYPE, number);
    }

    private static int id(WitValue counter) {
        return (Integer) ((WitValue.Resource) counter).representation();
    }

    private static long number(WitValue value) {
        return ((WitValue.Int) value).value();
    }
}

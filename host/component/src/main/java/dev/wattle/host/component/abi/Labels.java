package dev.wattle.host.component.abi;

import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The labels of a variant of any kind, or of flags, as generated code needs them: numbers by name, and values
/// that are the same each time. Immutable but for values that are found once; safe for any thread.
public final class Labels {
    /// Values of flags with no more labels than these are kept, all of them: 256.
    private static final int MAX_KEPT_FLAGS = 8;

    private final List<String> names;
    private final Map<String, Integer> numbers;

    /// For a variant, the values of cases without payload; for flags, the values of all combinations, found
    /// once.
    private final @Nullable WitValue[] values;

    private final boolean[] payloads;

    private Labels(List<String> names, @Nullable WitValue[] values, boolean[] payloads) {
        this.names = List.copyOf(names);
        this.values = values;
        this.payloads = payloads;
        this.numbers = HashMap.newHashMap(names.size());
        for (int number = 0; number < names.size(); number++) {
            numbers.put(names.get(number), number);
        }
    }

    /// Of a type that has labels.
    public static Labels of(WitType type) {
        return switch (type) {
            case WitType.FlagsType(var labels) -> new Labels(labels, keptFlags(labels.size()), new boolean[0]);
            case WitType.VariantType(var cases) ->
                ofCases(type, cases.stream().map(WitType.Case::name).toList());
            case WitType.EnumType(var cases) -> ofCases(type, cases);
            case WitType.OptionType _, WitType.ResultType _ -> ofCases(type, List.of("0", "1"));
            default -> throw new IllegalStateException("without labels: " + type);
        };
    }

    private static @Nullable WitValue[] keptFlags(int labels) {
        return new WitValue[labels <= MAX_KEPT_FLAGS ? 1 << labels : 0];
    }

    private static Labels ofCases(WitType type, List<String> names) {
        List<Optional<WitType>> cases = Despecialize.cases(type);
        @Nullable WitValue[] values = new WitValue[cases.size()];
        boolean[] payloads = new boolean[cases.size()];
        for (int number = 0; number < values.length; number++) {
            payloads[number] = cases.get(number).isPresent();
            values[number] = payloads[number] ? null : Despecialize.variant(type, number, Optional.empty());
        }
        return new Labels(names, values, payloads);
    }

    String name(int number) {
        return names.get(number);
    }

    /// The value of a case without payload.
    WitValue plain(int number) {
        WitValue value = values[number];
        if (value == null) {
            throw new IllegalStateException("the case has a payload: " + names.get(number));
        }
        return value;
    }

    /// The number of a value's case; -1 when the value is of another kind, or of no case, or with a payload
    /// where there is none.
    int caseOf(WitValue value) {
        return switch (value) {
            case WitValue.VariantValue(var name, var payload) -> number(name, payload.isPresent());
            case WitValue.EnumValue(var name) -> number(name, false);
            case WitValue.OptionValue(var some) -> some.isPresent() ? 1 : 0;
            case WitValue.ResultValue(var ok, var payload) -> {
                int number = ok ? 0 : 1;
                yield payloads[number] == payload.isPresent() ? number : -1;
            }
            default -> -1;
        };
    }

    private int number(String name, boolean payload) {
        Integer number = numbers.get(name);
        return number == null || payloads[number] != payload ? -1 : number;
    }

    /// The value of these flags; bits beyond the last label are ignored.
    WitValue flags(int bits) {
        if (values.length == 0) {
            return combination(bits);
        }
        int index = bits & values.length - 1;
        WitValue known = values[index];
        if (known == null) {
            known = combination(index);
            values[index] = known;
        }
        return known;
    }

    private WitValue combination(int bits) {
        SortedSet<String> set = new TreeSet<>();
        for (int number = 0; number < names.size(); number++) {
            if ((bits >> number & 1) != 0) {
                set.add(names.get(number));
            }
        }
        return new WitValue.FlagsValue(set);
    }

    /// The bits of flags; -1 when one is not among them. (No more than 32 labels are known, so a long holds
    /// both.)
    long bits(SortedSet<String> set) {
        long bits = 0;
        for (String label : set) {
            Integer number = numbers.get(label);
            if (number == null) {
                return -1;
            }
            bits |= 1L << number;
        }
        return bits;
    }
}

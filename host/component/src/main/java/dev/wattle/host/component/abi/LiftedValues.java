package dev.wattle.host.component.abi;

import dev.wattle.wit.WitValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Values on their way from one side to the other.
///
/// @param strings how the guest held their strings; null when they are the host's, whose strings have whatever
///     encoding they are lowered to
public record LiftedValues(List<WitValue> values, @Nullable StringSource strings) {
    public static LiftedValues ofHost(List<WitValue> values) {
        return new LiftedValues(values, null);
    }
}

package dev.wattle.spec;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// What a script makes of one kind: by name, and the last one.
final class Slots<T> {
    private final String kind;
    private final Map<String, Slot<T>> named = new HashMap<>();
    private Slot<T> last;

    /// @param kind what messages call it
    Slots(String kind) {
        this.kind = kind;
        this.last = new Slot.Missing<>("the script has made no %s yet".formatted(kind));
    }

    /// The one of that name, or the last one.
    Slot<T> find(Optional<String> name) {
        return name.map(given -> named.getOrDefault(
                        given, new Slot.Missing<>("the script has no %s $%s".formatted(kind, given))))
                .orElse(last);
    }

    /// The one of that name, if the script has one.
    Optional<Slot<T>> named(String name) {
        return Optional.ofNullable(named.get(name));
    }

    /// Makes one, which is the last one from here, and the one of that name; or keeps why it could not be made.
    T make(int line, Optional<String> name, Supplier<T> making) {
        last = new Slot.Missing<>("the %s of line %d could not be made".formatted(kind, line));
        try {
            T made = making.get();
            last = new Slot.Present<>(made);
            return made;
        } catch (RuntimeException refused) {
            if (Attempt.isUnsupported(refused)) {
                last = new Slot.Lacking<>(String.valueOf(refused.getMessage()));
            }
            throw refused;
        } finally {
            name.ifPresent(given -> named.put(given, last));
        }
    }
}

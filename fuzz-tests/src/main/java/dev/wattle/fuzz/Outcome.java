package dev.wattle.fuzz;

import dev.wattle.host.engine.Trap;
import dev.wattle.host.engine.Trap.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What an engine made of a case.
sealed interface Outcome {
    /// The module was not taken: `unsupported` where the engine says that it lacks something.
    record Refused(boolean unsupported, String message) implements Outcome {}

    /// It ran: what happened, in order.
    record Ran(List<Event> events) implements Outcome {
        public Ran {
            events = List.copyOf(events);
        }
    }

    /// The engine itself failed.
    record Broken(Throwable failure) implements Outcome {}

    /// One step of a run.
    sealed interface Event {
        /// Values, in the same words on every engine.
        record Values(List<String> values) implements Event {
            public Values {
                values = List.copyOf(values);
            }
        }

        /// A trap of one of these kinds: not every engine tells them all apart.
        record Trapped(Set<Kind> kinds) implements Event {
            public Trapped {
                kinds = Set.copyOf(kinds);
            }
        }

        static Event trapped(Trap trap) {
            return new Trapped(EnumSet.of(trap.kind()));
        }

        default boolean agrees(Event other) {
            return (this instanceof Trapped(var mine) && other instanceof Trapped(var others))
                    ? mine.stream().anyMatch(others::contains)
                    : equals(other);
        }

        default boolean exhausted() {
            return this instanceof Trapped(var kinds) && kinds.contains(Kind.STACK_EXHAUSTED);
        }
    }

    /// How this differs from the other one; nothing where they agree, or where they cannot be compared.
    default Optional<Difference> differenceFrom(Outcome other) {
        if (this instanceof Broken(Throwable failure)) {
            return Optional.of(new Difference("broken", "the engine failed: " + failure));
        }
        if (!comparable(other)) {
            return Optional.empty();
        }
        if (this instanceof Ran(var mine) && other instanceof Ran(var others)) {
            return difference(mine, others);
        }
        return this instanceof Refused && other instanceof Refused
                ? Optional.empty()
                : Optional.of(new Difference("refused", this + " beside " + other));
    }

    /// Can the other one be held against this one? How deep a stack is, is nobody's business; what an engine
    /// lacks is its own.
    default boolean comparable(Outcome other) {
        return !(other instanceof Broken)
                && !(other instanceof Refused(boolean unsupported, String _) && unsupported)
                && !exhausted()
                && !other.exhausted();
    }

    private boolean exhausted() {
        return this instanceof Ran(var events) && events.stream().anyMatch(Event::exhausted);
    }

    private static Optional<Difference> difference(List<Event> mine, List<Event> others) {
        for (int i = 0; i < Math.min(mine.size(), others.size()); i++) {
            if (!mine.get(i).agrees(others.get(i))) {
                String kind = mine.get(i).getClass() == others.get(i).getClass()
                        ? mine.get(i).getClass().getSimpleName()
                        : "mixed";
                return Optional.of(new Difference(kind, "step " + i + ": " + mine.get(i) + " beside " + others.get(i)));
            }
        }
        return mine.size() == others.size()
                ? Optional.empty()
                : Optional.of(new Difference("steps", mine.size() + " steps beside " + others.size()));
    }

    /// A difference: its kind, so that a smaller case can be held to the same one, and the words for people.
    record Difference(String kind, String text) {}
}

package dev.wattle.host.runtime;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitValue;
import java.util.Optional;

/// How a root call ended.
public sealed interface CallOutcome {
    /// The function returned.
    record Answered(Optional<WitValue> result) implements CallOutcome {}

    /// No such component or function here, or the arguments do not fit: nothing ran.
    record Refused(String reason) implements CallOutcome {}

    /// The guest trapped.
    record Trapped(Trap.Kind kind, String reason) implements CallOutcome {}

    /// A link on the way failed.
    record LinkFailed(LinkFailure.Kind kind, String link, String reason) implements CallOutcome {}

    /// The deadline passed. When `started`, the guest had begun.
    record TimedOut(boolean started, String reason) implements CallOutcome {}

    /// The host takes no more calls now: nothing ran.
    record Overloaded(String reason) implements CallOutcome {}

    /// The host itself failed; the cause is logged.
    record Failed(String reason) implements CallOutcome {}
}

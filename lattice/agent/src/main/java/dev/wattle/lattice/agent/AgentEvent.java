package dev.wattle.lattice.agent;

import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an agent is told.
public sealed interface AgentEvent {
    /// The edge listens on every subject and watches both buckets: the host may say that it is there. First of
    /// all events, and once.
    record Started() implements AgentEvent {}

    /// A message of the control interface.
    record ControlMessage(
            String subject, Optional<String> replyTo, SortedMap<String, String> headers, ByteString payload)
            implements AgentEvent {
        public ControlMessage {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(replyTo, "replyTo");
            headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
            Objects.requireNonNull(payload, "payload");
        }
    }

    /// A watched bucket has a new value.
    record EntryPut(Bucket bucket, String key, ByteString value, long revision) implements AgentEvent {}

    /// A watched bucket lost a value.
    record EntryDeleted(Bucket bucket, String key, long revision) implements AgentEvent {}

    /// Every value that a bucket had when the watch began has been told.
    record CaughtUp(Bucket bucket) implements AgentEvent {}

    /// An effect with an operation number came to its end. Each such effect leads to exactly one of these.
    record OperationEnded(long operation, Outcome outcome) implements AgentEvent {}

    /// A provider ended by itself.
    record ProviderExited(WorkloadId id, String reason) implements AgentEvent {}

    /// A timer that was set is due.
    record TimerFired(Timer timer) implements AgentEvent {}

    /// The connection to the lattice is gone.
    record ConnectionLost() implements AgentEvent {}

    /// The connection to the lattice is back.
    record ConnectionRestored() implements AgentEvent {}

    /// Somebody at this machine wants the host to stop.
    record StopRequested(OptionalLong graceMillis) implements AgentEvent {}

    /// All work of the host ended, after [AgentEffect.StopHost].
    record Drained() implements AgentEvent {}

    /// The timers of an agent; setting one again moves it.
    enum Timer {
        /// Our beat.
        BEAT,
        /// wasmCloud's heartbeat.
        HEARTBEAT,
        /// The end of the grace when stopping.
        STOP
    }

    /// How an operation ended.
    sealed interface Outcome {
        /// As wanted.
        record Done() implements Outcome {}

        /// Not, and why.
        record Failed(String reason) implements Outcome {}

        /// What a read found.
        record Found(Optional<Stored> entry) implements Outcome {}

        /// A create or update won: the new revision.
        record Written(long revision) implements Outcome {}

        /// A create or update lost: somebody else wrote first.
        record Lost() implements Outcome {}
    }

    /// A value in a bucket.
    record Stored(ByteString value, long revision) {}
}

package dev.wattle.lattice.agent;

import dev.wattle.lattice.protocol.ComponentLimits;
import dev.wattle.lattice.protocol.LatticeEvent;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.wit.ByteString;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an agent wants done, in this order. Those with an operation number are answered by one
/// [AgentEvent.OperationEnded] each, whenever they end; the others by nothing.
public sealed interface AgentEffect {
    /// Answer a request.
    record Reply(String replyTo, ByteString payload) implements AgentEffect {}

    /// Publish an event; the edge gives it an id and the time, and wraps it in a `CloudEvent`.
    record PublishEvent(LatticeEvent event) implements AgentEffect {}

    /// Publish a message of ours.
    record Publish(String subject, ByteString payload) implements AgentEffect {}

    /// Fetch, compile and serve a component. Ends [AgentEvent.Outcome.Done] when it takes calls.
    record StartComponent(
            long operation,
            WorkloadId id,
            String imageRef,
            int maxInstances,
            Optional<ComponentLimits> limits,
            ConfigValues config)
            implements AgentEffect {}

    /// Change how many invocations may run at once, the limits or the configuration, without losing a call.
    record ScaleComponent(
            long operation, WorkloadId id, int maxInstances, Optional<ComponentLimits> limits, ConfigValues config)
            implements AgentEffect {}

    /// Put another image in the place of the one that runs, without losing a call. When it fails, the old one
    /// stays.
    record UpdateComponent(
            long operation,
            WorkloadId id,
            String imageRef,
            int maxInstances,
            Optional<ComponentLimits> limits,
            ConfigValues config)
            implements AgentEffect {}

    /// Take no more calls, let those in flight end within a bound, forget the component.
    record StopComponent(long operation, WorkloadId id) implements AgentEffect {}

    /// Start a provider. Its links follow, after it ended [AgentEvent.Outcome.Done].
    record StartProvider(long operation, WorkloadId id, String providerRef, ConfigValues config)
            implements AgentEffect {}

    /// Close a provider.
    record StopProvider(long operation, WorkloadId id) implements AgentEffect {}

    /// A running provider is source or target of this link, new or with changed configuration.
    record PutProviderLink(WorkloadId provider, Link link, ConfigValues sourceConfig, ConfigValues targetConfig)
            implements AgentEffect {}

    /// A link of a running provider is gone.
    record DeleteProviderLink(WorkloadId provider, Link link) implements AgentEffect {}

    /// Calls that begin from now on go these ways.
    record UseRoutes(Routes routes) implements AgentEffect {}

    /// A running component has this configuration from now on.
    record ComponentConfig(WorkloadId id, ConfigValues config) implements AgentEffect {}

    /// A running provider has this configuration from now on.
    record ProviderConfig(WorkloadId id, ConfigValues config) implements AgentEffect {}

    /// Read the newest value. Ends [AgentEvent.Outcome.Found].
    record KvFind(long operation, Bucket bucket, String key) implements AgentEffect {}

    /// Write when there is no value. Ends [AgentEvent.Outcome.Written] or [AgentEvent.Outcome.Lost].
    record KvCreate(long operation, Bucket bucket, String key, ByteString value) implements AgentEffect {}

    /// Write over that revision. Ends [AgentEvent.Outcome.Written] or [AgentEvent.Outcome.Lost].
    record KvUpdate(long operation, Bucket bucket, String key, ByteString value, long revision)
            implements AgentEffect {}

    /// Write whatever is there. Ends [AgentEvent.Outcome.Written].
    record KvPut(long operation, Bucket bucket, String key, ByteString value) implements AgentEffect {}

    /// Delete. Ends [AgentEvent.Outcome.Done].
    record KvDelete(long operation, Bucket bucket, String key) implements AgentEffect {}

    /// Tell the agent at that time.
    record SetTimer(AgentEvent.Timer timer, long atMillis) implements AgentEffect {}

    /// Take no more work, let what is in flight end until the deadline, stop all workloads, then tell
    /// [AgentEvent.Drained].
    record StopHost(long deadlineMillis) implements AgentEffect {}

    /// Flush what was published and end the process's part. The last effect of an agent.
    record Exit() implements AgentEffect {}

    /// A line for the log.
    record Log(Level level, String event, SortedMap<String, String> fields) implements AgentEffect {
        public Log {
            fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
        }
    }

    /// How much a line matters.
    enum Level {
        /// Something changed.
        INFO,
        /// Worse than it should be.
        WARNING
    }
}

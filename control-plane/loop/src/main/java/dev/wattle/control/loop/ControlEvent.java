package dev.wattle.control.loop;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppRecord;
import dev.wattle.control.model.LeaseRecord;
import dev.wattle.lattice.protocol.ConfigName;
import dev.wattle.lattice.protocol.HostBeat;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.Link;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// What a control plane hears of. An event changes what is known; what follows is decided from the whole of it.
public sealed interface ControlEvent {
    /// Time passed. Comes every [LoopSettings#tickMillis()] or so.
    record Tick() implements ControlEvent {}

    /// The connection to the lattice was lost or is back.
    record ConnectionChanged(boolean connected) implements ControlEvent {}

    /// A sign of life.
    record BeatReceived(HostBeat beat) implements ControlEvent {}

    /// A host answered a ping to all, or said that it started.
    record HostHeard(HostId host) implements ControlEvent {}

    /// A host said what it runs: asked or on its own.
    record InventoryReceived(HostInventory inventory) implements ControlEvent {}

    /// A host was asked, and nobody listens where it should.
    record HostUnreachable(HostId host) implements ControlEvent {}

    /// A host was asked, and did not answer in time.
    record HostSilent(HostId host) implements ControlEvent {}

    /// A host left in good order.
    record HostLeft(HostId host) implements ControlEvent {}

    /// Something started or stopped on a host.
    record WorkloadChanged(HostId host) implements ControlEvent {}

    /// A host could not start or change a workload.
    record WorkloadFailed(HostId host, WorkloadId workload, String error) implements ControlEvent {}

    /// All links whose source this is, as stored.
    record LinksSeen(WorkloadId source, List<Link> links) implements ControlEvent {
        public LinksSeen {
            links = List.copyOf(links);
        }
    }

    /// A configuration as stored; nothing when it is gone.
    record ConfigSeen(ConfigName name, Optional<SortedMap<String, String>> values) implements ControlEvent {}

    /// An application as stored; nothing when it is gone.
    record AppSeen(AppName app, Optional<AppRecord> record, long revision) implements ControlEvent {}

    /// The lease as stored; nothing when it is gone.
    record LeaseSeen(Optional<LeaseRecord> record, long revision) implements ControlEvent {}

    /// Everything that was stored in one place has been told.
    record CaughtUp(Source source) implements ControlEvent {}

    /// What is watched.
    enum Source {
        LINKS,
        CONFIG,
        APPS,
        LEASE
    }

    /// The lease was written; nothing when somebody else was faster.
    record LeaseWritten(long attempt, Optional<Long> revision) implements ControlEvent {}

    /// What became of a step.
    record StepAnswered(long step, Answer answer) implements ControlEvent {}

    /// How a host answered.
    sealed interface Answer {
        /// Done, or taken to be done.
        record Accepted() implements Answer {}

        /// Not done, with the reason.
        record Refused(String message) implements Answer {}

        /// Nobody listens: not done.
        record Nobody() implements Answer {}

        /// No answer in time, or the connection is gone: nobody knows.
        record Unknown() implements Answer {}
    }

    /// This control plane ends.
    record Ending() implements ControlEvent {}
}

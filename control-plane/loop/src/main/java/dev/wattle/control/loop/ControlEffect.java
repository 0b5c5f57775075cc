package dev.wattle.control.loop;

import dev.wattle.control.model.AppName;
import dev.wattle.control.model.AppStatus;
import dev.wattle.control.model.LeaseRecord;
import dev.wattle.control.model.Step;
import dev.wattle.lattice.protocol.HostId;
import java.util.Objects;
import java.util.OptionalLong;

/// What a control plane does about it. None of them waits: what comes of it is an event.
public sealed interface ControlEffect {
    /// Asks all hosts to say that they are there: [ControlEvent.HostHeard].
    record FindHosts() implements ControlEffect {}

    /// Asks a host what it runs: [ControlEvent.InventoryReceived], [ControlEvent.HostUnreachable] or
    /// [ControlEvent.HostSilent].
    record AskHost(HostId host, long timeoutMillis) implements ControlEffect {}

    /// Does a step in the name of an epoch: [ControlEvent.StepAnswered].
    record Execute(long id, Step step, long epoch, long timeoutMillis) implements ControlEffect {}

    /// Writes the lease when it is still at that revision, or not there when there is none:
    /// [ControlEvent.LeaseWritten].
    record WriteLease(long attempt, LeaseRecord record, OptionalLong expected) implements ControlEffect {}

    /// How an application is now.
    ///
    /// @param revision of the record that this is about
    /// @param publish tell the lattice
    record StatusChanged(AppName app, AppStatus status, long revision, boolean publish) implements ControlEffect {}

    /// An application is gone.
    record StatusGone(AppName app) implements ControlEffect {}

    /// Nothing is left of an application's old versions: its record may forget them, when it is still at that
    /// revision.
    record ForgetLeftovers(AppName app, long revision) implements ControlEffect {}

    /// Something that a log should say.
    ///
    /// @param degraded somebody should look at it if it stays
    /// @param event what happened, in two words
    /// @param details pairs
    record Note(boolean degraded, String event, String details) implements ControlEffect {
        public Note {
            Objects.requireNonNull(event, "event");
            Objects.requireNonNull(details, "details");
        }
    }
}

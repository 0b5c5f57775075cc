package dev.wattle.host.runtime;

import dev.wattle.host.component.ComponentInstance;
import dev.wattle.host.engine.CpuPermits;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitValue;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens a sandbox for each call from outside, runs it to its end on the calling thread, and says how it ended.
final class RootCalls {
    private static final Logger LOG = LoggerFactory.getLogger(RootCalls.class);

    private final RuntimeMetrics metrics;
    private final LinkRouter router;
    private final Watchdog watchdog;
    private final Semaphore admission;
    private final Optional<CpuPermits> processors;

    /// @param processors what guests share; empty when their engine does not poll, so that they cannot be told that
    /// their turn is over
    RootCalls(
            RuntimeMetrics metrics,
            LinkRouter router,
            Watchdog watchdog,
            int maxRootCalls,
            Optional<CpuPermits> processors) {
        this.metrics = metrics;
        this.router = router;
        this.watchdog = watchdog;
        this.admission = new Semaphore(maxRootCalls);
        this.processors = processors;
    }

    /// What is done in the sandbox.
    @FunctionalInterface
    interface Work {
        Optional<WitValue> run(RootCall rootCall, ComponentInstance instance);
    }

    /// The call cannot be made as it was asked for: nothing ran.
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RefusedException(String message) {
            super(message);
        }
    }

    CallOutcome run(HostView view, Invocation invocation, Work work) {
        if (processors.isEmpty() && Thread.currentThread().isVirtual()) {
            throw new IllegalStateException("guests of this engine run on platform threads; use guestThreads()");
        }
        Optional<Deployment> deployment = view.find(invocation.target());
        if (deployment.isEmpty()) {
            return new CallOutcome.Refused("no component " + invocation.target() + " runs on this host");
        }
        if (!admission.tryAcquire()) {
            return new CallOutcome.Overloaded("the host runs as many calls as it may");
        }
        try {
            return admitted(view, deployment.get(), invocation, work);
        } finally {
            admission.release();
        }
    }

    private CallOutcome admitted(HostView view, Deployment deployment, Invocation invocation, Work work) {
        Deadline deadline = invocation.deadline().earlier(Deadline.in(deployment.maxExecution()));
        try {
            if (!deployment.permits().acquire(deadline)) {
                return new CallOutcome.TimedOut(
                        false,
                        "deadline exceeded waiting for one of "
                                + deployment.permits().limit() + " instances of " + deployment.id());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CallOutcome.Overloaded("the host is stopping");
        }
        try {
            return permitted(view, deployment, invocation, deadline, work);
        } finally {
            deployment.permits().release();
        }
    }

    private CallOutcome permitted(
            HostView view, Deployment deployment, Invocation invocation, Deadline deadline, Work work) {
        metrics.sandboxOpened();
        CallOutcome outcome = new CallOutcome.Failed("the sandbox did not end");
        GuestControl control = processors.map(GuestControl::new).orElseGet(GuestControl::new);
        var rootCall = RootCall.open(view, router, control, deployment.limits(), deadline, invocation.depth());
        try (rootCall;
                var _ = watchdog.watch(control, deadline)) {
            outcome = new CallOutcome.Answered(work.run(rootCall, rootCall.enterRoot(deployment)));
        } catch (Trap trap) {
            // Guests may trap as often as they like: that is no news to a host, but to whoever looks for it.
            LOG.debug("component.trapped component={} kind={} at={}", deployment.id(), trap.kind(), new Frames(trap));
            outcome = classify(trap, deadline, control.refusedMemory());
        } catch (LinkFailure failure) {
            outcome = new CallOutcome.LinkFailed(failure.kind(), failure.link(), failure.reason());
        } catch (RefusedException e) {
            outcome = new CallOutcome.Refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            LOG.error("invocation.failed component={} source={}", deployment.id(), invocation.source(), e);
            outcome = new CallOutcome.Failed("the host failed: " + e);
        } finally {
            metrics.sandboxClosed(deployment.id(), outcome);
        }
        return outcome;
    }

    private static CallOutcome classify(Trap trap, Deadline deadline, @Nullable String refusedMemory) {
        if (trap.getCause() instanceof LinkFailure failure) {
            return new CallOutcome.LinkFailed(failure.kind(), failure.link(), failure.reason());
        }
        if (trap.kind() == Trap.Kind.INTERRUPTED) {
            return new CallOutcome.TimedOut(true, String.valueOf(trap.getMessage()));
        }
        if (deadline.passed() && trap.kind() == Trap.Kind.INSTANCE_LOCKED) {
            return new CallOutcome.TimedOut(true, "deadline exceeded");
        }
        String reason = String.valueOf(trap.getMessage());
        return new CallOutcome.Trapped(
                trap.kind(),
                refusedMemory == null ? reason : reason + " (it got no more memory: " + refusedMemory + ")");
    }

    /// Reads a trap's frames when they are printed.
    private record Frames(Trap trap) {
        @Override
        public String toString() {
            return trap.frames().toString();
        }
    }
}

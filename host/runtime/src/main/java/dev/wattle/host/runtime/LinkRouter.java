package dev.wattle.host.runtime;

import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.Trap;
import dev.wattle.wit.WitValue;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/// The part of the link ladder beyond this process: calls the target, and decides, alone, whether to try again.
final class LinkRouter {
    /// First pause before another try; doubles, with jitter, up to [#MAX_PAUSE].
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);

    /// A replacement takes hundreds of milliseconds to start: no use in asking more often.
    private static final Duration MAX_PAUSE = Duration.ofMillis(200);

    /// A peer that refuses may be one that just stopped the target while another still runs it; one that
    /// refuses again and again means it.
    private static final int MAX_REFUSALS = 3;

    private final LinkTarget target;
    private final RuntimeSettings settings;
    private final RuntimeMetrics metrics;

    LinkRouter(LinkTarget target, RuntimeSettings settings, RuntimeMetrics metrics) {
        this.target = target;
        this.settings = settings;
        this.metrics = metrics;
    }

    int maxDepth() {
        return settings.maxDepth();
    }

    void countLocal(Map<String, Long> calls) {
        calls.forEach(metrics::localLinkCalls);
    }

    /// Calls until somebody took the call or the deadline passed: only a call that surely did not run is tried
    /// again.
    Optional<WitValue> callRemote(GuestControl control, LinkCall call) {
        Deadline linkDeadline = linkDeadline(call.deadline());
        var bounded = new LinkCall(
                call.source(),
                call.route(),
                call.interfaceName(),
                call.function(),
                call.type(),
                call.arguments(),
                linkDeadline,
                call.depth());
        long begin = System.nanoTime();
        try {
            Optional<WitValue> result = control.blocking(() -> retrying(bounded));
            metrics.remoteLinkCall(call.route().target(), "ok", System.nanoTime() - begin);
            return result;
        } catch (LinkFailure failure) {
            metrics.remoteLinkCall(
                    call.route().target(),
                    failure.kind().name().toLowerCase(java.util.Locale.ROOT),
                    System.nanoTime() - begin);
            throw failure;
        } catch (Trap stopped) {
            metrics.remoteLinkCall(call.route().target(), "interrupted", System.nanoTime() - begin);
            throw stopped;
        }
    }

    /// A little before the root call's own deadline, so that the failure can still be told.
    private Deadline linkDeadline(Deadline root) {
        Duration remaining = root.remaining();
        Duration reserve = remaining.dividedBy(20);
        return Deadline.in(remaining.minus(reserve)).earlier(Deadline.in(settings.linkTimeout()));
    }

    private Optional<WitValue> retrying(LinkCall call) throws InterruptedException {
        var random = new SplittableRandom();
        long pauseNanos = FIRST_PAUSE.toNanos();
        int refusals = 0;
        while (true) {
            try {
                return target.call(call);
            } catch (LinkFailure failure) {
                if (failure.kind() == LinkFailure.Kind.PEER_REFUSED) {
                    refusals++;
                }
                if (!surelyNotRun(failure.kind()) || refusals >= MAX_REFUSALS) {
                    throw failure;
                }
                long jittered = random.nextLong(pauseNanos / 2, pauseNanos + 1);
                if (call.deadline().remaining().toNanos() <= jittered) {
                    throw failure;
                }
                metrics.linkRetry(call.route().target());
                Thread.sleep(Duration.ofNanos(jittered));
                pauseNanos = Math.min(pauseNanos * 2, MAX_PAUSE.toNanos());
            }
        }
    }

    private static boolean surelyNotRun(LinkFailure.Kind kind) {
        return switch (kind) {
            case NOBODY_LISTENS, PEER_REFUSED -> true;
            case NO_LINK, NOT_LINKABLE, OUTCOME_UNKNOWN, PEER_GONE, PEER_TRAPPED, TYPE_MISMATCH -> false;
        };
    }
}

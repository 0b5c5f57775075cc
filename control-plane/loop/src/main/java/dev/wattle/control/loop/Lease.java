package dev.wattle.control.loop;

import dev.wattle.control.loop.ControlEffect.WriteLease;
import dev.wattle.control.model.LeaseRecord;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Leadership by a record that its holder changes again and again. Who sees it unchanged for long enough on its
/// own clock takes it, by compare-and-set and with a higher epoch; who cannot change it in time stops leading
/// by itself, earlier than others take it.
final class Lease {
    private final LoopSettings settings;
    private Optional<LeaseRecord> seen = Optional.empty();
    private long revision;
    private long changedAt;
    private boolean caughtUp;
    private boolean held;
    private long renewedAt;
    private Optional<Attempt> attempt = Optional.empty();
    private long attempts;
    private long highestHostEpoch;

    private record Attempt(long number, LeaseRecord record, long issuedAt) {}

    Lease(LoopSettings settings) {
        this.settings = settings;
    }

    /// May it act now?
    boolean leads(long now) {
        return held && now - renewedAt < settings.validMillis();
    }

    /// In whose name it acts; only while it leads.
    long epoch() {
        return seen.map(LeaseRecord::epoch).orElse(0L);
    }

    void hostReported(long epoch) {
        highestHostEpoch = Math.max(highestHostEpoch, epoch);
    }

    void caughtUp(long now) {
        caughtUp = true;
        changedAt = now;
    }

    void seen(Optional<LeaseRecord> record, long newRevision, long now) {
        if (newRevision <= revision) {
            return;
        }
        // An attempt whose answer is still on its way may be what is seen here.
        boolean mine = record.isPresent() && record.equals(attempt.map(Attempt::record));
        revision = newRevision;
        seen = record;
        changedAt = now;
        boolean ours =
                record.filter(each -> each.leader().equals(settings.id())).isPresent();
        held = mine || (held && ours);
    }

    void written(long number, Optional<Long> newRevision, long now) {
        if (attempt.isEmpty() || attempt.get().number() != number) {
            return;
        }
        Attempt done = attempt.get();
        attempt = Optional.empty();
        if (newRevision.isEmpty()) {
            held = false;
            changedAt = now;
            return;
        }
        if (newRevision.get() < revision) {
            // Somebody wrote after us already.
            return;
        }
        held = true;
        renewedAt = done.issuedAt();
        revision = newRevision.get();
        seen = Optional.of(done.record());
        changedAt = now;
    }

    /// Nothing is known after a lost connection: not who leads, not whether a write arrived.
    void disconnected() {
        attempt = Optional.empty();
    }

    void connected(long now) {
        changedAt = now;
    }

    List<ControlEffect> tick(long now) {
        if (attempt.isPresent() && now - attempt.get().issuedAt() > settings.leaseMillis()) {
            attempt = Optional.empty();
        }
        if (!caughtUp || attempt.isPresent()) {
            return List.of();
        }
        if (held && seen.isPresent()) {
            LeaseRecord record = seen.get();
            boolean overtaken = highestHostEpoch > record.epoch();
            boolean due = now - renewedAt >= settings.renewMillis();
            return due || overtaken ? write(overtaken ? mine() : next(record), now) : List.of();
        }
        boolean free = seen.isEmpty() || seen.get().leader().isEmpty();
        return free || now - changedAt >= settings.leaseMillis() ? write(mine(), now) : List.of();
    }

    /// Hands it on at once, instead of letting others wait.
    List<ControlEffect> resign(long now) {
        if (!leads(now) || seen.isEmpty()) {
            return List.of();
        }
        held = false;
        return write(new LeaseRecord("", seen.get().epoch(), seen.get().beat() + 1), now);
    }

    private LeaseRecord mine() {
        long epoch = Math.max(highestHostEpoch, seen.map(LeaseRecord::epoch).orElse(0L)) + 1;
        return new LeaseRecord(settings.id(), epoch, seen.map(LeaseRecord::beat).orElse(0L) + 1);
    }

    private static LeaseRecord next(LeaseRecord record) {
        return new LeaseRecord(record.leader(), record.epoch(), record.beat() + 1);
    }

    private List<ControlEffect> write(LeaseRecord record, long now) {
        attempts++;
        attempt = Optional.of(new Attempt(attempts, record, now));
        OptionalLong expected = seen.isPresent() ? OptionalLong.of(revision) : OptionalLong.empty();
        return List.of(new WriteLease(attempts, record, expected));
    }
}

package dev.wattle.control.loop;

import dev.wattle.control.loop.ControlEffect.AskHost;
import dev.wattle.control.loop.ControlEffect.Note;
import dev.wattle.control.model.Observed;
import dev.wattle.lattice.protocol.HostBeat;
import dev.wattle.lattice.protocol.HostId;
import dev.wattle.lattice.protocol.HostInventory;
import dev.wattle.lattice.protocol.WorkloadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The hosts that live, what they run, and how sure that is.
///
/// A host whose beat is late is suspected and asked directly. When nobody listens there, its connection is gone
/// and so is the host, at once; when it stays silent, it is dead after a while. While nothing can be heard of
/// anybody, no host is dead.
final class HostTable {
    /// A host under load answers late; what it says is still news.
    private static final long ASK_TIMEOUT_MILLIS = 2_000;

    /// News of one host that come together make one question.
    private static final long MIN_ASK_GAP_MILLIS = 40;

    /// Hosts of others send no beats: they are asked so often.
    private static final long FOREIGN_ASK_MILLIS = 2_000;

    /// A person sets it to `true` on a host that should take nothing new.
    static final String CORDON_LABEL = "wattle.dev/cordoned";

    private final LoopSettings settings;
    private final SortedMap<HostId, Entry> entries = new TreeMap<>();
    private final List<ControlEffect> effects = new ArrayList<>();
    private boolean changed;

    private static final class Entry {
        private Optional<HostInventory> inventory = Optional.empty();
        private long lastSign;
        private long askedAt = Long.MIN_VALUE / 2;
        private boolean askAgain;
        private boolean beats;
        private boolean suspected;
        private long boot;
        private long revision = -1;
        private long askedRevision = -1;
        private long knownRevision = -1;
    }

    HostTable(LoopSettings settings) {
        this.settings = settings;
    }

    /// The effects since the last call.
    List<ControlEffect> drain() {
        var drained = List.copyOf(effects);
        effects.clear();
        return drained;
    }

    /// Did what plans depend on change since the last call?
    boolean takeChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    private Entry entry(HostId host, long now) {
        @Nullable Entry known = entries.get(host);
        if (known != null) {
            return known;
        }
        var entry = new Entry();
        entry.lastSign = now;
        entries.put(host, entry);
        return entry;
    }

    private void sign(HostId host, Entry entry, long now) {
        entry.lastSign = now;
        if (entry.suspected) {
            entry.suspected = false;
            changed = true;
            note(false, "host.trusted", host, "");
        }
    }

    void beat(HostBeat beat, long now) {
        Entry entry = entry(beat.hostId(), now);
        sign(beat.hostId(), entry, now);
        entry.beats = true;
        boolean another = entry.boot != beat.boot();
        entry.boot = beat.boot();
        entry.revision = beat.revision();
        boolean stale = entry.knownRevision != beat.revision() && entry.askedRevision != beat.revision();
        if (another || stale) {
            ask(beat.hostId(), entry, now);
        }
    }

    void heard(HostId host, long now) {
        Entry entry = entry(host, now);
        sign(host, entry, now);
        ask(host, entry, now);
    }

    /// Something changed there: it is asked when it is known, and found by its beat when it is not.
    void changed(HostId host, long now) {
        @Nullable Entry entry = entries.get(host);
        if (entry != null) {
            ask(host, entry, now);
        }
    }

    void inventory(HostInventory inventory, long now) {
        Entry entry = entry(inventory.hostId(), now);
        sign(inventory.hostId(), entry, now);
        if (entry.inventory.isEmpty()) {
            note(false, "host.joined", inventory.hostId(), "name=" + inventory.friendlyName());
        }
        if (!entry.inventory.map(HostTable::substance).equals(Optional.of(substance(inventory)))) {
            changed = true;
        }
        entry.inventory = Optional.of(inventory);
        entry.knownRevision = entry.askedRevision;
    }

    /// Without what grows by itself.
    private static HostInventory substance(HostInventory inventory) {
        return new HostInventory(
                inventory.hostId(),
                inventory.friendlyName(),
                inventory.labels(),
                inventory.version(),
                0,
                inventory.components(),
                inventory.providers());
    }

    /// Its connection is gone. In the time of grace it may just not be back yet.
    void unreachable(HostId host, boolean grace) {
        @Nullable Entry entry = entries.get(host);
        if (entry == null) {
            return;
        }
        if (grace) {
            entry.askAgain = true;
            entry.askedRevision = -1;
        } else {
            dead(host, "nobody listens");
        }
    }

    void silent(HostId host) {
        @Nullable Entry entry = entries.get(host);
        if (entry != null) {
            entry.askAgain = true;
            entry.askedRevision = -1;
        }
    }

    void left(HostId host) {
        if (entries.containsKey(host)) {
            dead(host, "it said goodbye");
        }
    }

    private void dead(HostId host, String reason) {
        entries.remove(host);
        changed = true;
        note(true, "host.gone", host, "reason=\"" + reason + "\"");
    }

    /// Nobody could be heard for a while, or this control plane itself stood still: everybody gets a new
    /// chance.
    void forgive(long now) {
        for (Entry entry : entries.values()) {
            entry.lastSign = now;
            entry.askAgain = true;
        }
    }

    /// Was every host heard since then?
    boolean allHeardSince(long time) {
        return !entries.isEmpty()
                && entries.values().stream().allMatch(entry -> entry.lastSign > time && entry.inventory.isPresent());
    }

    void tick(long now, boolean grace) {
        for (HostId host : List.copyOf(entries.keySet())) {
            tick(host, entry(host, now), now, grace);
        }
    }

    private void tick(HostId host, Entry entry, long now, boolean grace) {
        long age = now - entry.lastSign;
        if (!grace && age > (entry.beats ? settings.deadMillis() : settings.quietMillis())) {
            dead(host, "silent for " + age + " ms");
            return;
        }
        boolean late = age > settings.suspectMillis();
        if (late && entry.beats && !entry.suspected) {
            entry.suspected = true;
            changed = true;
            note(true, "host.suspected", host, "silentMillis=" + age);
        }
        long asked = now - entry.askedAt;
        boolean poll = entry.beats ? late && asked >= settings.askMillis() : asked >= FOREIGN_ASK_MILLIS;
        boolean retry = (entry.askAgain && asked >= MIN_ASK_GAP_MILLIS)
                || (entry.inventory.isEmpty() && asked >= settings.askMillis());
        if (poll || retry) {
            ask(host, entry, now);
        }
    }

    private void ask(HostId host, Entry entry, long now) {
        if (now - entry.askedAt < MIN_ASK_GAP_MILLIS) {
            entry.askAgain = true;
            return;
        }
        entry.askAgain = false;
        entry.askedAt = now;
        entry.askedRevision = entry.revision;
        effects.add(new AskHost(host, ASK_TIMEOUT_MILLIS));
    }

    private void note(boolean degraded, String event, HostId host, String details) {
        effects.add(new Note(degraded, event, ("host=" + host + " " + details).strip()));
    }

    /// The picture for the planner.
    SortedMap<HostId, Observed.Host> observed(Function<HostId, SortedMap<WorkloadId, String>> refusals) {
        SortedMap<HostId, Observed.Host> hosts = new TreeMap<>();
        entries.forEach((id, entry) -> entry.inventory.ifPresent(inventory ->
                hosts.put(id, new Observed.Host(inventory, entry.suspected, cordoned(inventory), refusals.apply(id)))));
        return hosts;
    }

    private static boolean cordoned(HostInventory inventory) {
        return "true".equals(inventory.labels().get(CORDON_LABEL));
    }
}

package dev.wattle.lattice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.lattice.transport.KeyValueStore.Entry;
import dev.wattle.wit.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every transport's key-value stores do.
abstract class KeyValueContract extends TransportContract {
    private static final String BUCKET = "LATTICEDATA_default";

    /// Writes down what a watch tells.
    private static final class Notes implements KeyValueStore.Watcher {
        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void onPut(Entry entry) {
            lines.add(entry.key() + "=" + text(entry.value()));
        }

        @Override
        public void onDelete(String key, long revision) {
            lines.add("-" + key);
        }

        @Override
        public void onCaughtUp() {
            lines.add("|");
        }
    }

    private Notes watch(Transport transport) {
        Notes notes = new Notes();
        transport.keyValue(BUCKET).watch(notes);
        return notes;
    }

    @Test
    void a_value_is_found_by_everyone_with_its_revision() {
        KeyValueStore store = a.keyValue(BUCKET);
        assertThat(store.find("k")).isEmpty();
        long first = store.put("k", bytes("1"));
        long second = store.put("k", bytes("2"));
        assertThat(second).isGreaterThan(first);
        assertThat(b.keyValue(BUCKET).find("k")).contains(new Entry("k", bytes("2"), second));
        store.put("empty", ByteString.EMPTY);
        assertThat(store.find("empty").orElseThrow().value()).isEqualTo(ByteString.EMPTY);
    }

    @Test
    void buckets_are_apart() {
        a.keyValue("ONE").put("k", bytes("1"));
        assertThat(a.keyValue("TWO").find("k")).isEmpty();
    }

    @Test
    void create_and_update_lose_to_whoever_was_first() {
        KeyValueStore mine = a.keyValue(BUCKET);
        KeyValueStore theirs = b.keyValue(BUCKET);
        long first = mine.create("k", bytes("mine")).orElseThrow();
        assertThat(theirs.create("k", bytes("theirs"))).isEmpty();
        long second = theirs.update("k", bytes("theirs"), first).orElseThrow();
        assertThat(mine.update("k", bytes("late"), first)).isEmpty();
        assertThat(mine.find("k")).contains(new Entry("k", bytes("theirs"), second));
        mine.delete("k");
        assertThat(mine.update("k", bytes("gone"), second)).isEmpty();
        assertThat(theirs.create("k", bytes("again"))).isPresent();
        assertThat(text(mine.find("k").orElseThrow().value())).isEqualTo("again");
    }

    @Test
    void all_is_what_has_a_value_now() {
        KeyValueStore store = a.keyValue(BUCKET);
        assertThat(store.all()).isEmpty();
        IntStream.range(0, 50).forEach(i -> store.put("k" + i, bytes("" + i)));
        IntStream.range(0, 48).forEach(i -> store.delete("k" + i));
        store.delete("never.was");
        assertThat(b.keyValue(BUCKET).all()).containsOnlyKeys("k48", "k49");
        assertThat(store.all().values())
                .extracting(entry -> text(entry.value()))
                .containsExactly("48", "49");
    }

    @Test
    void a_key_cannot_be_a_pattern() {
        KeyValueStore store = a.keyValue(BUCKET);
        for (String key : List.of("", "a.*", "a.>", "a b", ".a", "a.", "a..b", "ä", "a\r\n")) {
            assertThatThrownBy(() -> store.put(key, ByteString.EMPTY))
                    .as(key)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> a.keyValue("a.b")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_watch_tells_what_is_there_then_every_change() {
        KeyValueStore store = b.keyValue(BUCKET);
        store.put("k1", bytes("1"));
        store.put("k2", bytes("2"));
        store.delete("k1");
        Notes notes = watch(a);
        eventually(() -> assertThat(notes.lines).containsExactly("k2=2", "|"));
        store.put("k3", bytes("3"));
        store.delete("k2");
        store.put("k2", bytes("4"));
        eventually(() -> assertThat(notes.lines).containsExactly("k2=2", "|", "k3=3", "-k2", "k2=4"));
    }

    @Test
    void a_watch_of_an_empty_bucket_catches_up_at_once() {
        Notes notes = watch(a);
        eventually(() -> assertThat(notes.lines).containsExactly("|"));
    }

    @Test
    void a_closed_watch_is_silent() {
        Notes closed = new Notes();
        Transport.Subscription subscription = a.keyValue(BUCKET).watch(closed);
        Notes open = watch(a);
        eventually(() -> assertThat(closed.lines).containsExactly("|"));
        subscription.close();
        subscription.close();
        b.keyValue(BUCKET).put("k", bytes("1"));
        eventually(() -> assertThat(open.lines).containsExactly("|", "k=1"));
        assertThat(closed.lines).containsExactly("|");
    }

    @Test
    void a_watch_makes_up_for_an_outage_and_invents_nothing() {
        KeyValueStore store = b.keyValue(BUCKET);
        IntStream.range(0, 20).forEach(i -> store.put("k" + i, bytes("old")));
        Notes notes = watch(a);
        eventually(() -> assertThat(notes.lines).hasSize(21).endsWith("|"));
        try (Lattice.Outage _ = lattice().cut(a)) {
            eventually(() -> assertThat(a.connected()).isFalse());
            assertThatThrownBy(() -> a.keyValue(BUCKET)).isInstanceOf(TransportException.class);
            if (lattice().cutsOneAlone()) {
                store.put("k3", bytes("new"));
                store.delete("k4");
                store.put("gone", bytes("1"));
                store.delete("gone");
            }
        }
        eventually(() -> assertThat(b.connected()).isTrue());
        KeyValueStore again = b.keyValue(BUCKET);
        again.put("k5", bytes("late"));
        eventually(() -> assertThat(notes.lines).contains("k5=late"));
        again.put("last", bytes("1"));
        eventually(() -> assertThat(notes.lines).contains("last=1"));
        List<String> since = new ArrayList<>(notes.lines.subList(21, notes.lines.size()));
        assertThat(since).containsAnyOf("k3=new", "k5=late").doesNotContain("|", "-gone", "gone=1");
        assertThat(since).doesNotHaveDuplicates().noneMatch(line -> line.endsWith("=old"));
        long told = since.stream()
                .filter(line -> line.equals("k3=new") || line.equals("-k4"))
                .count();
        long happened = again.find("k4").isEmpty() ? 2 : 0;
        assertThat(told).isEqualTo(happened);
        assertThat(again.find("never")).isEqualTo(Optional.empty());
    }
}

package dev.wattle.lattice.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.lattice.transport.Transport.Reply;
import dev.wattle.testkit.Eventually;
import dev.wattle.wit.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What every transport does. A fake that drifts from the real one is worse than none.
abstract class TransportContract {
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration LONG = Duration.ofSeconds(10);

    private Lattice lattice;
    Transport a;
    Transport b;

    abstract Lattice newLattice();

    @BeforeEach
    void connect() {
        lattice = newLattice();
        a = lattice.connect();
        b = lattice.connect();
    }

    @AfterEach
    void close() {
        a.close();
        b.close();
        lattice.close();
    }

    static ByteString bytes(String text) {
        return ByteString.adopt(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(ByteString bytes) {
        return new String(bytes.toArray(), StandardCharsets.UTF_8);
    }

    /// Waits for a state, letting a pumped lattice run meanwhile.
    void eventually(org.assertj.core.api.ThrowableAssert.ThrowingCallable check) {
        Eventually.within(LONG, () -> {
            lattice.settle(Duration.ofMillis(10));
            check.call();
        });
    }

    /// Subscribes, and makes sure that the server knows.
    List<Message> collect(Transport transport, String subject, Optional<String> group) {
        List<Message> messages = new CopyOnWriteArrayList<>();
        transport.subscribe(subject, group, messages::add);
        transport.flush(LONG);
        return messages;
    }

    private void echo(Transport transport, String subject) {
        transport.subscribe(
                subject,
                Optional.empty(),
                message -> message.replyTo().ifPresent(to -> transport.publish(Message.of(to, message.payload()))));
        transport.flush(LONG);
    }

    private List<Reply> ask(Transport transport, String subject, String text, Duration timeout) {
        List<Reply> replies = new CopyOnWriteArrayList<>();
        transport.request(Message.of(subject, bytes(text)), timeout, replies::add);
        return replies;
    }

    @Test
    void a_message_reaches_each_subscriber_with_subject_headers_reply_and_payload() {
        List<Message> first = collect(a, "news.sport", Optional.empty());
        List<Message> second = collect(b, "news.sport", Optional.empty());
        b.publish(Message.of("news.sport", bytes("goal"))
                .withHeader("source-id", "radio")
                .withHeader("Empty", "")
                .replyingTo("inbox.of.b"));
        eventually(() -> assertThat(List.of(first.size(), second.size())).containsExactly(1, 1));
        Message got = first.getFirst();
        assertThat(got.subject()).isEqualTo("news.sport");
        assertThat(got.replyTo()).contains("inbox.of.b");
        assertThat(got.headers())
                .containsEntry("source-id", "radio")
                .containsEntry("Empty", "")
                .hasSize(2);
        assertThat(got.payload()).isEqualTo(bytes("goal"));
        assertThat(got.status()).isEmpty();
        assertThat(second.getFirst()).isEqualTo(got);
    }

    @Test
    void wildcards_stand_for_one_token_or_for_the_rest() {
        List<Message> one = collect(a, "x.*.z", Optional.empty());
        List<Message> rest = collect(a, "x.>", Optional.empty());
        List<Message> last = collect(a, "done", Optional.empty());
        List.of("x", "x.y", "x.y.z", "x.yy.z", "x.y.z.w", "xx.y.z", "x.y.zz")
                .forEach(subject -> b.publish(Message.of(subject, ByteString.EMPTY)));
        b.publish(Message.of("done", ByteString.EMPTY));
        eventually(() -> assertThat(last).hasSize(1));
        eventually(() -> assertThat(one).extracting(Message::subject).containsExactly("x.y.z", "x.yy.z"));
        eventually(() -> assertThat(rest)
                .extracting(Message::subject)
                .containsExactly("x.y", "x.y.z", "x.yy.z", "x.y.z.w", "x.y.zz"));
    }

    @Test
    void one_of_a_queue_group_gets_each_message_and_both_get_some() {
        List<Message> first = collect(a, "work", Optional.of("crew"));
        List<Message> second = collect(b, "work", Optional.of("crew"));
        List<Message> watcher = collect(b, "work", Optional.empty());
        IntStream.range(0, 100).forEach(i -> a.publish(Message.of("work", bytes("" + i))));
        eventually(() -> assertThat(watcher).hasSize(100));
        eventually(() -> assertThat(first.size() + second.size()).isEqualTo(100));
        assertThat(first).isNotEmpty();
        assertThat(second).isNotEmpty();
    }

    @Test
    void messages_of_one_publisher_come_in_order() {
        List<Message> got = collect(b, "count.>", Optional.empty());
        IntStream.range(0, 2000).forEach(i -> a.publish(Message.of("count." + i % 7, bytes("" + i))));
        eventually(() -> assertThat(got).hasSize(2000));
        assertThat(got.stream().map(message -> Integer.parseInt(text(message.payload()))))
                .isSorted();
    }

    @Test
    void a_request_gets_one_answer() {
        echo(b, "echo");
        echo(a, "echo");
        List<Reply> replies = ask(a, "echo", "hello", LONG);
        eventually(() -> assertThat(replies).hasSize(1));
        assertThat(replies.getFirst())
                .isInstanceOfSatisfying(
                        Reply.Answer.class,
                        answer -> assertThat(answer.message().payload()).isEqualTo(bytes("hello")));
        List<Message> end = collect(a, "end", Optional.empty());
        b.publish(Message.of("end", ByteString.EMPTY));
        eventually(() -> assertThat(end).hasSize(1));
        assertThat(replies).hasSize(1);
    }

    @Test
    void a_request_that_nobody_listens_to_says_so() {
        List<Reply> replies = ask(a, "nobody.home", "hello", LONG);
        eventually(() -> assertThat(replies).containsExactly(new Reply.NoResponders()));
    }

    @Test
    void a_request_that_nobody_answers_times_out() {
        collect(b, "silent", Optional.empty());
        List<Reply> replies = ask(a, "silent", "hello", Duration.ofMillis(100));
        eventually(() -> assertThat(replies).containsExactly(new Reply.TimedOut()));
    }

    @Test
    void many_requests_at_once_get_their_own_answers() {
        echo(b, "echo");
        List<List<Reply>> replies = new ArrayList<>();
        IntStream.range(0, 500).forEach(i -> replies.add(ask(a, "echo", "n" + i, LONG)));
        for (int i = 0; i < 500; i++) {
            int number = i;
            eventually(() -> assertThat(replies.get(number))
                    .singleElement()
                    .satisfies(reply -> assertThat(
                                    text(((Reply.Answer) reply).message().payload()))
                            .isEqualTo("n" + number)));
        }
    }

    @Test
    void inboxes_are_all_different() {
        assertThat(IntStream.range(0, 100).mapToObj(i -> i % 2 == 0 ? a.newInbox() : b.newInbox()))
                .doesNotHaveDuplicates();
    }

    @Test
    void the_largest_payload_passes_and_a_larger_one_is_refused() {
        List<Message> got = collect(b, "large", Optional.empty());
        int limit = a.maxPayloadBytes();
        assertThat(limit).isEqualTo(1 << 20);
        a.publish(Message.of("large", ByteString.adopt(new byte[limit])));
        eventually(() -> assertThat(got).hasSize(1));
        assertThatThrownBy(() -> a.publish(Message.of("large", ByteString.adopt(new byte[limit + 1]))))
                .isInstanceOfSatisfying(
                        TransportException.class,
                        e -> assertThat(e.code()).isEqualTo(TransportException.Code.TOO_LARGE));
        assertThatThrownBy(() -> a.publish(
                        Message.of("large", ByteString.adopt(new byte[limit])).withHeader("h", "v")))
                .isInstanceOf(TransportException.class);
    }

    @Test
    void no_subject_or_header_can_smuggle_protocol() {
        for (String subject :
                List.of("", ".", "a.", ".a", "a..b", "a b", "a\r\nPUB b", "a\t", "ä", "a.*", "a.>", "*")) {
            assertThatThrownBy(() -> a.publish(Message.of(subject, ByteString.EMPTY)))
                    .as(subject)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String pattern : List.of("", "a.>.b", "a..b", "a b", "a\n", "a.b*c", "a.>b")) {
            assertThatThrownBy(() -> a.subscribe(pattern, Optional.empty(), _ -> {}))
                    .as(pattern)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        Message fine = Message.of("a", ByteString.EMPTY);
        for (Message bad : List.of(
                fine.withHeader("x\r\ny", "v"),
                fine.withHeader("x:", "v"),
                fine.withHeader("", "v"),
                fine.withHeader("x", "v\r\nz: 1"),
                fine.withHeader("x", "ü"),
                fine.replyingTo("b c"))) {
            assertThatThrownBy(() -> a.publish(bad)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void a_closed_subscription_gets_nothing_more() {
        AtomicInteger count = new AtomicInteger();
        Transport.Subscription subscription = a.subscribe("x", Optional.empty(), _ -> count.incrementAndGet());
        List<Message> still = collect(a, "x", Optional.empty());
        b.publish(Message.of("x", ByteString.EMPTY));
        eventually(() -> assertThat(count).hasValue(1));
        subscription.close();
        subscription.close();
        b.publish(Message.of("x", ByteString.EMPTY));
        eventually(() -> assertThat(still).hasSize(2));
        assertThat(count).hasValue(1);
    }

    @Test
    void a_callback_that_throws_does_not_stop_the_next() {
        List<String> got = new CopyOnWriteArrayList<>();
        a.subscribe("x", Optional.empty(), message -> {
            got.add(text(message.payload()));
            throw new IllegalStateException("on purpose");
        });
        a.flush(LONG);
        b.publish(Message.of("x", bytes("1")));
        b.publish(Message.of("x", bytes("2")));
        eventually(() -> assertThat(got).containsExactly("1", "2"));
    }

    @Test
    void a_closed_transport_refuses_everything_and_ends_what_is_open() {
        collect(b, "silent", Optional.empty());
        List<Reply> replies = ask(a, "silent", "hello", LONG);
        List<Boolean> states = new CopyOnWriteArrayList<>();
        a.onConnection(states::add);
        a.close();
        a.close();
        eventually(() -> assertThat(replies).containsExactly(new Reply.Disconnected(true)));
        assertThat(states).containsExactly(true, false);
        assertThat(a.connected()).isFalse();
        Message message = Message.of("x", ByteString.EMPTY);
        for (org.assertj.core.api.ThrowableAssert.ThrowingCallable call :
                List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> a.publish(message),
                        () -> a.subscribe("x", Optional.empty(), _ -> {}),
                        () -> a.request(message, LONG, _ -> {}),
                        () -> a.flush(LONG),
                        () -> a.keyValue("B"))) {
            assertThatThrownBy(call)
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.code()).isEqualTo(TransportException.Code.CLOSED));
        }
    }

    @Test
    void timers_run_once_and_not_when_closed() {
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger never = new AtomicInteger();
        Transport.Subscription alarm = a.timers().after(Duration.ofMillis(20), never::incrementAndGet);
        a.timers().after(Duration.ofMillis(30), ran::incrementAndGet);
        alarm.close();
        long before = a.timers().nanoTime();
        eventually(() -> assertThat(ran).hasValue(1));
        assertThat(never).hasValue(0);
        assertThat(a.timers().nanoTime()).isGreaterThanOrEqualTo(before);
    }

    @Test
    void an_outage_is_told_fails_open_requests_and_ends() {
        List<Boolean> states = new CopyOnWriteArrayList<>();
        a.onConnection(states::add);
        collect(b, "silent", Optional.empty());
        List<Message> got = collect(a, "news", Optional.empty());
        List<Reply> open = ask(a, "silent", "hello", LONG);
        try (Lattice.Outage _ = lattice.cut(a)) {
            eventually(() -> assertThat(open).containsExactly(new Reply.Disconnected(true)));
            eventually(() -> assertThat(states).containsExactly(true, false));
            assertThat(a.connected()).isFalse();
            assertThat(ask(a, "silent", "hello", LONG)).containsExactly(new Reply.Disconnected(false));
            assertThatThrownBy(() -> a.flush(SECOND)).isInstanceOf(TransportException.class);
        }
        eventually(() -> assertThat(states).containsExactly(true, false, true));
        assertThat(a.connected()).isTrue();
        eventually(() -> assertThat(b.connected()).isTrue());
        b.publish(Message.of("news", bytes("back")));
        eventually(() -> assertThat(got).extracting(m -> text(m.payload())).containsExactly("back"));
        a.flush(LONG);
    }

    @Test
    void what_is_sent_during_an_outage_arrives_after_it_and_is_bounded() {
        List<Message> got = collect(a, "later.>", Optional.empty());
        AtomicInteger accepted = new AtomicInteger();
        try (Lattice.Outage _ = lattice.cut(a)) {
            eventually(() -> assertThat(a.connected()).isFalse());
            a.publish(Message.of("later.small", bytes("kept")));
            ByteString large = ByteString.adopt(new byte[1 << 20]);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 9; i++) {
                            a.publish(Message.of("later.large", large));
                            accepted.incrementAndGet();
                        }
                    })
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.code()).isEqualTo(TransportException.Code.DISCONNECTED));
        }
        eventually(() -> assertThat(got).hasSize(1 + accepted.get()));
        assertThat(accepted.get()).isBetween(6, 8);
        assertThat(text(got.getFirst().payload())).isEqualTo("kept");
    }

    Lattice lattice() {
        return lattice;
    }
}

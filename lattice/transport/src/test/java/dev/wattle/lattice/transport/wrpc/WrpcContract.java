package dev.wattle.lattice.transport.wrpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.lattice.protocol.CallFailure;
import dev.wattle.lattice.protocol.WrpcHeaders;
import dev.wattle.lattice.transport.Message;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.testkit.Eventually;
import dev.wattle.wit.ByteString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What calls do over every transport.
abstract class WrpcContract {
    static final Duration LONG = Duration.ofSeconds(10);
    static final String SUBJECT = "default.target.wrpc.0.0.1.cyber:math/operations@0.1.0.add";
    static final SortedMap<String, String> HEADERS =
            new TreeMap<>(Map.of(WrpcHeaders.SOURCE_ID, "caller", WrpcHeaders.LINK_NAME, "default"));

    private Transport near;
    private Transport far;
    private WrpcClient client;
    private WrpcServer server;

    abstract Transport connect();

    /// Makes a peer vanish, as if its process had been killed.
    abstract void vanish(Transport transport);

    abstract void stop();

    @BeforeEach
    void open() {
        near = connect();
        far = connect();
        client = WrpcClient.open(near);
        server = WrpcServer.open(far);
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
        near.close();
        far.close();
        stop();
    }

    static ByteString bytes(String text) {
        return ByteString.adopt(text.getBytes(StandardCharsets.UTF_8));
    }

    private static ByteString random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return ByteString.adopt(bytes);
    }

    private void serve(WrpcServer.Handler handler) {
        server.serve(SUBJECT, "default.target", handler);
        far.flush(LONG);
    }

    private WrpcOutcome call(ByteString params, Duration deadline) {
        near.flush(LONG);
        return client.invoke(SUBJECT, HEADERS, params, deadline);
    }

    private static CallFailure failure(WrpcOutcome outcome) {
        assertThat(outcome).isInstanceOf(WrpcOutcome.Failed.class);
        return ((WrpcOutcome.Failed) outcome).failure();
    }

    @Test
    void a_call_is_answered_with_headers_params_and_deadline_seen() {
        List<IncomingCall> seen = new CopyOnWriteArrayList<>();
        serve(call -> {
            seen.add(call);
            call.answer(call.params());
        });
        assertThat(call(bytes("hello"), LONG)).isEqualTo(new WrpcOutcome.Answered(bytes("hello")));
        assertThat(call(ByteString.EMPTY, LONG)).isEqualTo(new WrpcOutcome.Answered(ByteString.EMPTY));
        IncomingCall first = seen.getFirst();
        assertThat(first.subject()).isEqualTo(SUBJECT);
        assertThat(first.headers()).containsAllEntriesOf(HEADERS);
        assertThat(first.expired(far.timers().nanoTime())).isFalse();
        assertThat(first.expired(far.timers().nanoTime() + LONG.toNanos())).isTrue();
        assertThat(server.openCalls()).isZero();
    }

    @Test
    void three_megabytes_go_and_come_back_in_pieces() {
        serve(call -> call.answer(call.params()));
        for (int size : List.of((1 << 20) - 500, 1 << 20, 3 << 20, (3 << 20) + 1)) {
            ByteString big = random(size);
            assertThat(call(big, LONG)).as("%d bytes", size).isEqualTo(new WrpcOutcome.Answered(big));
        }
        assertThat(server.openCalls()).isZero();
    }

    @Test
    void params_and_results_above_the_limits_are_refused() {
        serve(call -> call.answer(random(WrpcClient.MAX_RESULT_BYTES + 1)));
        assertThat(failure(call(random((16 << 20) + 1), LONG)))
                .isInstanceOfSatisfying(
                        CallFailure.PeerRefused.class,
                        refused -> assertThat(refused.reason()).contains("16777216"));
        assertThat(failure(call(bytes("x"), LONG)))
                .isInstanceOfSatisfying(
                        CallFailure.PeerTrapped.class,
                        trapped -> assertThat(trapped.reason()).contains("16777216"));
    }

    @Test
    void nobody_listens_is_known_at_once() {
        assertThat(failure(call(bytes("x"), LONG))).isEqualTo(new CallFailure.NobodyListens(SUBJECT));
        assertThat(failure(call(random(2 << 20), LONG))).isEqualTo(new CallFailure.NobodyListens(SUBJECT));
    }

    @Test
    void a_call_that_is_not_answered_times_out_and_says_whether_it_was_taken() {
        far.subscribe(SUBJECT, Optional.empty(), _ -> {});
        far.flush(LONG);
        assertThat(failure(call(bytes("x"), Duration.ofMillis(100)))).isEqualTo(new CallFailure.TimedOut(false, 100));
    }

    @Test
    void a_taken_call_that_is_not_answered_times_out_as_taken() {
        serve(_ -> {});
        assertThat(failure(call(bytes("x"), Duration.ofMillis(300)))).isEqualTo(new CallFailure.TimedOut(true, 300));
        Eventually.within(LONG, () -> assertThat(server.openCalls()).isZero());
        assertThat(client.strays()).isZero();
    }

    @Test
    void the_callback_form_times_out_too() {
        serve(_ -> {});
        List<WrpcOutcome> outcomes = new CopyOnWriteArrayList<>();
        client.invoke(new WrpcCall(SUBJECT, HEADERS, bytes("x"), true), Duration.ofMillis(200), outcomes::add);
        Eventually.within(
                LONG,
                () -> assertThat(outcomes)
                        .containsExactly(new WrpcOutcome.Failed(new CallFailure.TimedOut(true, 200))));
    }

    @Test
    void a_trap_and_a_refusal_arrive_with_their_reasons() {
        serve(call -> {
            if (call.params().size() == 0) {
                call.refused("denied: by policy\r\nä");
            } else {
                call.trapped("unreachable");
            }
            call.answer(bytes("too late"));
        });
        assertThat(failure(call(ByteString.EMPTY, LONG)))
                .isEqualTo(new CallFailure.PeerRefused("denied: by policy\r\nä"));
        assertThat(failure(call(bytes("x"), LONG))).isEqualTo(new CallFailure.PeerTrapped("unreachable"));
        assertThat(failure(call(random(2 << 20), LONG))).isEqualTo(new CallFailure.PeerTrapped("unreachable"));
    }

    @Test
    void a_handler_that_throws_is_a_trap_for_its_caller_only() {
        serve(_ -> {
            throw new IllegalStateException("on purpose");
        });
        assertThat(failure(call(bytes("x"), LONG))).isInstanceOf(CallFailure.PeerTrapped.class);
        assertThat(failure(call(bytes("x"), LONG))).isInstanceOf(CallFailure.PeerTrapped.class);
    }

    @Test
    void sixty_four_calls_at_once_get_their_own_answers_from_other_threads() {
        serve(call -> Thread.ofVirtual().start(() -> call.answer(call.params())));
        Map<Integer, WrpcOutcome> outcomes = new ConcurrentHashMap<>();
        for (int i = 0; i < 64; i++) {
            int number = i;
            Thread.ofVirtual().start(() -> {
                for (int round = 0; round < 20; round++) {
                    ByteString params = bytes(number + "/" + round);
                    WrpcOutcome outcome = client.invoke(SUBJECT, HEADERS, params, LONG);
                    if (!outcome.equals(new WrpcOutcome.Answered(params))) {
                        outcomes.put(number, outcome);
                    }
                }
                outcomes.putIfAbsent(number, new WrpcOutcome.Answered(ByteString.EMPTY));
            });
        }
        Eventually.within(LONG, () -> assertThat(outcomes).hasSize(64));
        assertThat(outcomes.values()).containsOnly(new WrpcOutcome.Answered(ByteString.EMPTY));
        assertThat(server.openCalls()).isZero();
    }

    @Test
    void a_peer_that_dies_in_a_call_is_noticed_long_before_the_deadline() {
        AtomicInteger taken = new AtomicInteger();
        serve(_ -> taken.incrementAndGet());
        List<WrpcOutcome> outcomes = new CopyOnWriteArrayList<>();
        client.invoke(new WrpcCall(SUBJECT, HEADERS, bytes("x"), true), Duration.ofMinutes(5), outcomes::add);
        Eventually.within(LONG, () -> assertThat(taken).hasValue(1));
        // Its handshake must have come: only then does the caller know whom to ask.
        Eventually.within(LONG, () -> assertThat(server.openCalls()).isEqualTo(1));
        List<WrpcOutcome> second = new CopyOnWriteArrayList<>();
        client.invoke(new WrpcCall(SUBJECT, HEADERS, random(2 << 20), true), Duration.ofMinutes(5), second::add);
        Eventually.within(LONG, () -> assertThat(taken).hasValue(2));
        handshaken();
        vanish(far);
        WrpcOutcome gone = new WrpcOutcome.Failed(new CallFailure.PeerGone(true));
        Eventually.within(LONG, () -> assertThat(outcomes).containsExactly(gone));
        Eventually.within(LONG, () -> assertThat(second).containsExactly(gone));
    }

    /// A later call that times out as taken shows that handshakes of earlier ones were sent.
    private void handshaken() {
        assertThat(failure(call(bytes("y"), Duration.ofMillis(200)))).isEqualTo(new CallFailure.TimedOut(true, 200));
    }

    @Test
    void a_lost_connection_ends_calls_and_no_new_one_begins() {
        serve(_ -> {});
        List<WrpcOutcome> outcomes = new CopyOnWriteArrayList<>();
        client.invoke(new WrpcCall(SUBJECT, HEADERS, bytes("x"), true), Duration.ofMinutes(5), outcomes::add);
        near.flush(LONG);
        vanish(near);
        Eventually.within(
                LONG,
                () -> assertThat(outcomes).containsExactly(new WrpcOutcome.Failed(new CallFailure.PeerGone(true))));
    }

    @Test
    void a_peer_that_speaks_the_plain_protocol_is_served_step_by_step() {
        serve(call -> call.answer(bytes("<" + new String(call.params().toArray(), StandardCharsets.UTF_8) + ">")));
        String inbox = near.newInbox();
        List<String> script = new CopyOnWriteArrayList<>();
        near.subscribe(inbox + ".>", Optional.empty(), message -> {
            String rest = message.subject().substring(inbox.length());
            script.add(rest + " " + new String(message.payload().toArray(), StandardCharsets.UTF_8));
            if (rest.equals(".1")) {
                assertThat(message.headers()).isEmpty();
                String params = message.replyTo().orElseThrow() + ".params";
                near.publish(Message.of(params, bytes("bc")));
                near.publish(Message.of(params, ByteString.EMPTY));
            }
        });
        near.publish(Message.of(SUBJECT, bytes("a")).replyingTo(inbox + ".1"));
        Eventually.within(LONG, () -> assertThat(script).containsExactly(".1 ", ".1.results <abc>", ".1.results "));
    }

    @Test
    void a_peer_that_answers_in_the_plain_protocol_is_understood() {
        String inbox = far.newInbox();
        List<String> params = new CopyOnWriteArrayList<>();
        far.subscribe(SUBJECT, Optional.empty(), request -> {
            String caller = request.replyTo().orElseThrow();
            params.add("first " + request.payload().size());
            far.subscribe(inbox + ".params", Optional.empty(), more -> {
                params.add("more " + more.payload().size());
                if (more.payload().size() == 0) {
                    far.publish(Message.of(caller + ".results", bytes("an")));
                    far.publish(Message.of(caller + ".results", bytes("swer")));
                    far.publish(Message.of(caller + ".results", ByteString.EMPTY));
                }
            });
            far.publish(Message.of(caller, ByteString.EMPTY).replyingTo(inbox));
        });
        far.flush(LONG);
        assertThat(call(bytes("x"), LONG)).isEqualTo(new WrpcOutcome.Answered(bytes("answer")));
        assertThat(params).containsExactly("first 1", "more 0");
    }

    @Test
    void a_plain_peer_that_ends_without_results_has_trapped() {
        far.subscribe(SUBJECT, Optional.empty(), request -> {
            String caller = request.replyTo().orElseThrow();
            far.publish(Message.of(caller, ByteString.EMPTY).replyingTo("nobody.cares"));
            far.publish(Message.of(caller + ".results", ByteString.EMPTY));
        });
        far.flush(LONG);
        assertThat(failure(call(bytes("x"), LONG)).message()).contains("incomplete results");
        assertThat(client.invoke(new WrpcCall(SUBJECT, HEADERS, bytes("x"), false), LONG))
                .isEqualTo(new WrpcOutcome.Answered(ByteString.EMPTY));
    }

    @Test
    void a_handshake_without_a_reply_subject_is_a_failure() {
        far.subscribe(
                SUBJECT,
                Optional.empty(),
                request -> far.publish(Message.of(request.replyTo().orElseThrow(), bytes("?"))));
        far.flush(LONG);
        assertThat(failure(call(bytes("x"), LONG)).message()).contains("did not specify a reply subject");
    }

    @Test
    void garbage_on_the_inboxes_and_malformed_requests_harm_nobody() {
        List<String> inboxes = new CopyOnWriteArrayList<>();
        far.subscribe(
                "*.*.wrpc.>", Optional.empty(), message -> message.replyTo().ifPresent(inboxes::add));
        serve(call -> call.answer(call.params()));
        call(bytes("x"), LONG);
        Eventually.within(LONG, () -> assertThat(inboxes).isNotEmpty());
        String inbox = inboxes.getFirst().substring(0, inboxes.getFirst().lastIndexOf('.'));
        for (String tail : List.of("zzz", "zzz.results", "0.results", "0.other", "0", "-1.alive", "a.b.c.d")) {
            far.publish(Message.of(inbox + "." + tail, bytes("garbage")).withHeader("wattle-failure", "%%%"));
        }
        far.publish(Message.of(SUBJECT, bytes("no reply")));
        far.publish(Message.of(SUBJECT, bytes("bad deadline"))
                .withHeader(WrpcHeaders.DEADLINE_MILLIS, "soon")
                .replyingTo(inbox + ".bad"));
        far.publish(Message.of(SUBJECT, bytes("no time left"))
                .withHeader(WrpcHeaders.DEADLINE_MILLIS, "0")
                .replyingTo(inbox + ".late"));
        far.publish(Message.of(SUBJECT, bytes("endless"))
                .withHeader(WrpcHeaders.DEADLINE_MILLIS, Long.toString(Long.MAX_VALUE))
                .withHeader(WrpcWire.WHOLE, "call")
                .replyingTo(inbox + ".endless"));
        assertThat(call(bytes("still fine"), LONG)).isEqualTo(new WrpcOutcome.Answered(bytes("still fine")));
        Eventually.within(LONG, () -> assertThat(server.dropped()).isEqualTo(2));
        Eventually.within(LONG, () -> assertThat(client.strays()).isGreaterThanOrEqualTo(7));
        assertThat(server.openCalls()).isZero();
    }

    @Test
    void more_open_calls_than_the_limit_are_refused() {
        WrpcServer small = WrpcServer.open(far, new WrpcServer.Limits(10, 2));
        List<IncomingCall> held = new CopyOnWriteArrayList<>();
        small.serve("held", "q", held::add);
        far.flush(LONG);
        WrpcCall call = new WrpcCall("held", HEADERS, bytes("x"), true);
        List<WrpcOutcome> outcomes = new CopyOnWriteArrayList<>();
        client.invoke(call, LONG, outcomes::add);
        client.invoke(call, LONG, outcomes::add);
        assertThat(failure(client.invoke(call, LONG))).isInstanceOf(CallFailure.PeerRefused.class);
        held.forEach(open -> open.answer(bytes("done")));
        Eventually.within(LONG, () -> assertThat(outcomes).hasSize(2));
        client.invoke(call, LONG, outcomes::add);
        Eventually.within(LONG, () -> assertThat(held).hasSize(3));
        held.getLast().answer(bytes("done"));
        Eventually.within(LONG, () -> assertThat(outcomes).hasSize(3));
        assertThat(outcomes).containsOnly(new WrpcOutcome.Answered(bytes("done")));
        small.close();
    }

    @Test
    void a_closed_client_ends_its_calls() {
        serve(_ -> {});
        List<WrpcOutcome> outcomes = new CopyOnWriteArrayList<>();
        client.invoke(new WrpcCall(SUBJECT, HEADERS, bytes("x"), true), LONG, outcomes::add);
        client.close();
        assertThat(outcomes).containsExactly(new WrpcOutcome.Failed(new CallFailure.PeerGone(true)));
    }
}

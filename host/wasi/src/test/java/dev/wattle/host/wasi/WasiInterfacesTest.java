package dev.wattle.host.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.InterfaceName;
import dev.wattle.wit.WitValue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WasiInterfacesTest {
    private static final String STREAMS = "wasi:io/streams@0.2.6";
    private static final String POLL = "wasi:io/poll@0.2.0";
    private static final String MONOTONIC = "wasi:clocks/monotonic-clock@0.2.3";

    @ParameterizedTest
    @CsvSource({
        "wasi:io/streams@0.2.0, true",
        "wasi:io/streams@0.2.12, true",
        "wasi:io/streams@0.3.0, false",
        "wasi:io/streams, false",
        "wasi:io/streams@0.2.0-rc-2023-11-10, true",
        "wasi:io/nonsense@0.2.0, false",
        "wasi:config/store@0.2.0-draft, true",
        "wasi:config/runtime@0.2.0-draft, true",
        "wasi:config/store@0.2.0-rc.1, true",
        "wasi:logging/logging, true",
        "wasi:logging/logging@0.1.0-draft, true",
        "wasi:logging/logging@0.2.0, false",
        "wasi:keyvalue/store@0.2.0, false",
        "other:io/streams@0.2.0, false",
        "wasi:http/types@0.2.1, true",
        "wasi:http/outgoing-handler@0.2.0, true",
        "wasi:filesystem/types@0.2.0, true",
        "wasi:sockets/tcp@0.2.0, true",
        "wasi:cli/terminal-stdout@0.2.0, true"
    })
    void every_version_of_the_track_is_served_and_no_other(String name, boolean served) {
        var imports = new WasiImports(WasiContext.of("test"));
        assertThat(imports.interfaceFor(InterfaceName.parse(name)).isPresent()).isEqualTo(served);
    }

    @Test
    void nothing_is_granted_at_first() {
        try (var guest = new Guest()) {
            assertThat(guest.call("wasi:cli/environment@0.2.0", "get-environment"))
                    .isEqualTo(WitValue.list(List.of()));
            assertThat(guest.call("wasi:cli/environment@0.2.0", "get-arguments"))
                    .isEqualTo(WitValue.list(List.of()));
            assertThat(guest.call("wasi:cli/environment@0.2.0", "initial-cwd")).isEqualTo(WitValue.none());
            assertThat(guest.call("wasi:cli/terminal-stdin@0.2.0", "get-terminal-stdin"))
                    .isEqualTo(WitValue.none());
            assertThat(guest.call("wasi:filesystem/preopens@0.2.0", "get-directories"))
                    .isEqualTo(WitValue.list(List.of()));
            assertThat(guest.call("wasi:config/store@0.2.0-draft", "get-all"))
                    .isEqualTo(WitValue.ok(WitValue.list(List.of())));
            WitValue network = guest.call("wasi:sockets/instance-network@0.2.0", "instance-network");
            assertThat(guest.call(
                            "wasi:sockets/ip-name-lookup@0.2.0",
                            "resolve-addresses",
                            network,
                            WitValue.of("a.example")))
                    .isEqualTo(WitValue.error(new WitValue.EnumValue("access-denied")));
            assertThat(guest.call(
                            "wasi:sockets/tcp-create-socket@0.2.0",
                            "create-tcp-socket",
                            new WitValue.EnumValue("ipv4")))
                    .isEqualTo(WitValue.error(new WitValue.EnumValue("access-denied")));
        }
    }

    @Test
    void the_environment_is_what_was_granted() {
        var context = WasiContext.of("test")
                .withEnvironment(new TreeMap<>(Map.of("A", "1")))
                .withArguments(List.of("run", "fast"));
        try (var guest = new Guest(context)) {
            assertThat(guest.call("wasi:cli/environment@0.2.0", "get-environment"))
                    .isEqualTo(WitValue.list(List.of(WitValue.tuple(WitValue.of("A"), WitValue.of("1")))));
            assertThat(guest.call("wasi:cli/environment@0.2.0", "get-arguments"))
                    .isEqualTo(WitValue.list(List.of(WitValue.of("run"), WitValue.of("fast"))));
        }
        assertThat(context).hasToString("WasiContext[test]");
    }

    @Test
    void exit_ends_the_sandbox_and_leaves_its_code() {
        try (var guest = new Guest()) {
            assertThatThrownBy(() -> guest.run("wasi:cli/exit@0.2.0", "exit", WitValue.error()))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.EXIT));
            assertThat(guest.sandbox().state(GuestExit.class, () -> new GuestExit(-1)))
                    .isEqualTo(new GuestExit(1));
        }
    }

    @Test
    void configuration_is_the_same_for_a_whole_sandbox() {
        var changing = new AtomicLong();
        var context = WasiContext.of("test")
                .withConfig(() -> new TreeMap<>(Map.of("n", Long.toString(changing.incrementAndGet()))));
        for (long sandbox = 1; sandbox <= 2; sandbox++) {
            try (var guest = new Guest(context)) {
                changing.set(sandbox - 1);
                for (String name : List.of("wasi:config/store@0.2.0-draft", "wasi:config/runtime@0.2.0-draft")) {
                    assertThat(guest.call(name, "get", WitValue.of("n")))
                            .isEqualTo(WitValue.ok(WitValue.some(WitValue.of(Long.toString(sandbox)))));
                }
                assertThat(guest.call("wasi:config/store@0.2.0-draft", "get", WitValue.of("missing")))
                        .isEqualTo(WitValue.ok(WitValue.none()));
            }
        }
    }

    @Test
    void configuration_that_cannot_be_read_is_an_error_that_tells_no_secret() {
        var context = WasiContext.of("test").withConfig(() -> {
            throw new IllegalStateException("password=hunter2");
        });
        try (var guest = new Guest(context)) {
            WitValue answer = guest.call("wasi:config/store@0.2.0-draft", "get", WitValue.of("a"));
            assertThat(((WitValue.ResultValue) answer).ok()).isFalse();
            assertThat(answer.toString()).doesNotContain("hunter2");
        }
    }

    @Test
    void clocks_show_what_the_host_gives() {
        var clock = new ManualClock();
        clock.now.set(7);
        var context = WasiContext.of("test")
                .withWallClock(() -> Instant.ofEpochSecond(12, 34))
                .withMonotonicClock(clock);
        try (var guest = new Guest(context)) {
            assertThat(guest.call("wasi:clocks/wall-clock@0.2.0", "now"))
                    .isEqualTo(WitValue.record(WitValue.of(12), WitValue.of(34)));
            assertThat(guest.call(MONOTONIC, "now")).isEqualTo(WitValue.of(7));
            WitValue soon = guest.call(MONOTONIC, "subscribe-duration", WitValue.of(10));
            WitValue later = guest.call(MONOTONIC, "subscribe-instant", WitValue.of(100));
            WitValue never = guest.call(MONOTONIC, "subscribe-duration", WitValue.of(-1));
            assertThat(guest.call(POLL, "[method]pollable.ready", soon)).isEqualTo(WitValue.of(false));
            assertThat(guest.call(POLL, "poll", WitValue.list(List.of(never, later, soon))))
                    .isEqualTo(WitValue.list(List.of(WitValue.of(2))));
            assertThat(clock.nanos()).isEqualTo(17);
            guest.run(POLL, "[method]pollable.block", later);
            assertThat(guest.call(POLL, "poll", WitValue.list(List.of(soon, never, later))))
                    .isEqualTo(WitValue.list(List.of(WitValue.of(0), WitValue.of(2))));
        }
    }

    @Test
    void a_guest_that_waits_is_stopped() throws Exception {
        try (var guest = new Guest()) {
            WitValue never = guest.call(MONOTONIC, "subscribe-duration", WitValue.of(-1));
            var ready = new CountDownLatch(1);
            Thread stopper = Thread.ofPlatform().name("stopper").start(() -> {
                try {
                    ready.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                guest.sandbox().control().stop("deadline exceeded");
            });
            ready.countDown();
            long start = System.nanoTime();
            assertThatThrownBy(() -> guest.run(POLL, "[method]pollable.block", never))
                    .isInstanceOf(Trap.class)
                    .hasMessage("deadline exceeded");
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
            stopper.join();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void polling_nothing_or_too_much_traps() {
        try (var guest = new Guest()) {
            assertThatThrownBy(() -> guest.call(POLL, "poll", WitValue.list(List.of())))
                    .isInstanceOf(Trap.class);
            WitValue pollable = guest.call(MONOTONIC, "subscribe-instant", WitValue.of(0));
            var many = java.util.Collections.nCopies(Limits.MAX_POLLABLES + 1, pollable);
            assertThatThrownBy(() -> guest.call(POLL, "poll", WitValue.list(many)))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT));
        }
    }

    @Test
    void random_bytes_are_as_many_as_asked_for_up_to_the_limit() {
        var context =
                WasiContext.of("test").withRandom(RandomSource.seeded(1)).withInsecureRandom(RandomSource.seeded(1));
        try (var guest = new Guest(context)) {
            WitValue bytes = guest.call("wasi:random/random@0.2.0", "get-random-bytes", WitValue.of(33));
            assertThat(((WitValue.Bytes) bytes).bytes().size()).isEqualTo(33);
            assertThat(guest.call("wasi:random/insecure@0.2.0", "get-insecure-random-bytes", WitValue.of(33)))
                    .isEqualTo(bytes);
            assertThat(guest.call("wasi:random/random@0.2.0", "get-random-u64"))
                    .isNotEqualTo(guest.call("wasi:random/random@0.2.0", "get-random-u64"));
            assertThat(guest.call("wasi:random/insecure-seed@0.2.0", "insecure-seed"))
                    .isInstanceOf(WitValue.TupleValue.class);
            for (long wrong : new long[] {Limits.MAX_RANDOM_BYTES + 1L, -1}) {
                assertThatThrownBy(() -> guest.call("wasi:random/random@0.2.0", "get-random-bytes", WitValue.of(wrong)))
                        .isInstanceOf(Trap.class);
            }
        }
    }

    @Test
    void standard_input_is_read_to_its_end() {
        var context = WasiContext.of("test").withStdin(ByteString.copyOf("hello".getBytes(StandardCharsets.UTF_8)));
        try (var guest = new Guest(context)) {
            WitValue stdin = guest.call("wasi:cli/stdin@0.2.0", "get-stdin");
            assertThat(guest.call(STREAMS, "[method]input-stream.read", stdin, WitValue.of(2)))
                    .isEqualTo(read("he"));
            assertThat(guest.call(STREAMS, "[method]input-stream.skip", stdin, WitValue.of(1)))
                    .isEqualTo(WitValue.ok(WitValue.of(1)));
            assertThat(guest.call(STREAMS, "[method]input-stream.read", stdin, WitValue.of(0)))
                    .isEqualTo(read(""));
            assertThat(guest.call(STREAMS, "[method]input-stream.blocking-read", stdin, WitValue.of(-1)))
                    .isEqualTo(read("lo"));
            assertThat(guest.call(STREAMS, "[method]input-stream.read", stdin, WitValue.of(1)))
                    .isEqualTo(WitValue.error(WitValue.variant("closed")));
            WitValue pollable = guest.call(STREAMS, "[method]input-stream.subscribe", stdin);
            assertThat(guest.call(POLL, "[method]pollable.ready", pollable)).isEqualTo(WitValue.of(true));
            assertThatThrownBy(() -> guest.drop(STREAMS, "input-stream", stdin))
                    .isInstanceOf(Trap.class)
                    .hasMessageContaining("resource has children");
            guest.drop(POLL, "pollable", pollable);
            guest.drop(STREAMS, "input-stream", stdin);
        }
    }

    @Test
    void standard_output_comes_in_lines() {
        var lines = new ArrayList<String>();
        try (var guest = new Guest(WasiContext.of("test").withStdout(lines::add))) {
            WitValue stdout = guest.call("wasi:cli/stdout@0.2.0", "get-stdout");
            write(guest, stdout, "one\r\ntw");
            assertThat(lines).containsExactly("one");
            write(guest, guest.call("wasi:cli/stdout@0.2.0", "get-stdout"), "o\n\n");
            assertThat(lines).containsExactly("one", "two", "");
            write(guest, stdout, "é".repeat(2_000));
            write(guest, stdout, "é".repeat(2_000));
            write(guest, stdout, "é".repeat(2_000) + "\nlast");
        }
        assertThat(lines.subList(3, lines.size()))
                .containsExactly(
                        "é".repeat(Limits.MAX_LINE_BYTES / 2), "é".repeat(6_000 - Limits.MAX_LINE_BYTES / 2), "last");
    }

    @Test
    void a_flood_of_lines_is_cut_and_counted() {
        var clock = new ManualClock();
        var lines = new ArrayList<String>();
        var context = WasiContext.of("test").withStderr(lines::add).withMonotonicClock(clock);
        try (var guest = new Guest(context)) {
            WitValue stderr = guest.call("wasi:cli/stderr@0.2.0", "get-stderr");
            write(guest, stderr, "\n".repeat(Limits.MAX_LINES_PER_SECOND + 5));
            assertThat(lines).hasSize(Limits.MAX_LINES_PER_SECOND);
            clock.now.set(TimeUnit.SECONDS.toNanos(1));
            write(guest, stderr, "after\n");
            assertThat(lines.getLast()).isEqualTo("after");
            assertThat(lines.get(lines.size() - 2)).contains("5 lines dropped");
        }
    }

    @Test
    void writes_follow_the_permit() {
        try (var guest = new Guest()) {
            WitValue stdout = guest.call("wasi:cli/stdout@0.2.0", "get-stdout");
            assertThatThrownBy(() -> guest.call(STREAMS, "[method]output-stream.write", stdout, bytes("x")))
                    .isInstanceOf(Trap.class)
                    .hasMessageContaining("check-write");
            assertThat(guest.call(STREAMS, "[method]output-stream.check-write", stdout))
                    .isEqualTo(WitValue.ok(WitValue.of(Limits.WRITE_PERMIT_BYTES)));
            assertThat(guest.call(STREAMS, "[method]output-stream.write", stdout, bytes("x")))
                    .isEqualTo(WitValue.ok());
            assertThat(guest.call(STREAMS, "[method]output-stream.write-zeroes", stdout, WitValue.of(3)))
                    .isEqualTo(WitValue.ok());
            assertThat(guest.call(STREAMS, "[method]output-stream.blocking-flush", stdout))
                    .isEqualTo(WitValue.ok());
            assertThatThrownBy(() -> guest.call(
                            STREAMS,
                            "[method]output-stream.blocking-write-and-flush",
                            stdout,
                            bytes("x".repeat(4_097))))
                    .isInstanceOf(Trap.class);
            assertThatThrownBy(() -> guest.call(STREAMS, "[method]output-stream.write-zeroes", stdout, WitValue.of(-1)))
                    .isInstanceOf(Trap.class);
        }
    }

    @Test
    void splicing_moves_bytes_from_stream_to_stream() {
        var lines = new ArrayList<String>();
        var context = WasiContext.of("test")
                .withStdin(ByteString.copyOf("ab\n".getBytes(StandardCharsets.UTF_8)))
                .withStdout(lines::add);
        try (var guest = new Guest(context)) {
            WitValue stdin = guest.call("wasi:cli/stdin@0.2.0", "get-stdin");
            WitValue stdout = guest.call("wasi:cli/stdout@0.2.0", "get-stdout");
            for (String form : List.of("", "blocking-")) {
                assertThat(guest.call(
                                STREAMS, "[method]output-stream." + form + "splice", stdout, stdin, WitValue.of(2)))
                        .isInstanceOf(WitValue.ResultValue.class);
            }
            assertThat(lines).containsExactly("ab");
            assertThat(guest.call(STREAMS, "[method]output-stream.splice", stdout, stdin, WitValue.of(2)))
                    .isEqualTo(WitValue.error(WitValue.variant("closed")));
        }
    }

    @Test
    void logs_reach_the_sink_with_their_level() {
        var entries = new ArrayList<String>();
        var context = WasiContext.of("test").withLog((level, place, message) -> entries.add(level + place + message));
        try (var guest = new Guest(context)) {
            guest.run(
                    "wasi:logging/logging",
                    "log",
                    new WitValue.EnumValue("warn"),
                    WitValue.of(" a "),
                    WitValue.of("b"));
            guest.run(
                    "wasi:logging/logging@0.1.0-draft",
                    "log",
                    new WitValue.EnumValue("critical"),
                    WitValue.of(""),
                    WitValue.of("x".repeat(10_000)));
        }
        assertThat(entries.getFirst()).isEqualTo("WARN a b");
        assertThat(entries.getLast()).startsWith("CRITICALx").hasSize("CRITICAL".length() + Limits.MAX_LINE_BYTES + 1);
    }

    @Test
    void resources_of_a_sandbox_are_bounded_and_given_back() {
        try (var guest = new Guest()) {
            var handles = new ArrayList<WitValue>();
            for (int i = 0; i < Limits.MAX_RESOURCES; i++) {
                handles.add(guest.call("wasi:cli/stdin@0.2.0", "get-stdin"));
            }
            assertThatThrownBy(() -> guest.call("wasi:cli/stdin@0.2.0", "get-stdin"))
                    .isInstanceOfSatisfying(
                            Trap.class, trap -> assertThat(trap.kind()).isEqualTo(Trap.Kind.LIMIT));
            guest.drop(STREAMS, "input-stream", handles.getFirst());
            assertThat(guest.call("wasi:cli/stdin@0.2.0", "get-stdin")).isNotNull();
        }
    }

    private static void write(Guest guest, WitValue stream, String text) {
        assertThat(guest.call(STREAMS, "[method]output-stream.blocking-write-and-flush", stream, bytes(text)))
                .isEqualTo(WitValue.ok());
    }

    private static WitValue read(String text) {
        return WitValue.ok(bytes(text));
    }

    private static WitValue bytes(String text) {
        return WitValue.ofBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Time that passes only when someone waits for it.
    private static final class ManualClock implements MonotonicClock {
        private final AtomicLong now = new AtomicLong();

        @Override
        public long nanos() {
            return now.get();
        }

        @Override
        public void awaitNanos(long instant) {
            now.accumulateAndGet(instant, Math::max);
        }
    }
}

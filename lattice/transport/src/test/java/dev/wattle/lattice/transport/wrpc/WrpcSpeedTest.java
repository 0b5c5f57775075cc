package dev.wattle.lattice.transport.wrpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.lattice.transport.NatsTransport;
import dev.wattle.lattice.transport.TestServers;
import dev.wattle.lattice.transport.Transport;
import dev.wattle.lattice.transport.server.NatsServer;
import dev.wattle.lattice.transport.server.NatsServerSettings;
import dev.wattle.wit.ByteString;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scalar call beside the client library's own request and reply, interleaved.
@Tag("bench")
class WrpcSpeedTest {
    private static final int ROUNDS = 20_000;
    private static final int WARM_UP = 10_000;

    @TempDir
    Path folder;

    @Test
    void a_small_call_takes_at_most_two_and_a_half_times_a_bare_request() throws Exception {
        try (NatsServer server = NatsServer.start(NatsServerSettings.in(TestServers.newest(), folder));
                Transport near = NatsTransport.connect(server.connection());
                Transport far = NatsTransport.connect(server.connection());
                WrpcClient client = WrpcClient.open(near);
                WrpcServer callee = WrpcServer.open(far)) {
            Connection asking = bare(server);
            Connection answering = bare(server);
            callee.serve(WrpcContract.SUBJECT, "q", call -> call.answer(call.params()));
            answering
                    .createDispatcher(message -> answering.publish(message.getReplyTo(), message.getData()))
                    .subscribe("bare");
            far.flush(Duration.ofSeconds(5));
            answering.flush(Duration.ofSeconds(5));
            byte[] params = {1, 2, 3, 4};
            ByteString ours = ByteString.copyOf(params);
            long[] bare = new long[ROUNDS];
            long[] wrpc = new long[ROUNDS];
            for (int i = -WARM_UP; i < ROUNDS; i++) {
                long start = System.nanoTime();
                Objects.requireNonNull(asking.request("bare", params, Duration.ofSeconds(5)));
                long middle = System.nanoTime();
                WrpcOutcome outcome =
                        client.invoke(WrpcContract.SUBJECT, WrpcContract.HEADERS, ours, Duration.ofSeconds(5));
                long end = System.nanoTime();
                assertThat(outcome instanceof WrpcOutcome.Answered).isTrue();
                if (i >= 0) {
                    bare[i] = middle - start;
                    wrpc[i] = end - middle;
                }
            }
            double ratio = report("bare", bare, "wrpc", wrpc);
            asking.close();
            answering.close();
            assertThat(ratio).isLessThanOrEqualTo(2.5);
        }
    }

    private static Connection bare(NatsServer server) throws Exception {
        return Nats.connect(io.nats.client.Options.builder()
                .server(server.url().toString())
                .userInfo(server.credentials().user(), server.credentials().password())
                .build());
    }

    private static double report(String oneName, long[] one, String otherName, long[] other) {
        Arrays.sort(one);
        Arrays.sort(other);
        double ratio = (double) other[ROUNDS / 2] / one[ROUNDS / 2];
        System.out.printf(
                "p50 %s %.1f us, %s %.1f us, ratio %.2f; p99 %.1f us, %.1f us%n",
                oneName,
                one[ROUNDS / 2] / 1e3,
                otherName,
                other[ROUNDS / 2] / 1e3,
                ratio,
                one[ROUNDS * 99 / 100] / 1e3,
                other[ROUNDS * 99 / 100] / 1e3);
        return ratio;
    }
}

package dev.wattle.lattice.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wattle.wit.ByteString;
import dev.wattle.wit.FunctionType;
import dev.wattle.wit.WitType;
import dev.wattle.wit.WitValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every decoder takes any bytes: it reads them or throws [ProtocolException], nothing else.
class HostileInputTest {
    private static final int ROUNDS = 800;

    private static final List<Function<ByteString, ?>> DECODERS = List.of(
            Link::fromJson,
            HostInventory::fromJson,
            HostSummary::fromJson,
            ControlResponse::fromJson,
            ControlJson::readLinks,
            ControlJson::readTexts,
            ControlJson::readClaims,
            ScaleComponentCommand::fromJson,
            UpdateComponentCommand::fromJson,
            StartProviderCommand::fromJson,
            StopProviderCommand::fromJson,
            DeleteLinkCommand::fromJson,
            PutLabelCommand::fromJson,
            DeleteLabelCommand::fromJson,
            ComponentAuction::fromJson,
            ComponentAuctionAck::fromJson,
            ProviderAuction::fromJson,
            ProviderAuctionAck::fromJson,
            StopHostCommand::fromJson,
            HostBeat::fromJson,
            ComponentSpec::fromJson,
            CloudEvent::fromJson);

    private static final String[] SPLICES = {
        "null",
        "{}",
        "[]",
        "\"\"",
        "-1",
        "1e999",
        "1e-999999999",
        "99999999999999999999",
        "\"\\ud800\"",
        "\u0000",
        "}",
        "{\"a\":",
        "\ufeff",
        "true",
        "\"a.b\"",
        "\"*\"",
        "[[[[[[[[[["
    };

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4711})
    void json_decoders_survive_anything(long seed) {
        var random = new SplittableRandom(seed);
        List<ByteString> samples =
                GoldenJsonTest.messages().map(GoldenJsonTest.Golden::written).toList();
        List<ByteString> events = GoldenJsonTest.events()
                .map(golden -> new CloudEvent("1", Samples.HOST, java.time.Instant.EPOCH, golden.event()).toJson())
                .toList();
        for (int round = 0; round < ROUNDS; round++) {
            List<ByteString> from = random.nextBoolean() ? samples : events;
            ByteString mutated = mutate(random, from.get(random.nextInt(from.size())));
            for (Function<ByteString, ?> decoder : DECODERS) {
                survives(seed, round, () -> decoder.apply(mutated));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 4711})
    void the_value_codec_survives_anything(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            WitType type = RandomWit.type(random, 4);
            var function = new FunctionType(List.of(), Optional.of(type));
            WitValue value = RandomWit.value(random, type);
            ByteString bytes = mutate(random, WrpcCodec.encodeResult(function, Optional.of(value)));
            survives(seed, round, () -> WrpcCodec.decodeResult(function, bytes));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4711})
    void subjects_keys_and_headers_survive_anything(long seed) {
        var random = new SplittableRandom(seed);
        var control = ControlSubjects.of(Samples.LATTICE);
        for (int round = 0; round < ROUNDS; round++) {
            String text = Samples.text(mutate(random, Samples.utf8("wasmbus.ctl.v1.default.config.put.rates")));
            survives(seed, round, () -> control.parse(text));
            survives(seed, round, () -> ComponentSpec.idOf("COMPONENT_" + text));
            survives(seed, round, () -> ConfigData.nameOf(text));
            survives(seed, round, () -> Nkey.isPublicKey(NkeyRole.SERVER, text));
            survives(
                    seed,
                    round,
                    () -> WrpcHeaders.failure(java.util.Map.of(WrpcHeaders.FAILURE, "trapped " + text + "%")));
            survives(
                    seed,
                    round,
                    () -> WrpcHeaders.number(java.util.Map.of(WrpcHeaders.EPOCH, text), WrpcHeaders.EPOCH));
        }
    }

    private static void survives(long seed, int round, java.util.concurrent.Callable<?> decode) {
        try {
            assertThat(decode.call()).isNotNull();
        } catch (ProtocolException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(1000);
        } catch (Exception | StackOverflowError | OutOfMemoryError broken) {
            throw new AssertionError("seed " + seed + " round " + round, broken);
        }
    }

    private static ByteString mutate(SplittableRandom random, ByteString original) {
        byte[] bytes = original.toArray();
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length + 1);
            switch (random.nextInt(5)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> bytes = splice(bytes, at, at, new byte[] {(byte) random.nextInt()});
                case 2 -> {
                    if (at < bytes.length) {
                        bytes[at] ^= (byte) (1 << random.nextInt(8));
                    }
                }
                case 3 -> {
                    byte[] piece =
                            SPLICES[random.nextInt(SPLICES.length)].getBytes(java.nio.charset.StandardCharsets.UTF_8);
                    int end = Math.min(bytes.length, at + random.nextInt(12));
                    bytes = splice(bytes, at, end, piece);
                }
                default -> {
                    int end = at + random.nextInt(bytes.length - at + 1);
                    bytes = splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
                }
            }
        }
        return ByteString.adopt(bytes);
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] piece) {
        byte[] result = new byte[bytes.length - (to - from) + piece.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(piece, 0, result, from, piece.length);
        System.arraycopy(bytes, to, result, from + piece.length, bytes.length - to);
        return result;
    }
}

package dev.wattle.host.wasi;

import dev.wattle.host.engine.Trap;
import dev.wattle.wit.ByteString;
import dev.wattle.wit.WitValue;
import java.nio.ByteBuffer;

/// `wasi:random`: for secrets, and for everything else.
final class RandomInterfaces {
    private RandomInterfaces() {}

    static InterfaceTable random(WasiContext context) {
        return table(context.random(), "get-random-bytes", "get-random-u64");
    }

    static InterfaceTable insecure(WasiContext context) {
        return table(context.insecureRandom(), "get-insecure-random-bytes", "get-insecure-random-u64");
    }

    static InterfaceTable insecureSeed(WasiContext context) {
        RandomSource source = context.insecureRandom();
        return InterfaceTable.builder()
                .gives("insecure-seed", 0, (_, _) -> WitValue.tuple(number(source), number(source)))
                .build();
    }

    private static InterfaceTable table(RandomSource source, String bytes, String number) {
        return InterfaceTable.builder()
                .gives(bytes, 1, (_, arguments) -> bytes(source, arguments.number(0)))
                .gives(number, 0, (_, _) -> number(source))
                .build();
    }

    private static WitValue bytes(RandomSource source, long length) {
        if (length < 0 || length > Limits.MAX_RANDOM_BYTES) {
            throw new Trap(
                    Trap.Kind.LIMIT,
                    Long.toUnsignedString(length) + " random bytes at once, more than " + Limits.MAX_RANDOM_BYTES);
        }
        byte[] target = new byte[(int) length];
        source.fill(target);
        return new WitValue.Bytes(ByteString.adopt(target));
    }

    private static WitValue number(RandomSource source) {
        byte[] target = new byte[Long.BYTES];
        source.fill(target);
        return WitValue.of(ByteBuffer.wrap(target).getLong());
    }
}

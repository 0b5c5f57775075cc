package dev.wattle.benchmarks;

import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.GuestMemory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `convert` called as its core export, by hand: what any host has to do to pass two strings, tell one rate,
/// and take a record back. One thread, one instance at a time.
final class BareConverter {
    private static final String CONVERT = "cyber:finance/converter#convert";
    private static final byte[] FROM = ascii("USD");
    private static final byte[] TO = ascii("EUR");
    private static final byte[] RATE = ascii("0.92");

    private final CoreParts parts;
    private @Nullable Core open;

    /// What is used of an instance.
    private record Core(GuestMemory memory, MethodHandle allocate, MethodHandle convert, MethodHandle end) {}

    /// The import `get`: a key in memory, and where the answer goes.
    @FunctionalInterface
    interface Get {
        void call(int key, int length, int result) throws Throwable;
    }

    BareConverter(Engine engine, byte[] component) throws ReflectiveOperationException {
        Get rate = (_, _, result) -> rate(result);
        MethodHandle get = MethodHandles.lookup()
                .findVirtual(Get.class, "call", MethodType.methodType(void.class, int.class, int.class, int.class))
                .bindTo(rate);
        parts = CoreParts.of(engine, component, CoreLimits.DEFAULTS, Map.of("get", get));
    }

    /// Makes the instance that the next calls go to.
    CoreParts.Instances open(GuestControl control) {
        CoreParts.Instances opened = parts.instantiate(control);
        open = new Core(
                opened.memory().bytes(),
                opened.function("cabi_realloc").handle(),
                opened.function(CONVERT).handle(),
                opened.function("cabi_post_" + CONVERT).handle());
        return opened;
    }

    /// Converts USD to EUR.
    ///
    /// @throws WrongAnswerException unless it did
    void convert(double amount) throws Throwable {
        Core core = core();
        GuestMemory memory = core.memory();
        int from = text(core, FROM);
        int to = text(core, TO);
        int result = (int) core.convert().invokeExact(amount, from, FROM.length, to, TO.length);
        long address = Integer.toUnsignedLong(result);
        byte kind = memory.readByte(address);
        double converted = Double.longBitsToDouble(memory.readLong(address + 8));
        byte[] currency =
                memory.read(Integer.toUnsignedLong(memory.readInt(address + 16)), memory.readInt(address + 20));
        core.end().invokeExact(result);
        WrongAnswerException.require(
                kind == 0 && Math.abs(converted - 0.92 * amount) < 1e-9 && Arrays.equals(currency, TO),
                "the bare converter answered something else");
    }

    /// Answers `ok(some(rate))`, whatever the key is.
    private void rate(int result) throws Throwable {
        long address = Integer.toUnsignedLong(result);
        Core core = core();
        GuestMemory memory = core.memory();
        int text = text(core, RATE);
        memory.writeByte(address, (byte) 0);
        memory.writeByte(address + 4, (byte) 1);
        memory.writeInt(address + 8, text);
        memory.writeInt(address + 12, RATE.length);
    }

    private Core core() {
        return Objects.requireNonNull(open, "no instance is open");
    }

    private static int text(Core core, byte[] bytes) throws Throwable {
        int address = (int) core.allocate().invokeExact(0, 0, 1, bytes.length);
        core.memory().write(Integer.toUnsignedLong(address), bytes, 0, bytes.length);
        return address;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

package dev.wattle.host.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The core module of the prebuilt converter, as its compiler made it, called without a component around it: it
/// allocates and frees strings, calls the host for a rate and for the time, and is called back for memory.
final class RustConverter {
    private static final CoreType.Value I32 = CoreType.Value.I32;
    private static final String CONVERT = "cyber:finance/converter#convert";
    private static final int CORE_MODULE = 1;
    private static final int HEADER = 8;

    /// What the host does when it is asked for a rate, on the guest's thread and in host code.
    interface Rates {
        String rate(String key);
    }

    /// What the guest answers: an amount, or why there is none.
    record Answer(double amount, @Nullable String error) {}

    private final GuestControl guest;
    private final Rates rates;
    private final long seconds;
    private @Nullable GuestMemory memory;
    private @Nullable MethodHandle allocate;
    private @Nullable MethodHandle convert;
    private @Nullable MethodHandle free;

    private RustConverter(GuestControl guest, Rates rates, long seconds) {
        this.guest = guest;
        this.rates = rates;
        this.seconds = seconds;
    }

    /// The binary: the first core module of the component.
    static byte[] binary() {
        byte[] component;
        try {
            component = Files.readAllBytes(
                    Path.of(System.getProperty("wattle.home", "../.."), "components", "prebuilt", "converter.wasm"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int at = HEADER;
        while (true) {
            int id = component[at++];
            int length = 0;
            for (int shift = 0; ; shift += 7) {
                int piece = component[at++];
                length |= (piece & 0x7F) << shift;
                if (piece >= 0) {
                    break;
                }
            }
            if (id == CORE_MODULE) {
                return Arrays.copyOfRange(component, at, at + length);
            }
            at += length;
        }
    }

    /// @param made takes the imports
    static RustConverter of(
            GuestControl guest,
            Rates rates,
            long seconds,
            java.util.function.Function<List<CoreExtern>, CoreInstance> made) {
        var converter = new RustConverter(guest, rates, seconds);
        var get = CoreExtern.hostFunction(
                new CoreType.Function(List.of(I32, I32, I32), List.of()),
                bound(converter, "get", int.class, int.class, int.class));
        var now = CoreExtern.hostFunction(
                new CoreType.Function(List.of(I32), List.of()), bound(converter, "now", int.class));
        CoreInstance instance = made.apply(List.of(get, now));
        converter.memory = EngineContract.memory(instance);
        converter.allocate = EngineContract.function(instance, "cabi_realloc");
        converter.convert = EngineContract.function(instance, CONVERT);
        converter.free = EngineContract.function(instance, "cabi_post_" + CONVERT);
        return converter;
    }

    private static MethodHandle bound(RustConverter converter, String method, Class<?>... parameters) {
        try {
            return MethodHandles.lookup().bind(converter, method, MethodType.methodType(void.class, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    GuestMemory memory() {
        return Objects.requireNonNull(memory);
    }

    /// The host's side of `wasi:config/store.get`: some value.
    void get(int key, int keyLength, int result) throws Throwable {
        guest.host();
        String asked = text(key, keyLength);
        String answer = rates.rate(asked);
        guest.resume();
        int at = put(answer);
        guest.host();
        memory().writeInt(result, 0);
        memory().writeInt(result + 4, 1);
        memory().writeInt(result + 8, at);
        memory().writeInt(result + 12, answer.length());
        guest.resume();
    }

    /// The host's side of `wasi:clocks/wall-clock.now`.
    void now(int result) {
        memory().writeLong(result, seconds);
        memory().writeInt(result + 8, 0);
    }

    private String text(int at, int length) {
        return new String(memory().read(Integer.toUnsignedLong(at), length), StandardCharsets.UTF_8);
    }

    /// A copy of the text in memory that the guest gave; called in guest code.
    private int put(String text) throws Throwable {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int at = (int) Objects.requireNonNull(allocate).invokeExact(0, 0, 1, bytes.length);
        memory().write(Integer.toUnsignedLong(at), bytes, 0, bytes.length);
        return at;
    }

    /// Between [GuestControl#enter] and [GuestControl#exit].
    Answer convert(double amount, String from, String to) throws Throwable {
        int fromAt = put(from);
        int toAt = put(to);
        int result =
                (int) Objects.requireNonNull(convert).invokeExact(amount, fromAt, from.length(), toAt, to.length());
        Answer answer = memory().readByte(result) == 0
                ? right(result, to)
                : new Answer(0, text(memory().readInt(result + 8), memory().readInt(result + 12)));
        Objects.requireNonNull(free).invokeExact(result);
        return answer;
    }

    private Answer right(int result, String to) {
        double amount = Double.longBitsToDouble(memory().readLong(result + 8));
        String currency = text(memory().readInt(result + 16), memory().readInt(result + 20));
        if (!currency.equals(to) || memory().readLong(result + 24) != seconds) {
            throw new AssertionError("answered " + amount + " " + currency + " at " + memory().readLong(result + 24));
        }
        return new Answer(amount, null);
    }
}

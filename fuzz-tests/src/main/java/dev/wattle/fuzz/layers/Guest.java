package dev.wattle.fuzz.layers;

import dev.wattle.host.component.HostFunction;
import dev.wattle.host.component.HostResource;
import dev.wattle.host.component.Sandbox;
import dev.wattle.host.component.abi.CanonicalOptions;
import dev.wattle.host.component.abi.InstanceState;
import dev.wattle.host.component.abi.ResourceDefinition;
import dev.wattle.host.component.abi.ResourceFunctions;
import dev.wattle.host.component.abi.StringEncoding;
import dev.wattle.host.component.code.Context;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.engine.CoreType;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.Trap;
import dev.wattle.testkit.Gen;
import dev.wattle.wit.ResourceType;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// A guest without an engine, on one of the layers. Two with the same seed do the same, and their logs are the
/// same as long as the layers are.
final class Guest implements CoreInstance {
    /// `(CoreInstance, old pointer, old length, alignment, new length) → pointer`
    static final MethodHandle REALLOC = find(
            "realloc",
            MethodType.methodType(int.class, CoreInstance.class, int.class, int.class, int.class, int.class));

    /// `(CoreInstance, Object[]) → Object`
    private static final MethodHandle CALLED =
            find("called", MethodType.methodType(Object.class, CoreInstance.class, Object[].class));

    private static final MethodHandle POST_RETURN =
            find("postReturn", MethodType.methodType(Object.class, CoreInstance.class, Object[].class));

    /// Small, so that ranges meet and leave memory; values of a case mostly fit.
    private static final int MEMORY_BYTES = 1 << 13;

    /// What memory holds at first: zeros would be values too often.
    private static final byte[] NOISE = noise();

    private static final int FIRST_FREE = 16;

    /// One in so many times, realloc answers anything.
    private static final int WRONG_REALLOC = 200;

    /// Handles that are looked at.
    private static final int MAX_HANDLES = 24;

    final Sandbox sandbox = new Sandbox(new GuestControl(), CoreLimits.DEFAULTS);
    final InstanceState state = new InstanceState(sandbox);
    final ArrayMemory memory = new ArrayMemory(NOISE.clone());
    final List<String> log = new ArrayList<>();
    final ResourceDefinition[] resources;
    private final Gen gen;
    private final StringEncoding encoding;
    private final boolean always;
    private int free;

    /// What the core function answers, and whether it drops handles before.
    @Nullable
    Object answer;

    private int handlesFrom = MAX_HANDLES;

    /// What a function of the host with Java's types answers.
    @Nullable
    Object javaAnswer;

    /// What the core function was called with.
    Object[] flats = {};

    /// @param always does realloc answer as it should?
    Guest(Gen gen, StringEncoding encoding, List<ResourceType> types, boolean always) {
        this.gen = gen;
        this.encoding = encoding;
        this.always = always;
        this.free = FIRST_FREE * gen.intBetween(1, 8);
        sandbox.putState(Guest.class, this);
        this.resources = types.stream()
                .map(type -> new ResourceDefinition.Host(
                        new HostResource(type, (_, object) -> log.add("dropped " + type + " " + object))))
                .toArray(ResourceDefinition[]::new);
    }

    private static byte[] noise() {
        byte[] bytes = new byte[MEMORY_BYTES];
        for (int index = 0; index < bytes.length; index++) {
            bytes[index] = (byte) (index * 31);
        }
        return bytes;
    }

    private static MethodHandle find(String name, MethodType type) {
        try {
            return MethodHandles.lookup().findStatic(Guest.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    /// A core function of that type of whichever guest: `(CoreInstance, parameters…) → result`.
    static MethodHandle function(CoreType.Function type) {
        return exact(CALLED, type);
    }

    static MethodHandle postReturn(CoreType.Function type) {
        return exact(POST_RETURN, type);
    }

    private static MethodHandle exact(MethodHandle generic, CoreType.Function type) {
        return generic.asCollector(Object[].class, type.parameters().size())
                .asType(type.handleType().insertParameterTypes(0, CoreInstance.class));
    }

    CoreExtern.Function core(CoreType.Function type, MethodHandle ofAnyGuest) {
        return CoreExtern.hostFunction(type, ofAnyGuest.bindTo(this));
    }

    CanonicalOptions options(Optional<MethodHandle> postReturn) {
        return new CanonicalOptions(
                encoding,
                Optional.of(memory),
                Optional.of(REALLOC.bindTo(this)),
                postReturn.map(each -> each.bindTo(this)));
    }

    Context context(HostFunction function) {
        return new Context(
                sandbox,
                new InstanceState[] {state},
                new CoreInstance[] {this},
                new GuestMemory[] {memory},
                resources,
                new HostFunction[] {function});
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static int realloc(CoreInstance instance, int old, int oldLength, int alignment, int length) {
        return ((Guest) instance).realloc(old, oldLength, alignment, length);
    }

    private int realloc(int old, int oldLength, int alignment, int length) {
        int pointer = allocate(alignment, length);
        if (!always && gen.intBetween(1, WRONG_REALLOC) == 1) {
            pointer = (int) gen.anyLong();
        }
        log.add("realloc " + old + " " + oldLength + " " + alignment + " " + length + " -> " + pointer);
        return pointer;
    }

    /// The next place that is free, or one a little behind it.
    int allocate(int alignment, int length) {
        int begin = (free + gen.intBetween(0, FIRST_FREE) + alignment - 1) & -alignment;
        free = begin + length;
        return begin;
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static @Nullable Object called(CoreInstance instance, Object[] flats) {
        return ((Guest) instance).called(flats);
    }

    private @Nullable Object called(Object[] values) {
        flats = values;
        log.add("called " + text(values) + " " + Arrays.hashCode(memory.bytes));
        dropFrom(handlesFrom);
        return answer;
    }

    @SuppressWarnings("UnusedMethod") // by its handle
    private static @Nullable Object postReturn(CoreInstance instance, Object[] flats) {
        ((Guest) instance).log.add("post-return " + text(flats));
        return null;
    }

    /// Flat values by their bits.
    static String text(@Nullable Object... flats) {
        StringJoiner text = new StringJoiner(" ");
        for (Object flat : flats) {
            text.add(
                    switch (flat) {
                        case Float number -> "f32:" + Integer.toHexString(Float.floatToRawIntBits(number));
                        case Double number -> "f64:" + Long.toHexString(Double.doubleToRawLongBits(number));
                        case null, default -> String.valueOf(flat);
                    });
        }
        return text.toString();
    }

    /// Drops all handles from that one on; notes what was behind them.
    void dropFrom(int first) {
        for (int handle = first; handle < MAX_HANDLES && drop(handle); handle++) {
            log.add("dropped handle " + handle);
        }
    }

    private boolean drop(int handle) {
        for (ResourceDefinition resource : resources) {
            try {
                ResourceFunctions.resourceDrop(state, resource).handle().invokeExact(handle);
                return true;
            } catch (Trap trap) {
                log.add(trap.getMessage());
            } catch (Throwable e) {
                throw new IllegalStateException("not by a trap", e);
            }
        }
        return false;
    }

    /// The core function shall drop what was lent to it.
    void dropsFrom(int first) {
        handlesFrom = first;
    }

    /// Changes some bytes, the same as in the other guest.
    void damage(Gen damage) {
        for (int count = damage.intBetween(1, 4); count > 0; count--) {
            memory.bytes[damage.intBetween(0, Math.clamp(free, 1, MEMORY_BYTES - 1))] = (byte) damage.anyLong();
        }
    }

    @Override
    public CoreExtern export(String name) {
        throw new IllegalArgumentException("no export " + name);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}

package dev.wattle.fuzz;

import dev.wattle.fuzz.Case.Argument;
import dev.wattle.fuzz.Case.Call;
import dev.wattle.fuzz.Outcome.Event;
import dev.wattle.host.engine.CoreExtern;
import dev.wattle.host.engine.CoreInstance;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.GuestControl;
import dev.wattle.host.engine.GuestMemory;
import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.Trap;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs cases on an engine of this process. Each case runs several times, so that later instances come from the
/// pool and later calls are compiled; all runs have to end alike.
final class EngineRunner implements Runner {
    /// The name of modules that run often, by which `build/hot-options` tells the JVM to compile them soon.
    private static final String HOT = "hot";

    private static final int MANY_RUNS = 2;
    /// After this time a case does not run again.
    private static final long MAX_NANOS = 2_000_000_000;

    private final String name;
    private final Engine engine;
    private final Set<Feature> features;
    private final int runs;
    private final Globals globals;
    private final Watchdog watchdog = new Watchdog();

    /// @param runs of each case
    EngineRunner(String name, Engine engine, Set<Feature> features, int runs) {
        this.name = name;
        this.engine = engine;
        this.features = Set.copyOf(features);
        this.runs = runs;
        this.globals = new Globals(engine);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Feature> features() {
        return features;
    }

    @Override
    public Supplier<Outcome> start(Case tried) {
        return () -> runHere(tried);
    }

    private Outcome runHere(Case tried) {
        try {
            var open = Linked.open(engine, runs > MANY_RUNS ? tried.named(HOT) : tried);
            Outcome first = runOnce(open, tried);
            var wired = runs > 1 ? open.wired() : open;
            long end = System.nanoTime() + MAX_NANOS;
            for (int run = 2; run <= runs && System.nanoTime() < end; run++) {
                Outcome again = runOnce(run % 2 == 0 ? wired : open, tried);
                if (!again.equals(first)) {
                    return new Outcome.Broken(
                            new AssertionError("run " + run + " of the same module: " + again + " after " + first));
                }
            }
            return first;
        } catch (ModuleException refused) {
            return new Outcome.Refused(
                    refused.code() == ModuleException.Code.UNSUPPORTED, String.valueOf(refused.getMessage()));
        } catch (RuntimeException | Error failure) {
            return new Outcome.Broken(failure);
        }
    }

    private Outcome runOnce(Linked linked, Case tried) {
        var events = new ArrayList<Event>();
        var guest = new GuestControl();
        var host = new Host(guest);
        guest.enter();
        watchdog.watch(() -> guest.stop("it runs for too long"));
        try (var sandbox = new Linked.Sandbox(linked, host, guest)) {
            sandbox.open();
            events.add(new Event.Values(List.of()));
            tried.calls()
                    .forEach(call -> events.add(call(call.ofLibrary() ? sandbox.library() : sandbox.main(), call)));
            tried.library().ifPresent(library -> look(library, sandbox.library(), guest, events));
            look(tried, sandbox.main(), guest, events);
        } catch (Trap trap) {
            events.add(Event.trapped(trap));
        } finally {
            watchdog.rest();
            guest.exit();
        }
        events.add(new Event.Values(List.of(Long.toString(host.trace()))));
        return new Outcome.Ran(events);
    }

    private void look(Case tried, CoreInstance instance, GuestControl guest, List<Event> events) {
        tried.memories().forEach(memory -> events.add(memory(instance, memory)));
        tried.globals().forEach(global -> events.add(global(instance, global, guest)));
    }

    private static Event call(CoreInstance instance, Call call) {
        var function = (CoreExtern.Function) instance.export(call.name());
        try {
            Object result = function.handle()
                    .invokeWithArguments(
                            call.arguments().stream().map(EngineRunner::java).toList());
            return new Event.Values(words(result, call.results()));
        } catch (Trap trap) {
            return Event.trapped(trap);
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException("calling " + call, failure);
        }
    }

    private static Object java(Argument argument) {
        return switch (argument.type()) {
            case I32 -> (int) argument.bits();
            case I64 -> argument.bits();
            case F32 -> Float.intBitsToFloat((int) argument.bits());
            case F64 -> Double.longBitsToDouble(argument.bits());
            case V128, FUNCREF, EXTERNREF, EXNREF -> throw new IllegalArgumentException("no number: " + argument);
        };
    }

    private static List<String> words(@Nullable Object result, List<Type> types) {
        Object[] values = switch (types.size()) {
            case 0 -> new @Nullable Object[0];
            case 1 -> new @Nullable Object[] {result};
            default -> (@Nullable Object[]) Objects.requireNonNull(result);
        };
        var words = new ArrayList<String>();
        for (@Nullable Object value : values) {
            words.add(word(Objects.requireNonNull(value)));
        }
        return words;
    }

    private static String word(Object value) {
        return switch (value) {
            case Integer number -> Integer.toString(number);
            case Long number -> Long.toString(number);
            case Float number -> Float.isNaN(number) ? "nan" : Integer.toHexString(Float.floatToRawIntBits(number));
            case Double number -> Double.isNaN(number) ? "nan" : Long.toHexString(Double.doubleToRawLongBits(number));
            default -> throw new IllegalStateException("a result of " + value.getClass());
        };
    }

    private static Event memory(CoreInstance instance, String name) {
        GuestMemory memory = ((CoreExtern.Memory) instance.export(name)).bytes();
        byte[] bytes = memory.read(0, Math.toIntExact(memory.sizeBytes()));
        return new Event.Values(List.of(bytes.length + ":" + HexFormat.of().formatHex(digest(bytes))));
    }

    private Event global(CoreInstance instance, Case.Exported exported, GuestControl guest) {
        try {
            Object value = globals.value((CoreExtern.Global) instance.export(exported.name()), guest);
            return new Event.Values(List.of(word(value)));
        } catch (RuntimeException | Error failure) {
            throw failure;
        } catch (Throwable failure) {
            throw new IllegalStateException("reading " + exported, failure);
        }
    }

    @Override
    public void close() {
        watchdog.close();
    }

    private static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.wattle.host.engine.jvm.code;

import dev.wattle.host.engine.ModuleException;
import dev.wattle.host.engine.jvm.code.LargeFunctions.TooLargeException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The class files of a module: those that were made with others or ahead, those that are kept between runs, and else
/// the compiler's. Each is taken once. Safe for any thread.
final class ClassFiles {
    /// What was made ahead and nobody took yet may have so many bytes.
    private static final long MAX_AHEAD_BYTES = 8L << 20;

    private final ModuleShape shape;
    private final CodeServices services;
    private final String prefix;
    private final Counts counts;

    /// Made, and not yet asked for.
    private final Map<String, byte[]> waiting = new ConcurrentHashMap<>();

    private final AtomicLong waitingBytes = new AtomicLong();

    /// Functions that somebody compiles, or has.
    private final ConcurrentMap<Integer, CountDownLatch> made = new ConcurrentHashMap<>();

    private final boolean anyLarge;
    private final LargeOrders large;

    ClassFiles(ModuleShape shape, CodeServices services, String digest, Counts counts) {
        this.shape = shape;
        this.services = services;
        this.prefix = shape.packageName + ".";
        this.counts = counts;
        this.anyLarge = shape.module.bodies().stream().anyMatch(services.limits()::isLarge);
        this.large = new LargeOrders(
                function -> services.large().compile(shape.module, digest, shape.options, function),
                classes -> {
                    counts.compiled(classes);
                    keep(offered(classes), null);
                },
                services.guests());
    }

    /// Waits for the class file of that name when it is a large function's, so that [#take] has it at once: to be
    /// called without any lock.
    ///
    /// @throws ModuleException when it is beyond what is compiled
    /// @throws dev.wattle.host.engine.Trap when the guest whose code needs it was stopped
    void awaitLarge(String name) {
        if (anyLarge && !waiting.containsKey(name)) {
            int function = shape.functionOf(name.substring(prefix.length()));
            if (isLarge(function) && !services.source().has(name)) {
                CompileRoom.require();
                order(function);
            }
        }
    }

    private boolean isLarge(int function) {
        return function >= 0 && services.limits().isLarge(shape.body(function));
    }

    /// The class file of that name; null when the module has no such class.
    ///
    /// @throws ModuleException when it is beyond what is compiled here
    byte @Nullable [] take(String name) {
        byte[] kept = waiting.containsKey(name) ? null : services.source().find(name);
        if (kept != null) {
            return kept; // and what it calls is kept, too
        }
        String simple = name.substring(prefix.length());
        byte[] bytes = takeWaiting(name);
        if (bytes == null) {
            bytes = make(name, simple);
        }
        if (bytes != null && simple.charAt(0) == 'F' && simple.indexOf('_') < 0) {
            services.ahead().called(this, shape.functionOf(simple));
        }
        return bytes;
    }

    private byte @Nullable [] takeWaiting(String name) {
        byte[] known = waiting.remove(name);
        if (known != null) {
            waitingBytes.addAndGet(-known.length);
        }
        return known;
    }

    private byte @Nullable [] make(String name, String simple) {
        if (simple.equals("Instance")) {
            return offered(Map.of(name, new InstanceClass(shape).make())).get(name);
        }
        if (simple.equals("Instances")) {
            return offered(Map.of(name, InstanceClass.makeFactory(shape))).get(name);
        }
        int host = shape.hostImportOf(simple);
        if (host >= 0) {
            return offered(Map.of(name, new HostImportClass(shape, host).make()))
                    .get(name);
        }
        int function = shape.functionOf(simple);
        if (function < 0) {
            return null;
        }
        if (isLarge(function)) {
            // What is kept turned out to be damaged, or the JVM did not take what was made.
            large.forget(function);
            order(function);
            return takeWaiting(name);
        }
        var mine = new CountDownLatch(1);
        CountDownLatch others = made.putIfAbsent(function, mine);
        if (others != null) {
            await(others);
            byte[] theirs = takeWaiting(name);
            if (theirs != null) {
                return theirs;
            }
        }
        try {
            Map<String, byte[]> classes = compile(function);
            keep(classes, name);
            return classes.get(name);
        } finally {
            mine.countDown();
        }
    }

    /// Who is waited for compiles, which takes no locks of ours.
    private static void await(CountDownLatch others) {
        boolean interrupted = false;
        while (true) {
            try {
                others.await();
                break;
            } catch (InterruptedException stopped) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Map<String, byte[]> classes, @Nullable String taken) {
        classes.forEach((each, bytes) -> {
            if (!each.equals(taken)) {
                waiting.put(each, bytes);
                waitingBytes.addAndGet(bytes.length);
            }
        });
    }

    private Map<String, byte[]> compile(int function) {
        try {
            Map<String, byte[]> classes =
                    new FunctionClass(shape, function).make().bytes();
            counts.compiled(classes);
            return offered(classes);
        } catch (RuntimeException | LinkageError e) {
            throw new IllegalStateException(named(function) + " cannot be compiled", e);
        }
    }

    private Map<String, byte[]> offered(Map<String, byte[]> classes) {
        services.source().offer(classes);
        return classes;
    }

    private void order(int function) {
        try {
            large.await(function);
        } catch (TooLargeException beyond) {
            int start = shape.body(function).start();
            throw new ModuleException(
                    ModuleException.Code.UNSUPPORTED,
                    "compiling %s of %d bytes needs too much: %s"
                            .formatted(named(function), shape.body(function).end() - start, beyond.getMessage()),
                    start);
        }
    }

    private String named(int function) {
        return "function %d (%s) of %s".formatted(function, shape.functionName(function), shape.packageName);
    }

    /// Which functions a function calls, of those that are to be compiled.
    List<Integer> callees(int function) {
        if (isLarge(function)) {
            return List.of();
        }
        return Callees.of(shape, function).stream()
                .filter(callee -> !made.containsKey(callee))
                .toList();
    }

    /// Compiles a function in the background, unless somebody did, or it is kept from an earlier run.
    void makeAhead(int function) {
        if (waitingBytes.get() > MAX_AHEAD_BYTES
                || isLarge(function)
                || services.source().has(prefix + "F" + function)) {
            return;
        }
        var mine = new CountDownLatch(1);
        if (made.putIfAbsent(function, mine) == null) {
            try {
                keep(compile(function), null);
            } catch (IllegalStateException | StackOverflowError bug) {
                made.remove(function, mine); // whoever calls the function gets to see it
            } finally {
                mine.countDown();
            }
        }
    }
}

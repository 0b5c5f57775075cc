package dev.wattle.host.engine.jvm;

import dev.wattle.host.engine.CoreModule;
import dev.wattle.host.engine.Engine;
import dev.wattle.host.engine.jvm.code.Signatures;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// Core WebAssembly compiled to JVM classes, one function at a time, when it is first called.
///
/// The same binary is the same module, as long as somebody holds it. One engine per process is meant: what is idle
/// is pooled by engine.
public final class JvmEngine implements Engine {
    private final JvmOptions options;
    private final MemoryPool pool;
    private final Signatures signatures = new Signatures();
    private final StackFrames frames = new StackFrames();
    private final ModuleServices services;
    private final ConcurrentMap<String, Known> modules = new ConcurrentHashMap<>();
    private final ReferenceQueue<JvmModule> dropped = new ReferenceQueue<>();

    /// A module that is alive as long as somebody else holds it.
    private static final class Known extends WeakReference<JvmModule> {
        final String digest;

        Known(String digest, JvmModule module, ReferenceQueue<JvmModule> dropped) {
            super(module, dropped);
            this.digest = digest;
        }
    }

    /// With the budget that this process has for guests.
    public JvmEngine() {
        this(JvmOptions.DEFAULTS);
    }

    /// @throws IllegalArgumentException when the folder of the options is one that others can change
    public JvmEngine(JvmOptions options) {
        this.options = options;
        this.pool = new MemoryPool(options.budget(), options.maxIdleBytes());
        if (options.classFolder().isPresent()) {
            Preparation.start();
        }
        this.services = ModuleServices.open(options);
    }

    @Override
    public String name() {
        return "jvm";
    }

    /// Drops idle memories that nobody needed since the last time, as it is done now and then.
    ///
    /// @return whether any are left
    boolean sweep() {
        return pool.sweep();
    }

    /// What idle memories hold of the budget.
    long idleBytes() {
        return pool.idleBytes();
    }

    @Override
    public boolean polls() {
        return options.code().polls();
    }

    @Override
    public CoreModule compile(byte[] binary) {
        forgetDropped();
        String digest = Digests.of(binary);
        JvmModule known = known(digest);
        if (known != null) {
            return known;
        }
        var decoded = services.decode(binary.clone(), digest, options.limits());
        var module = new JvmModule(decoded, digest, options, pool, signatures, frames, services);
        Known mine = new Known(digest, module, dropped);
        Known winner = modules.merge(digest, mine, (other, made) -> other.get() == null ? made : other);
        JvmModule others = winner.get();
        return others == null ? module : others;
    }

    /// Writes the classes that were made until now to the folder of the options. It happens in the background, and
    /// when the process ends, too.
    public void flushClasses() {
        services.flush();
    }

    /// How many classes, which are kept, were made by this engine and not found in the folder of the options.
    public long newClasses() {
        return services.newClasses();
    }

    private @Nullable JvmModule known(String digest) {
        Known known = modules.get(digest);
        return known == null ? null : known.get();
    }

    private void forgetDropped() {
        for (Reference<? extends JvmModule> gone = dropped.poll(); gone != null; gone = dropped.poll()) {
            if (gone instanceof Known known) {
                modules.remove(known.digest, known);
            }
        }
    }
}

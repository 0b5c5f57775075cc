package dev.wattle.host.node;

import dev.wattle.host.component.ComponentException;
import dev.wattle.host.component.ComponentType;
import dev.wattle.host.engine.CoreLimits;
import dev.wattle.host.runtime.DeploymentSpec;
import dev.wattle.host.runtime.HostRuntime;
import dev.wattle.host.wasi.WasiContext;
import dev.wattle.host.wasi.WasiImports;
import dev.wattle.lattice.agent.ConfigValues;
import dev.wattle.lattice.protocol.ComponentLimits;
import dev.wattle.lattice.protocol.WorkloadId;
import dev.wattle.wit.ByteString;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The components of this host: fetches, compiles and serves them. Used by the deployer's thread alone, but for
/// [#configure].
final class Workloads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workloads.class);
    private static final Logger GUEST = LoggerFactory.getLogger("wattle.guest");

    private final ImageLoader images;
    private final HostRuntime runtime;
    private final WrpcExports exports;
    private final Map<WorkloadId, ConfigValues> configs = new ConcurrentHashMap<>();
    private final TreeSet<WorkloadId> running = new TreeSet<>();

    Workloads(ImageLoader images, HostRuntime runtime, WrpcExports exports) {
        this.images = images;
        this.runtime = runtime;
        this.exports = exports;
    }

    /// Runs that image under that id, in place of what ran under it.
    ///
    /// @return why it cannot, or nothing when it takes calls now
    Optional<String> run(
            WorkloadId id, String imageRef, int maxInstances, Optional<ComponentLimits> limits, ConfigValues config) {
        long begin = System.nanoTime();
        try {
            ByteString binary = images.load(imageRef);
            configs.put(id, config);
            var imports = new WasiImports(guestContext(id));
            ComponentType type = runtime.deploy(new DeploymentSpec(
                    id.value(), binary, maxInstances, coreLimits(limits), maxExecution(limits), imports));
            exports.serve(id, type);
            running.add(id);
            LOG.info(
                    "component.started id={} image={} instances={} ms={}",
                    id,
                    imageRef,
                    maxInstances,
                    Duration.ofNanos(System.nanoTime() - begin).toMillis());
            return Optional.empty();
        } catch (ImageLoader.ImageException | ComponentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.error("component.failed id={} image={}", id, imageRef, e);
            return Optional.of("the host failed to start it: " + e);
        }
    }

    void scale(WorkloadId id, int maxInstances, Optional<ComponentLimits> limits, ConfigValues config) {
        configs.put(id, config);
        runtime.scale(id.value(), maxInstances, coreLimits(limits), maxExecution(limits));
    }

    /// Calls that begin from now on see this configuration. From any thread.
    void configure(WorkloadId id, ConfigValues config) {
        configs.computeIfPresent(id, (_, _) -> config);
    }

    /// Takes no more calls: first the lattice is told, then the host itself stops.
    HostRuntime.Drain stop(WorkloadId id) {
        exports.stop(id);
        running.remove(id);
        HostRuntime.Drain drain = runtime.remove(id.value());
        configs.remove(id);
        return drain;
    }

    /// What runs, at this moment.
    SortedSet<WorkloadId> running() {
        return new TreeSet<>(running);
    }

    private WasiContext guestContext(WorkloadId id) {
        return WasiContext.of(id.value())
                .withConfig(() -> config(id))
                .withStdout(line -> GUEST.info("guest.stdout id={} text={}", id, printable(line)))
                .withStderr(line -> GUEST.info("guest.stderr id={} text={}", id, printable(line)))
                .withLog((level, context, message) -> GUEST.atLevel(
                                switch (level) {
                                    case TRACE -> org.slf4j.event.Level.TRACE;
                                    case DEBUG -> org.slf4j.event.Level.DEBUG;
                                    case INFO -> org.slf4j.event.Level.INFO;
                                    case WARN -> org.slf4j.event.Level.WARN;
                                    case ERROR, CRITICAL -> org.slf4j.event.Level.ERROR;
                                })
                        .log("guest.log id={} context={} text={}", id, printable(context), printable(message)));
    }

    /// A guest cannot forge a line of the log.
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private SortedMap<String, String> config(WorkloadId id) {
        ConfigValues values = configs.get(id);
        return values == null ? Collections.emptySortedMap() : values.values();
    }

    private static CoreLimits coreLimits(Optional<ComponentLimits> limits) {
        long memory = limits.map(ComponentLimits::maxMemoryBytes)
                .flatMap(bytes -> bytes.isPresent() ? Optional.of(bytes.getAsLong()) : Optional.empty())
                .orElse(CoreLimits.DEFAULT_MEMORY_BYTES);
        return new CoreLimits(memory, CoreLimits.DEFAULT_TABLE_ELEMENTS);
    }

    private static Duration maxExecution(Optional<ComponentLimits> limits) {
        return limits.map(ComponentLimits::maxExecutionSeconds)
                .flatMap(seconds ->
                        seconds.isPresent() ? Optional.of(Duration.ofSeconds(seconds.getAsLong())) : Optional.empty())
                .orElse(DeploymentSpec.DEFAULT_MAX_EXECUTION);
    }

    @Override
    public void close() {
        exports.close();
    }
}

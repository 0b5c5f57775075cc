package dev.wattle.host.runtime;

import dev.wattle.host.engine.CpuPermits;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;

/// What a host counts, in Prometheus' form. Safe for any thread. Labels never hold what a guest or a caller can
/// invent.
public final class RuntimeMetrics {
    private static final double NANOS_PER_SECOND = 1e9;

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter linkCalls = Counter.builder()
            .name("wattle_link_calls_total")
            .help("Calls over links, by the rung that took them, the target and the outcome")
            .labelNames("path", "target", "outcome")
            .register(registry);
    private final Counter linkRetries = Counter.builder()
            .name("wattle_link_retries_total")
            .help("Calls over links that nobody took and that were tried again")
            .labelNames("target")
            .register(registry);
    private final Histogram remoteSeconds = Histogram.builder()
            .name("wattle_link_remote_seconds")
            .help("Time of a call over a link that left the process")
            .classicUpperBounds(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)
            .register(registry);
    private final Counter invocations = Counter.builder()
            .name("wattle_invocations_total")
            .help("Root calls, each in a sandbox of its own, by component and outcome")
            .labelNames("component", "outcome")
            .register(registry);
    private final Gauge running =
            Gauge.builder().name("wattle_sandboxes").help("Sandboxes alive now").register(registry);
    private final ConcurrentHashMap<String, CounterDataPoint> localByTarget = new ConcurrentHashMap<>();

    /// Shows how many guests run, and how many wait for a processor.
    void watch(CpuPermits processors) {
        GaugeWithCallback.builder()
                .name("wattle_guests_running")
                .help("Guests that have a processor now")
                .callback(shown -> shown.call(processors.running()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("wattle_guests_waiting")
                .help("Guests that wait for a processor now")
                .callback(shown -> shown.call(processors.waiting()))
                .register(registry);
    }

    void localLinkCalls(String target, long count) {
        localByTarget
                .computeIfAbsent(target, id -> linkCalls.labelValues("local", id, "ok"))
                .inc(count);
    }

    void remoteLinkCall(String target, String outcome, long nanos) {
        linkCalls.labelValues("nats", target, outcome).inc();
        remoteSeconds.observe(nanos / NANOS_PER_SECOND);
    }

    void linkRetry(String target) {
        linkRetries.labelValues(target).inc();
    }

    void sandboxOpened() {
        running.inc();
    }

    void sandboxClosed(String component, CallOutcome outcome) {
        running.dec();
        invocations.labelValues(component, label(outcome)).inc();
    }

    private static String label(CallOutcome outcome) {
        return switch (outcome) {
            case CallOutcome.Answered _ -> "ok";
            case CallOutcome.Refused _ -> "refused";
            case CallOutcome.Trapped _ -> "trapped";
            case CallOutcome.LinkFailed _ -> "link_failed";
            case CallOutcome.TimedOut _ -> "timed_out";
            case CallOutcome.Overloaded _ -> "overloaded";
            case CallOutcome.Failed _ -> "failed";
        };
    }

    /// Adds the JVM's own: heap, collections, threads, processor time.
    public void registerJvm() {
        JvmMetrics.builder().register(registry);
    }

    /// A gauge of the host beside the runtime's own, such as whether the lattice is connected.
    public java.util.function.DoubleConsumer gauge(String name, String help) {
        Gauge gauge = Gauge.builder().name(name).help(help).register(registry);
        return gauge::set;
    }

    /// Everything, in the text format of Prometheus.
    public String scrape() {
        try {
            var out = new ByteArrayOutputStream();
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
            return out.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

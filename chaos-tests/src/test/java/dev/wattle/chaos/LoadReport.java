package dev.wattle.chaos;

import dev.wattle.chaos.SteadyLoad.Sample;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a load says about a disturbance.
///
/// @param samples of the time that counts, all of them ended
/// @param brokenNanos when something was broken
record LoadReport(List<Sample> samples, long brokenNanos) {
    LoadReport {
        samples = List.copyOf(samples);
    }

    /// Those that were under way when it was broken, or came later.
    static LoadReport since(long brokenNanos, List<Sample> samples) {
        return new LoadReport(
                samples.stream()
                        .filter(sample -> sample.endNanos() - brokenNanos >= 0)
                        .toList(),
                brokenNanos);
    }

    /// Those of one kind.
    LoadReport only(SteadyLoad.Kind kind) {
        return new LoadReport(
                samples.stream().filter(sample -> sample.kind() == kind).toList(), brokenNanos);
    }

    List<Sample> failed() {
        return samples.stream().filter(sample -> !sample.succeeded()).toList();
    }

    /// How many were on their way at the moment when it was broken.
    long underWay() {
        return samples.stream()
                .filter(sample -> sample.beginNanos() - brokenNanos <= 0)
                .count();
    }

    Duration slowest() {
        return samples.stream()
                .map(Sample::duration)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /// How long after a moment the service was back: until the first success that only successes follow, in the
    /// order in which requests began. Who asked then was served, and so was everybody who asked later. A
    /// request that was lost before, and is told so at its deadline, does not count against it.
    Duration backSince(long nanos) {
        long lastLost = failed().stream()
                .map(Sample::beginNanos)
                .max(Comparator.naturalOrder())
                .filter(begin -> begin - nanos > 0)
                .orElse(nanos);
        return samples.stream()
                .filter(sample -> sample.succeeded() && sample.beginNanos() - lastLost > 0)
                .map(sample -> Duration.ofNanos(sample.endNanos() - nanos))
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new AssertionError("no request succeeded any more: " + this));
    }

    /// When the last failure was told, since it was broken.
    private Duration lastFailure() {
        return failed().stream()
                .map(sample -> Duration.ofNanos(sample.endNanos() - brokenNanos))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private SortedMap<Integer, Long> byStatus() {
        return samples.stream().collect(Collectors.groupingBy(Sample::status, TreeMap::new, Collectors.counting()));
    }

    /// Why they failed, as clients were told, and how often.
    String reasons() {
        SortedMap<String, Long> reasons = failed().stream()
                .collect(Collectors.groupingBy(
                        sample -> sample.kind() + " " + sample.status() + " "
                                + sample.detail().strip().replaceAll("[0-9]+ ms", "… ms"),
                        TreeMap::new,
                        Collectors.counting()));
        return reasons.entrySet().stream()
                .map(reason -> "\n    " + reason.getValue() + " x " + reason.getKey())
                .collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return samples.size() + " requests, " + failed().size() + " failed (the last after "
                + lastFailure().toMillis() + " ms), by status " + byStatus() + ", slowest "
                + slowest().toMillis() + " ms, " + underWay() + " were under way" + reasons();
    }
}

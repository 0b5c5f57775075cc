package dev.wattle.benchmarks;

import java.util.Arrays;

/// What is said of repeated measurements: the middle and the ends, since times on a shared machine have no
/// normal distribution.
final class Statistics {
    private Statistics() {}

    /// A median with its smallest and largest value.
    record Range(double median, double smallest, double largest) {}

    /// The middle value, or the mean of the two in the middle.
    ///
    /// @throws IllegalArgumentException when there are no values
    static double median(double[] values) {
        double[] sorted = sorted(values);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    static Range range(double[] values) {
        double[] sorted = sorted(values);
        return new Range(median(sorted), sorted[0], sorted[sorted.length - 1]);
    }

    /// The smallest value that at least that share of all values does not exceed (nearest rank).
    ///
    /// @param share above 0, at most 1: 0.99 for the 99th percentile
    /// @throws IllegalArgumentException when there are no values
    static long percentile(long[] values, double share) {
        if (values.length == 0 || share <= 0 || share > 1) {
            throw new IllegalArgumentException(values.length + " values, share " + share);
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    /// One by one; both have the same length.
    static double[] ratios(double[] numerators, double[] denominators) {
        if (numerators.length != denominators.length) {
            throw new IllegalArgumentException(numerators.length + " values beside " + denominators.length);
        }
        var ratios = new double[numerators.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = numerators[i] / denominators[i];
        }
        return ratios;
    }

    private static double[] sorted(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}

package dev.wattle.benchmarks;

import java.util.Locale;

/// The kernels of `benchmarks/kernels`, with an argument that keeps a processor busy for some ten milliseconds.
enum Kernel {
    FIB(34),
    SHA256(120),
    MATMUL(40),
    SIEVE(40),
    QSORT(4),
    VM(12_000),
    JSON(80),
    LZ(25),
    REGEX(12);

    private final int argument;

    Kernel(int argument) {
        this.argument = argument;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What a [Peer] is told after it has loaded the kernel.
    String command() {
        return "run " + word() + " run " + argument;
    }
}

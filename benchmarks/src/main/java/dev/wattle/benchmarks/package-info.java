/// Every published number, measured beside a live anchor in the same run, so that what is compared is a ratio.
///
/// Here: the benchmarks that `wattle test --bench` runs.
/// Not here: tests; a benchmark that can fail says so with its own limit.
///
/// May depend on: `cli` and all below it.
/// Start reading at `Bench`.
@NullMarked
package dev.wattle.benchmarks;

import org.jspecify.annotations.NullMarked;

/// Every published number, measured beside a live anchor in the same run, so that what is compared is a ratio.
///
/// Here: the benchmarks that `wattle test --bench` runs, each in a process of its own, and the table in the
/// README. Not here: tests; a wrong answer fails a benchmark, a slow one does not.
///
/// May depend on: `host/node` and all below it. Nothing depends on it.
/// Start reading at `Bench`, then `Rounds`, then the benchmark that you care about.
@NullMarked
package dev.wattle.benchmarks;

import org.jspecify.annotations.NullMarked;

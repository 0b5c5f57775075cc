/// End-to-end tests and failover drills with real processes on loopback, bounded in time.
///
/// Here: tests that start the `wattle` command as a person would, and hurt what it started.
/// Not here: anything that runs in one JVM; that is a test of the module that it is about.
///
/// May depend on: `cli`, in tests alone. Tags: `e2e` for `wattle test`, `drill` for `wattle test --drill`.
/// Start reading at the test with the shortest name.
@NullMarked
package dev.wattle.chaos;

import org.jspecify.annotations.NullMarked;

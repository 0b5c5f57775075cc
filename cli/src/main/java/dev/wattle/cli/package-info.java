/// The `wattle` command.
///
/// Here: arguments, output for people and for scripts, exit codes, and the processes that `wattle up` starts.
/// Not here: what hosts and control planes do; this package only starts them and talks to them.
///
/// May depend on: everything but `tidy`, `chaos-tests` and `benchmarks`. stdout holds the answer alone; all
/// else goes to stderr. Start reading at `Wattle`.
@NullMarked
package dev.wattle.cli;

import org.jspecify.annotations.NullMarked;

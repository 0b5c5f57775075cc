/// Sandboxes: each call from outside gets fresh instances, limits and a deadline, and all of it dies with the
/// call.
///
/// Here: the code cache, running-guest permits, the watchdog, and the link router with its targets.
/// Not here: NATS; the targets that cross the wire are given by `dev.wattle.host.node`.
///
/// May depend on: `host/component` and `host/wasi`.
/// Start reading at the sandbox.
@NullMarked
package dev.wattle.host.runtime;

import org.jspecify.annotations.NullMarked;

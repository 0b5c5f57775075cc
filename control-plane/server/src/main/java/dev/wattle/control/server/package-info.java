/// The edge of the control plane: the wadm API over NATS, state in JetStream, and the threads that turn both
/// into events of the loop.
///
/// Here: sockets, stores, timers.
/// Not here: decisions; those are pure code in `dev.wattle.control.model` and `dev.wattle.control.loop`.
///
/// May depend on: `control-plane/loop` and `lattice/transport`.
/// Start reading at the server's `start`.
@NullMarked
package dev.wattle.control.server;

import org.jspecify.annotations.NullMarked;

/// The host process. It alone wires runtime, lattice and providers together.
///
/// Here: the main class, the threads that turn sockets and timers into events of the agent and apply its
/// effects, `/metrics`. Not here: decisions; those are the agent's (`dev.wattle.lattice.agent`).
///
/// May depend on: everything below it. Providers are found with `ServiceLoader`, never named.
/// Start reading at the main class.
@NullMarked
package dev.wattle.host.node;

import org.jspecify.annotations.NullMarked;

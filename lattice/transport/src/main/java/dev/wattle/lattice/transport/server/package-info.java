/// A nats-server as a process of ours: where its binary comes from, how it is started, watched while it starts,
/// and stopped. For the command line, which starts whole lattices, and for tests.
///
/// Here: finding or getting the binary, a private configuration, the reasons why a start fails.
/// Not here: talking to it (`dev.wattle.lattice.transport`).
///
/// May depend on: `dev.wattle.lattice.transport` and the JDK.
/// Start reading at `NatsServer.start`.
@NullMarked
package dev.wattle.lattice.transport.server;

import org.jspecify.annotations.NullMarked;

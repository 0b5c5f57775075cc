/// How bytes travel in a lattice: one small callback-shaped transport (publish, subscribe, request, key-value),
/// in memory and over NATS.
///
/// Here: the contract, both implementations, and the suite of tests that both pass.
/// Not here: what the bytes mean (`dev.wattle.lattice.protocol`).
///
/// May depend on: `lattice/protocol` and the NATS client, which no other module imports and no signature shows.
/// Start reading at the transport's contract.
@NullMarked
package dev.wattle.lattice.transport;

import org.jspecify.annotations.NullMarked;

/// What a host does in its lattice, sans-I/O: commands and the passing of time go in, effects come out.
///
/// Here: the inventory, the link table, scaling, heartbeats and epochs, as `handle(event, now) → effects`. Not
/// here: running a guest (`dev.wattle.host.runtime`), sockets and timers (`dev.wattle.host.node` turns them
/// into events).
///
/// May depend on: `lattice/protocol`. Pure: no clock, no randomness, no I/O, no logging, so that a simulator
/// can run exactly this code. Start reading at the agent's `handle`.
@NullMarked
package dev.wattle.lattice.agent;

import org.jspecify.annotations.NullMarked;

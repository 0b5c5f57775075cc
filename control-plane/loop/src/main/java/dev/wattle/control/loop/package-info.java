/// The reconcile loop, sans-I/O: leadership, detection of dead hosts, and passes that plan from the whole
/// picture.
///
/// Here: `handle(event, now) → effects`; an event only wakes the loop, which re-reads everything.
/// Not here: sockets, stores and timers (`dev.wattle.control.server`).
///
/// May depend on: `control-plane/model` and the types of `lattice/agent`. Pure: no clock, no randomness, no
/// I/O, no logging. Start reading at the loop's `handle`.
@NullMarked
package dev.wattle.control.loop;

import org.jspecify.annotations.NullMarked;

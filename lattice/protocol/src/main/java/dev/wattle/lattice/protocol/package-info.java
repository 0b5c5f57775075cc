/// What is said in a lattice, as data: subjects, the control interface, events, links, configuration, the wRPC
/// codec and identities.
///
/// Here: messages as records and their encoding, in wasmCloud 1.x's formats.
/// Not here: sockets (`dev.wattle.lattice.transport`) and what a host does with a message
/// (`dev.wattle.lattice.agent`).
///
/// May depend on: `wit`, and a JSON library that never appears in a signature. Pure: no clock, no randomness,
/// no I/O, no logging. Start reading at the subjects.
@NullMarked
package dev.wattle.lattice.protocol;

import org.jspecify.annotations.NullMarked;

/// Asks a control plane, over a connection to its lattice.
///
/// Here: one class for wadm's API, which also talks to wadm itself.
/// Not here: the answering side (`dev.wattle.control.server`).
///
/// May depend on: `control-plane/model` and `lattice/transport`.
/// Start reading at the client.
@NullMarked
package dev.wattle.control.server.client;

import org.jspecify.annotations.NullMarked;

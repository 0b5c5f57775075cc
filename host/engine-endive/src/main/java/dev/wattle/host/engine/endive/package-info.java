/// The Endive engine behind the contract of `dev.wattle.host.engine`, with guards for what it gets wrong.
///
/// Here: the only imports of `run.endive`.
/// Not here: the Component Model.
///
/// May depend on: `host/engine` and Endive, which no signature shows.
/// Start reading at the engine's implementation; each guard names the behaviour that it guards against.
@NullMarked
package dev.wattle.host.engine.endive;

import org.jspecify.annotations.NullMarked;

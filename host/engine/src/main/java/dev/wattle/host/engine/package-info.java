/// What we ask of a core WebAssembly engine: compile once, link statically where a wiring is known, instantiate
/// cheaply with our memory, typed calls, interruption, limits.
///
/// Here: the contract, guest memory, and the suite of tests that each engine passes.
/// Not here: an engine. Nothing in this package may take the shape of one.
///
/// May depend on: nothing but the JDK.
/// Start reading at the engine's interface.
@NullMarked
package dev.wattle.host.engine;

import org.jspecify.annotations.NullMarked;

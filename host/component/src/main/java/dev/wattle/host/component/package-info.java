/// The Component Model: decode, validate, canonical ABI, resources, linking, instances and tasks.
///
/// Here: the specification in Java, in its own words. What is not supported is refused when a component is
/// loaded, by name. Not here: WASI (`dev.wattle.host.wasi`), deadlines and routing (`dev.wattle.host.runtime`),
/// NATS.
///
/// May depend on: `wit` and `host/engine`. Pure: no clock, no randomness, no I/O, no logging.
/// Start reading at the decoder, then the canonical ABI.
@NullMarked
package dev.wattle.host.component;

import org.jspecify.annotations.NullMarked;

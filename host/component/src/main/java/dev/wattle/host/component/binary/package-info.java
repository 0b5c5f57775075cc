/// The component binary format: decoding and validation.
///
/// Here: bytes to definitions ([ComponentDecoder]), definitions to typed steps (`ComponentValidator`).
/// Not here: core modules, which an engine compiles; the canonical ABI; running anything.
///
/// May depend on: `wit`, `host/engine` and the canonical ABI's flattening. Start reading at [ComponentDecoder].
@NullMarked
package dev.wattle.host.component.binary;

import org.jspecify.annotations.NullMarked;

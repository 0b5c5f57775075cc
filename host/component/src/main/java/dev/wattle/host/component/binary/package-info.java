/// The component binary format: decoding and validation.
///
/// Here: bytes to definitions ([ComponentDecoder] and the decoders that it calls, one for each part of the
/// format), definitions to typed steps ([ComponentValidator] and the rules that it asks, one class for each kind of
/// definition). Which features a file may use is in the [FeatureGate] that travels with the bytes.
/// Not here: core modules, which an engine compiles; the canonical ABI; running anything.
///
/// The bytes are hostile: what a count promises is checked against the bytes that are left, what nests has a limit,
/// and what definitions multiply is counted ([Work], [SizedType]).
///
/// May depend on: `wit`, `host/engine` and the canonical ABI's flattening. Start reading at [ComponentDecoder].
@NullMarked
package dev.wattle.host.component.binary;

import org.jspecify.annotations.NullMarked;

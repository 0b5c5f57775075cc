/// The canonical ABI: how component values go into and out of guest memory, and what holds when guests are
/// entered and left.
///
/// Here: the specification's interpreter of types, under its own names (`definitions.py`), for the synchronous
/// ABI. It stays the oracle for whatever faster way comes beside it. Not here: decoding, linking and
/// instantiating, which build on this package.
///
/// May depend on: `wit`, `host/engine`, and the contracts of `dev.wattle.host.component`. Pure.
/// Start reading at [CanonLift] and [CanonLower], then [LiftLowerContext].
@NullMarked
package dev.wattle.host.component.abi;

import org.jspecify.annotations.NullMarked;

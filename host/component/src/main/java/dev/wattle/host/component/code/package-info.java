/// The fast layer: code made for a signature and its options, which does what [dev.wattle.host.component.abi]
/// does without looking at a type.
///
/// Here: the context that generated code works on, the classes it is put into, adapters between guests, and
/// lifting and lowering between guests and the host. Not here: what the rules are; those of entering, leaving and
/// handles are called in `abi`, which stays the oracle.
///
/// May depend on: `wit`, `host/engine`, `abi`, and the contracts of `dev.wattle.host.component`. Pure.
/// Start reading at [Context] and [GeneratedClass].
@NullMarked
package dev.wattle.host.component.code;

import org.jspecify.annotations.NullMarked;

/// What a capability is in Java: the interfaces that providers implement and components call, over WIT values
/// and streams.
///
/// Here: contracts alone, one per capability, and how a host finds their implementations. Not here:
/// implementations (`dev.wattle.provider.*`), and how a call crosses the wire (`dev.wattle.provider.sdk`).
///
/// May depend on: `wit`.
/// Start reading at the capability that you provide or use.
@NullMarked
package dev.wattle.provider.api;

import org.jspecify.annotations.NullMarked;

/// The value model of the Component Model: WIT types and values as immutable records, subtyping, and WAVE text.
///
/// Here: everything that the canonical ABI, the wire codec and the Java providers all lift from and lower to.
/// Not here: guest memory (`dev.wattle.host.component`) and the wire format (`dev.wattle.lattice.protocol`).
///
/// May depend on: nothing but the JDK. Pure: no clock, no randomness, no I/O, no logging.
/// Start reading at the sealed families of types and of values.
@NullMarked
package dev.wattle.wit;

import org.jspecify.annotations.NullMarked;

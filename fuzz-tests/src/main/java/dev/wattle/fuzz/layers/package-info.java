/// Compares the two layers of the canonical ABI: the interpreter of types, which is the oracle, and code
/// generated for a signature. Random types, values, string encodings and places in memory, damaged memory too.
///
/// Start reading at [dev.wattle.fuzz.layers.Layers].
@NullMarked
package dev.wattle.fuzz.layers;

import org.jspecify.annotations.NullMarked;

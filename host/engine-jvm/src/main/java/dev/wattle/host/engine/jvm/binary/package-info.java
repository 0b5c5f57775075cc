/// A core module as data: decoding, validation, and what a valid module says.
///
/// Here: the decoder, the validator of bodies, the model, the table of instructions, the limits, names and line
/// tables. Not here: anything that runs.
///
/// May depend on: the engine contract and the JDK. Start reading at `WasmModule`.
@NullMarked
package dev.wattle.host.engine.jvm.binary;

import org.jspecify.annotations.NullMarked;

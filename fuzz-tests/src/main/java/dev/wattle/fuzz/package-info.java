/// Generates and damages modules, and compares our engine with others on them.
///
/// Here: generators, comparers and the rings that run them. Not here: the engines.
@NullMarked
package dev.wattle.fuzz;

import org.jspecify.annotations.NullMarked;

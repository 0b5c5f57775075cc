/// Holds the walls between modules: tests over all compiled classes and sources.
///
/// Here: who may import what, what pure code may not call, and how long a file may be.
/// Not here: tests of behaviour.
///
/// May depend on: every module, in tests alone.
/// Start reading at `WallsTest`.
@NullMarked
package dev.wattle.tidy;

import org.jspecify.annotations.NullMarked;

/// Runs reference suites, as their authors publish them, against our engines.
///
/// Here: the runner and what it needs to read a suite. Not here: the suites themselves, which are read where they lie.
@NullMarked
package dev.wattle.spec;

import org.jspecify.annotations.NullMarked;
